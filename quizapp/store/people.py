"""Accounts of students, teachers and administrators: how they are made, and how people prove who they are."""

import datetime
import unicodedata

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from quizapp.core.credentials import (
    BadCredentials,
    Role,
    check_password,
    check_username,
    likeness,
    username_key,
)
from quizapp.store import throttle
from quizapp.store.insert import insert_once
from quizapp.store.logins import end_logins
from quizapp.store.roles import Gone
from quizapp.store.tables import OneTimeLink, Person
from quizapp.store.throttle import TooManyTries
from quizapp.store.turns import hashes

__all__ = ["BadCredentials", "NameTaken", "TooManyTries", "WrongCredentials"]

METHOD = "scrypt:32768:8:1"
NOBODYS_HASH = f"{METHOD}${'0' * 16}${'0' * 128}"
DOUBLE_CLICK = datetime.timedelta(seconds=30)
TEACHING = ("teacher", "administrator")


class WrongCredentials(Exception):
    """User name and password do not belong together; the message does not tell which of them is wrong."""

    def __init__(self) -> None:
        """Say the same for unknown and known users."""
        super().__init__("User name and password do not match. Check both and try again.")


class NameTaken(BadCredentials):
    """Somebody has the user name already."""

    def __init__(self) -> None:
        """Say it at the field of the name."""
        super().__init__("username", "That user name is taken. Choose another one.")


@hashes
def create_account(session: Session, *, username: str, password: str, role: Role, now: datetime.datetime) -> Person:
    """Make a student, teacher or administrator; raise `BadCredentials` where name or password cannot be taken."""
    shown = check_username(username)
    if role == "student":
        _refuse_likeness(session, shown)
    secret = hashed(check_password(password, role=role, username=shown))
    values = {
        "role": role,
        "username": shown,
        "username_key": username_key(shown),
        "nickname": "",
        "password_hash": secret,
        "created_at": now,
    }
    if not insert_once(session, Person, values):
        raise NameTaken
    return session.scalars(select(Person).where(Person.username_key == username_key(shown))).one()


@hashes
def authenticate(session: Session, *, username: str, password: str, now: datetime.datetime) -> Person:
    """Return the account of a user name and password, for a login that begins in this transaction.

    Raise `WrongCredentials` or `TooManyTries`. The caller commits in every case, so that the failure is counted.
    An unknown name costs the same work as a known one; an old hash is renewed. A sign-in that overlaps with a new
    password, a new role or a deletion is refused, so that it leaves no login behind.
    """
    key = username_key(username)[:64]
    known = session.scalars(select(Person).where(Person.username_key == key)).one_or_none()
    person, stored = _proved(session, known, key=key, password=password, now=now)
    renewed = stored if stored.startswith(f"{METHOD}$") else hashed(unicodedata.normalize("NFC", password))
    held = session.execute(
        update(Person)
        .where(Person.id == person.id, Person.password_hash == stored)
        .values(password_hash=renewed)
        .returning(Person.id)
    ).first()
    if held is None:
        raise WrongCredentials
    throttle.forget_failures(session, person.username_key or "")
    return person


def just_made(session: Session, *, username: str, password: str, now: datetime.datetime) -> Person | None:
    """Return the student's account that an equal form made within `DOUBLE_CLICK`, or ``None``.

    Two clicks on one button send two such forms, and the second finds the name taken. It proves itself as at any
    sign-in, by the password, and a wrong one counts: the caller commits in every case. Begin a transaction of its own
    for it, because hashing must not hold the database.
    """
    made_at = session.scalar(
        select(Person.created_at).where(Person.username_key == username_key(username)[:64], Person.role == "student")
    )
    if made_at is None or abs(now - made_at) > DOUBLE_CLICK:
        return None
    try:
        return authenticate(session, username=username, password=password, now=now)
    except (WrongCredentials, TooManyTries):
        return None


@hashes
def check_own_password(session: Session, person: Person, password: str, now: datetime.datetime) -> None:
    """Let somebody who is signed in prove once more who they are; raise and count as `authenticate` does.

    Raise `Gone` where the account was deleted meanwhile.
    """
    _prove_again(session, person, password, now)
    throttle.forget_failures(session, person.username_key or "")


@hashes
def change_password(session: Session, person: Person, *, current: str, password: str, now: datetime.datetime) -> None:
    """Change the password of somebody who knows the current one; raise as `check_own_password` and `set_password`."""
    _prove_again(session, person, current, now)
    set_password(session, person, password)


@hashes
def set_password(session: Session, person: Person, password: str) -> None:
    """Change a password, sign the person out everywhere and end the links that wait for them.

    Raise `BadCredentials` if it cannot be taken, or if password or role have changed since the person was read.
    """
    secret = hashed(check_password(password, role=person.role, username=person.username or ""))
    keep_password(session, person, secret)


def has_teacher(session: Session) -> bool:
    """Say whether anybody may teach here yet."""
    return bool(session.scalar(select(func.count()).select_from(Person).where(Person.role.in_(TEACHING))))


def keep_password(session: Session, person: Person, secret: str) -> None:
    """Write a password down, unless the account has changed since it was read, and end what the old one opened."""
    changed = session.execute(
        update(Person)
        .where(Person.id == person.id, Person.role == person.role, Person.password_hash == person.password_hash)
        .values(password_hash=secret)
        .returning(Person.id)
    ).first()
    if changed is None:
        raise BadCredentials("password", "This account has changed meanwhile. Reload the page and try again.")
    end_logins(session, person)
    session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None)))
    throttle.forget_failures(session, person.username_key or "")


def hashed(password: str) -> str:
    """Return the hash of a password with its own salt."""
    return generate_password_hash(password, method=METHOD)


def _refuse_likeness(session: Session, username: str) -> None:
    """Keep students from taking a name that others would read as a teacher's; other names may differ by an accent.

    Among students such names are common (Hà, Hạ, Ha), and the password tells them apart.
    """
    teaching = session.scalars(select(Person.username).where(Person.role.in_(TEACHING), Person.username.is_not(None)))
    for name in teaching.all():
        if name and username_key(name) != username_key(username) and likeness(name) == likeness(username):
            raise BadCredentials("username", "That user name is too much like a teacher’s. Choose another one.")


def _prove_again(session: Session, person: Person, password: str, now: datetime.datetime) -> None:
    """Read a person anew and compare the password; nothing is written where it is the right one."""
    fresh = select(Person).where(Person.id == person.id).execution_options(populate_existing=True)
    known = session.scalars(fresh).one_or_none()
    if known is None:
        raise Gone
    _proved(session, known, key=known.username_key or "", password=password, now=now)


def _proved(
    session: Session, known: Person | None, *, key: str, password: str, now: datetime.datetime
) -> tuple[Person, str]:
    """Return an account whose password was given, with the hash that was compared; count the failure otherwise."""
    throttle.check(session, key, now)
    stored = known.password_hash if known and known.password_hash else NOBODYS_HASH
    is_right = check_password_hash(stored, unicodedata.normalize("NFC", password))
    throttle.check(session, key, now)
    if known is None or not is_right:
        throttle.count_failure(session, key, now)
        raise WrongCredentials
    return known, stored
