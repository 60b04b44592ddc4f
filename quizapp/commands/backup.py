"""Copies of the database from the shell: taken while the server runs, verified, and put back."""

import datetime
import shlex
import shutil
import sqlite3
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import URL

from quizapp import create_app
from quizapp.commands.database import prepare_database
from quizapp.commands.drafted import PART, drafted
from quizapp.extensions import db
from quizapp.store import lease
from quizapp.store.backup import BadDatabase, Contents, copy, put_in_place, sync_folder, verify
from quizapp.store.restored import end_what_may_have_ended
from quizapp.web.clock import now

SHOWN = {
    "person": ("person", "people"),
    "attempt": ("attempt", "attempts"),
    "answer": ("answer", "answers"),
    "question": ("question", "questions"),
}


@click.command(
    epilog="Example: quizapp backup backups/\n\nExample: quizapp backup /media/stick/dateline.sqlite --force"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@with_appcontext
def backup(file: Path, *, force: bool) -> None:
    """Copy the database to FILE while the server goes on, and verify the copy.

    In a folder the copy is named after the time in UTC. It holds everything that was acknowledged before the command
    began. The secret key and config.toml of the instance folder are not in it: they do not change, and belong in a
    safe place of their own.
    """
    source = _sqlite_file("pg_dump --format=custom --file={file}", file)
    if not source.exists():
        raise click.ClickException(f"There is no database yet at {source}. The first start makes it: quizapp serve")
    target = file / f"dateline-{_stamp(now())}.sqlite" if file.is_dir() else file
    if target.exists() and not force:
        raise click.ClickException(f"{target} is there already. Name another file, or replace it with --force.")
    if target.exists() and target.samefile(source):
        raise click.ClickException(f"{target} is the database itself. Name another file.")
    _check_room(target.parent, source)
    with drafted(target) as draft:
        contents = _copied(source, draft, "Copying the database", "Look with: quizapp doctor")
        draft.replace(target)
        sync_folder(target.parent)
    click.echo(f"Backed up and verified: {target}, {_told(contents)}.")
    click.echo("Not in it, because they do not change: secret_key and config.toml. Keep a copy of them elsewhere.")


@click.command(epilog="Example: quizapp restore backups/dateline-20251123T120000Z.sqlite")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database; stop the server first.

    The present database is kept beside it under a name that is told, so that this can be undone. A backup of an older
    Dateline is brought up to date. Whoever has an account signs in again, and links for new passwords are void.
    """
    target = _sqlite_file("pg_restore --clean --if-exists --single-transaction {file}", file)
    if target.exists() and file.samefile(target):
        raise click.ClickException(f"{file} is the database itself. Name a backup.")
    aside = target.with_name(f"{target.name}.before-{_stamp(now())}")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with lease.held(target, alone=True), drafted(target) as draft:
            _check_room(target.parent, file)
            _copied(file, draft, "Reading the backup", "Nothing was changed. Try an older backup.")
            contents = _made_fit(draft)
            is_kept = put_in_place(draft, target, aside)
            sync_folder(target.parent)
    except lease.InUse as error:
        raise click.ClickException(f"A server runs on {target}. Stop it, then try again.") from error
    except sqlite3.OperationalError as error:
        raise click.ClickException(
            f"Another program has {target} open ({error}). Stop it, then try again. Nothing was changed."
        ) from error
    click.echo(f"Restored {file}: {_told(contents)}. Start Dateline again: quizapp serve")
    if is_kept:
        click.echo(f"The database as it was is kept. To undo this: quizapp restore {shlex.quote(str(aside))}")


def parts(database: Path) -> list[Path]:
    """List what copies that were broken off have left beside a database."""
    return sorted(database.parent.glob(f".*{PART}"))


def _copied(source: Path, draft: Path, label: str, remedy: str) -> Contents:
    """Copy a database with a bar of progress, or fail and say what to do."""
    try:
        with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

            def told(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            return copy(source, draft, told)
    except BadDatabase as error:
        raise click.ClickException(f"{error} {remedy}") from error
    except (OSError, sqlite3.OperationalError) as error:
        raise click.ClickException(
            f"The copy in {draft.parent} cannot be written: {error}. Nothing was changed."
        ) from error


def _made_fit(draft: Path) -> Contents:
    """Bring a copy up to date, end the logins of accounts and void the links that it holds."""
    app = create_app({"INSTANCE": current_app.instance_path, "DATABASE_URL": f"sqlite:///{draft}"})
    with app.app_context():
        try:
            prepare_database()
            end_what_may_have_ended(db.session())
            db.session.commit()
        finally:
            db.session.remove()
            db.engine.dispose()
    return verify(draft)


def _sqlite_file(command: str, file: Path) -> Path:
    """Return the file of the database; for PostgreSQL fail with the command that its own tools need."""
    path = lease.sqlite_file(db.engine.url)
    if path is not None:
        return path
    if db.engine.dialect.name == "sqlite":
        raise click.ClickException("This database is in memory only: there is nothing to copy.")
    line = f"{command.format(file=shlex.quote(str(file)))} {_connection(db.engine.url)}"
    raise click.ClickException(f"PostgreSQL has tools of its own, which ask for the password:\n  {line}")


def _connection(url: URL) -> str:
    """Spell where a PostgreSQL database is as options of its tools, without the password."""
    named = {"host": url.host, "port": url.port, "username": url.username, "dbname": url.database}
    return " ".join(f"--{name}={shlex.quote(str(value))}" for name, value in named.items() if value)


def _check_room(folder: Path, source: Path) -> None:
    """Fail where a copy would not fit."""
    if not folder.is_dir():
        raise click.ClickException(f"There is no folder {folder}. Make it, or name another one.")
    needed, free = source.stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        raise click.ClickException(f"{folder} has {free:,} bytes free, and the copy needs {needed:,}. Make room first.")


def _told(contents: Contents) -> str:
    """Say what a database holds."""
    counts = ((contents.rows.get(table, 0), *nouns) for table, nouns in SHOWN.items())
    listed = ", ".join(f"{count:,} {one if count == 1 else several}" for count, one, several in counts)
    return f"{listed}, {sum(contents.rows.values()):,} rows in all"


def _stamp(moment: datetime.datetime) -> str:
    """Write a time in UTC for a file name."""
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
