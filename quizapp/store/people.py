"""Accounts of students, teachers and administrators: how they prove who they are, and the links that help them in."""

import datetime
import unicodedata
from typing import Literal

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
from quizapp.store.tokens import new_token, token_hash
from quizapp.store.turns import hashes

__all__ = ["BadCredentials", "LinkGone", "TooManyTries", "WrongCredentials"]

METHOD = "scrypt:32768:8:1"
NOBODYS_HASH = f"{METHOD}${'0' * 16}${'0' * 128}"
RESET_LINK_LIFE = datetime.timedelta(days=3)
TEACHING = ("teacher", "administrator")

Purpose = Literal["setup", "reset"]


class WrongCredentials(Exception):
    """User name and password do not belong together; the message does not tell which of them is wrong."""

    def __init__(self) -> None:
        """Say the same for unknown and known users."""
        super().__init__("User name and password do not match. Check both and try again.")


class LinkGone(Exception):
    """A one-time link was used, replaced, has expired, or never was."""


# Accounts


@hashes
def create_account(session: Session, *, username: str, password: str, role: Role, now: datetime.datetime) -> Person:
    """Make a student, teacher or administrator; raise `BadCredentials` where name or password cannot be taken."""
    shown = check_username(username)
    if role == "student":
        _refuse_likeness(session, shown)
    hashed = _hashed(check_password(password, role=role, username=shown))
    values = {
        "role": role,
        "username": shown,
        "username_key": username_key(shown),
        "nickname": "",
        "password_hash": hashed,
        "created_at": now,
    }
    if not insert_once(session, Person, values):
        raise BadCredentials("username", "That user name is taken. Choose another one.")
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
    renewed = stored if stored.startswith(f"{METHOD}$") else _hashed(unicodedata.normalize("NFC", password))
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
    hashed = _hashed(check_password(password, role=person.role, username=person.username or ""))
    _keep_password(session, person, hashed)


def has_teacher(session: Session) -> bool:
    """Say whether anybody may teach here yet."""
    return bool(session.scalar(select(func.count()).select_from(Person).where(Person.role.in_(TEACHING))))


# Links that work once


def setup_link(session: Session, now: datetime.datetime) -> str | None:
    """Return the token of a new set-up link, which replaces every earlier one; ``None`` once somebody may teach."""
    if has_teacher(session):
        return None
    session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == "setup"))
    return _new_link(session, "setup", None, now)


def use_setup_link(session: Session, token: str, *, username: str, password: str, now: datetime.datetime) -> Person:
    """Make the first account that may teach, an administrator; raise `LinkGone` or `BadCredentials`.

    The caller commits only when nothing was raised; then name and link are taken together or not at all.
    """
    check_link(session, token, "setup", now)
    person = create_account(session, username=username, password=password, role="administrator", now=now)
    _use_link(session, token, "setup", now)
    return person


def reset_link(session: Session, person: Person, now: datetime.datetime) -> str:
    """Return the token of a link that sets a new password within three days; it replaces earlier ones.

    The person's row is locked first, so that of links made at the same moment one is left.
    """
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == "reset", OneTimeLink.person_id == person.id))
    return _new_link(session, "reset", person.id, now)


@hashes
def use_reset_link(session: Session, token: str, *, password: str, now: datetime.datetime) -> Person:
    """Set a new password, which ends every login; commit only if neither `LinkGone` nor `BadCredentials` is raised."""
    person = check_link(session, token, "reset", now)
    if person is None:
        raise LinkGone
    hashed = _hashed(check_password(password, role=person.role, username=person.username or ""))
    _use_link(session, token, "reset", now)
    _keep_password(session, person, hashed)
    return person


def check_link(session: Session, token: str, purpose: Purpose, now: datetime.datetime) -> Person | None:
    """Return whom a link is for, ``None`` for a set-up link; raise `LinkGone` when it no longer works."""
    link = session.scalars(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
        )
    ).one_or_none()
    if link is None or _is_over(link, now) or (purpose == "setup" and has_teacher(session)):
        raise LinkGone
    return session.get(Person, link.person_id) if link.person_id else None


def _new_link(session: Session, purpose: Purpose, person_id: int | None, now: datetime.datetime) -> str:
    """Keep the digest of a new token and return the token."""
    token = new_token()
    session.add(OneTimeLink(purpose=purpose, token_hash=token_hash(token), person_id=person_id, created_at=now))
    session.flush()
    return token


def _use_link(session: Session, token: str, purpose: Purpose, now: datetime.datetime) -> None:
    """Mark a link as used in one statement, so that of two equal requests one gets it; raise `LinkGone` otherwise."""
    used = session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(OneTimeLink.id)
    ).first()
    if used is None:
        raise LinkGone


def _is_over(link: OneTimeLink, now: datetime.datetime) -> bool:
    """Say whether a reset link has expired; a set-up link lives until the next start."""
    return link.purpose == "reset" and link.created_at + RESET_LINK_LIFE < now


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


def _keep_password(session: Session, person: Person, hashed: str) -> None:
    """Write a password down, unless the account has changed since it was read, and end what the old one opened."""
    changed = session.execute(
        update(Person)
        .where(Person.id == person.id, Person.role == person.role, Person.password_hash == person.password_hash)
        .values(password_hash=hashed)
        .returning(Person.id)
    ).first()
    if changed is None:
        raise BadCredentials("password", "This account has changed meanwhile. Reload the page and try again.")
    end_logins(session, person)
    session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None)))
    throttle.forget_failures(session, person.username_key or "")


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


def _hashed(password: str) -> str:
    """Return the hash of a password with its own salt."""
    return generate_password_hash(password, method=METHOD)
