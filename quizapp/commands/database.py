"""The database from the shell: made if it is not there, brought up to date, never touched if it is newer."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import DatabaseError, OperationalError

from quizapp.extensions import db
from quizapp.store import lease
from quizapp.store.preparation import OtherKey, one_at_a_time, shared_key
from quizapp.store.schema import Standing, standing


def prepare_database() -> None:
    """Migrate where needed, inside an application context.

    Stop with one sentence at a database that is of newer code, that cannot be reached, or that is damaged.
    """
    _begin_privately(lease.sqlite_file(db.engine.url))
    if _standing() in {"empty", "behind"}:
        with one_at_a_time(db.engine):
            _migrate()
    if _standing() == "newer":
        raise click.ClickException(
            "The database was made by a newer Dateline than this one. Update the code, or set QUIZAPP_DATABASE_URL "
            "to another database."
        )


@contextmanager
def serving(app: Flask) -> Iterator[None]:
    """Keep a restore and servers with another key away from the app's database while it is served.

    Stop with one sentence during a restore, and where such a server runs.
    """
    with app.app_context():
        engine = db.engine
    file = lease.sqlite_file(engine.url)
    try:
        with lease.held(file, alone=False), shared_key(engine, app.config["SECRET_KEY"]):
            yield
    except OtherKey as error:
        raise click.ClickException(
            "Another server uses this database with another secret key, so that people would be signed out at every "
            "click. Give all of them the same QUIZAPP_SECRET_KEY."
        ) from error
    except OperationalError as error:
        raise _unreachable(error) from error
    except lease.InUse as error:
        raise click.ClickException(
            f"A restore is replacing {file}. Wait until it has ended, then try again."
        ) from error


def _migrate() -> None:
    """Bring the database up to date, unless whoever was waited for has done so."""
    match _standing():
        case "empty":
            click.echo("Creating the database ...", err=True)
            upgrade()
        case "behind":
            click.echo("Bringing the database up to date ...", err=True)
            upgrade()
        case "current" | "newer":
            pass


def _begin_privately(file: Path | None) -> None:
    """Let a new SQLite file be readable by its owner alone; the files that SQLite puts beside it follow."""
    if file is not None and file.parent.is_dir() and not file.exists():
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _standing() -> Standing:
    """Ask how far the database is, or say in one sentence why it cannot be read."""
    try:
        return standing(db.engine)
    except OperationalError as error:
        raise _unreachable(error) from error
    except DatabaseError as error:
        raise click.ClickException(
            f"The database is damaged: {_said(error)}. What is broken: quizapp doctor. "
            "To go back to a backup: quizapp restore FILE"
        ) from error


def _unreachable(error: OperationalError) -> click.ClickException:
    """Say that the database does not answer, and whom to ask."""
    return click.ClickException(
        f"The database cannot be reached: {_said(error)}. What is wrong and how to mend it: quizapp doctor"
    )


def _said(error: DatabaseError) -> str:
    """Take the database's own words, on one line, without the statement."""
    return " ".join(str(error.orig).split()).rstrip(".")
