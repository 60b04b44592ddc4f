"""The database from the shell: made if it is not there, brought up to date, never touched if it is newer."""

import click
from flask_migrate import upgrade

from quizapp.extensions import db
from quizapp.store.schema import standing


def prepare_database() -> None:
    """Migrate where needed, inside an application context; stop with one sentence at a database of newer code."""
    match standing(db.engine):
        case "empty":
            click.echo("Creating the database ...", err=True)
            upgrade()
        case "behind":
            click.echo("Bringing the database up to date ...", err=True)
            upgrade()
        case "newer":
            raise click.ClickException(
                "The database was made by a newer Dateline than this one. Update the code, or set QUIZAPP_DATABASE_URL "
                "to another database."
            )
        case "current":
            pass
