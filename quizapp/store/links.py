"""Links that work once: one makes the first teacher, others set the new password of somebody who lost theirs."""

import datetime
from typing import Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.core.credentials import check_password
from quizapp.store.people import create_account, has_teacher, hashed, keep_password
from quizapp.store.tables import OneTimeLink, Person
from quizapp.store.tokens import new_token, token_hash
from quizapp.store.turns import hashes

RESET_LINK_LIFE = datetime.timedelta(days=3)

Purpose = Literal["setup", "reset"]


class LinkGone(Exception):
    """A one-time link was used, replaced, has expired, or never was."""


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
    secret = hashed(check_password(password, role=person.role, username=person.username or ""))
    _use_link(session, token, "reset", now)
    keep_password(session, person, secret)
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
