"""People from the shell: accounts, and links for whoever lost a password."""

import sys

import click
from flask.cli import with_appcontext

from quizapp.commands.database import prepare_database
from quizapp.core.credentials import BadCredentials, Role
from quizapp.extensions import db
from quizapp.store import people
from quizapp.web.clock import now


@click.group()
def user() -> None:
    """Make accounts and help people back in."""


@user.command(
    epilog="Example: quizapp user create maria --teacher\n\nExample: quizapp user create ali --password-stdin < file"
)
@click.argument("username")
@click.option("--student", "role", flag_value="student", default="student", help="Takes quizzes (the default).")
@click.option("--teacher", "role", flag_value="teacher", help="Adds questions and sees scores.")
@click.option("--administrator", "role", flag_value="administrator", help="Makes teachers and resets access as well.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@with_appcontext
def create(username: str, role: Role, *, password_stdin: bool) -> None:
    """Make an account; the password is asked for and not shown."""
    prepare_database()
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    try:
        person = people.create_account(db.session(), username=username, password=password, role=role, now=now())
    except BadCredentials as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{person.username} can sign in now, as {role}.")


@user.command("reset-link", epilog="Example: quizapp user reset-link maria --server http://192.168.1.20:8000")
@click.argument("username")
@click.option("--server", default="http://127.0.0.1:8000", show_default=True, help="How people reach this server.")
@with_appcontext
def reset_link(username: str, server: str) -> None:
    """Print a link with which somebody sets a new password, once and within three days."""
    prepare_database()
    person = people.account_of(db.session(), username)
    if person is None:
        raise click.ClickException(f"There is no account named {username}. Check the spelling.")
    token = people.reset_link(db.session(), person, now())
    db.session.commit()
    click.echo(f"{server.rstrip('/')}/reset/{token}")
