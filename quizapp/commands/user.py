"""People from the shell: accounts, roles, links for whoever lost a password, and the end of what is kept."""

import datetime
import sys
import warnings
from getpass import GetPassWarning
from itertools import count, takewhile
from shlex import quote

import click
from flask import current_app
from flask.cli import with_appcontext

from quizapp.commands.address import site
from quizapp.commands.database import prepare_database
from quizapp.config import LOGIN_DAYS
from quizapp.core.credentials import BadCredentials, Role
from quizapp.extensions import db
from quizapp.store import links, people, removal, retention, roles, roll
from quizapp.store.tables import Person
from quizapp.web.clock import now

ROLES = ("student", "teacher", "administrator")
HEADINGS = ("User name", "Role", "Made on", "Last sign-in")
ARTICLES = {"student": "a", "teacher": "a", "administrator": "an"}


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
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked(username)
    try:
        person = people.create_account(db.session(), username=username, password=password, role=role, now=now())
    except BadCredentials as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{person.username} can sign in now, as {role}.")


@user.command("reset-link", epilog="Example: quizapp user reset-link maria --server http://192.168.1.20:8000")
@click.argument("username")
@click.option("--server", help="How people reach this server; otherwise by the first name of trusted_hosts.")
@with_appcontext
def reset_link(username: str, server: str | None) -> None:
    """Print a link with which somebody sets a new password, once and within three days."""
    prepare_database()
    person = _account(username)
    token = links.reset_link(db.session(), person, now())
    db.session.commit()
    known = site(current_app.config["TRUSTED_HOSTS"], is_secure=current_app.config["SECURE_COOKIES"])
    click.echo(f"{(server or known).rstrip('/')}/reset/{token}")
    if server is None and not known.startswith("https:"):
        click.echo(
            f"If people reach this server by another address, put that in the place of {known},"
            " or name it: --server https://quiz.school.example",
            err=True,
        )


@user.command("list", epilog="Example: quizapp user list --role teacher")
@click.option("--role", type=click.Choice(ROLES), help="Only accounts of this role.")
@with_appcontext
def list_accounts(role: Role | None) -> None:
    """Print every account under a line of headings: user name, role, days when it was made and last signed in."""
    prepare_database()
    pages = takewhile(len, (roll.accounts(db.session(), role=role, page=page) for page in count(1)))
    rows = [HEADINGS, *(_row(person) for found in pages for person in found)]
    if len(rows) == 1:
        click.echo("Nobody has such an account yet. To make one: quizapp user create --help", err=True)
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@user.command("role", epilog="Example: quizapp user role maria teacher")
@click.argument("username")
@click.argument("role", type=click.Choice(ROLES))
@with_appcontext
def set_role(username: str, role: Role) -> None:
    """Make somebody a student, teacher or administrator, which signs them out everywhere."""
    prepare_database()
    person = _account(username)
    try:
        roles.set_role(db.session(), person, role)
    except roles.LastAdministrator as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{person.username} is {ARTICLES[role]} {role} now, and signed out everywhere.")
    if person.password_hash is None:
        click.echo(f"The old password is too short for it. Next: quizapp user reset-link {username}")


@user.command(epilog="Example: quizapp user delete maria")
@click.argument("username")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def delete(username: str, *, yes: bool) -> None:
    """Delete an account; what was answered stays as numbers that belong to nobody."""
    prepare_database()
    person = _account(username)
    if not yes:
        click.confirm(f"Delete {person.username} ({person.role}) for good?", abort=True)
    try:
        removal.remove(db.session(), person.id, now())
    except roles.LastAdministrator as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{person.username} is deleted.")
    _wipe()


@user.command(epilog="Example: quizapp user forget")
@with_appcontext
def forget() -> None:
    """Delete guests and students unseen for retention_days, ended logins, used links, and their traces in the files."""
    prepare_database()
    said = forget_old()
    _wipe()
    click.echo(said or "There is nothing to forget.")


def forget_old() -> str:
    """Delete what is kept no longer, some people at a time, and say in one line what it was; empty if nothing."""
    session = db.session()
    ended = retention.end_old(session, login_life=datetime.timedelta(days=LOGIN_DAYS), now=now())
    session.commit()
    people_gone = 0
    while gone := retention.forget_some(session, days=current_app.config["RETENTION_DAYS"], now=now()):
        session.commit()
        people_gone += gone
    if people_gone:
        removal.wipe(db.engine)
    counted = [(people_gone, "person", "people"), (ended.logins, "login", "logins"), (ended.links, "link", "links")]
    told = [f"{number} {one if number == 1 else many}" for number, one, many in counted if number]
    return f"Forgotten, as nobody needs it any more: {', '.join(told)}." if told else ""


def _asked(username: str) -> str:
    """Ask for a password, or say how to give one where nobody can be asked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            asked: str = click.prompt("Password", hide_input=True, confirmation_prompt="The same again")
        except GetPassWarning as error:
            raise click.ClickException(
                "There is no terminal in which to ask for the password. Send it on standard input:"
                f" quizapp user create {quote(username)} --password-stdin < file"
            ) from error
    return asked


def _row(person: Person) -> tuple[str, str, str, str]:
    """Return what the list tells of an account."""
    last = person.last_login_at.date().isoformat() if person.last_login_at else "-"
    return person.username or "", person.role, person.created_at.date().isoformat(), last


def _account(username: str) -> Person:
    """Return an account, or say that there is none."""
    person = roll.account_of(db.session(), username)
    if person is None:
        raise click.ClickException(f"There is no account named {username}. Check the spelling.")
    return person


def _wipe() -> None:
    """Take the last traces of deleted people out of the files, or say when that is done."""
    if not removal.wipe(db.engine):
        click.echo("The database is in use: run quizapp user forget again to remove the last traces.", err=True)
