"""Browsers that are signed in, as guests or with an account.

Each has a row of its own; deleting the row signs the browser out, whatever its cookie says.
"""

import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from quizapp.core.credentials import clean_nickname
from quizapp.store.insert import insert_once
from quizapp.store.tables import Attempt, Base, Login, Person
from quizapp.store.tokens import token_hash


class Holder(NamedTuple):
    """Who is signed in: what every page asks of them; a guest has no user name, an account no nickname."""

    id: int
    role: str
    username: str | None
    nickname: str


login = Base.metadata.tables[Login.__tablename__]
person = Base.metadata.tables[Person.__tablename__]
HOLDER = (
    select(*(person.c[name] for name in Holder._fields))
    .join_from(login, person)
    .where(login.c.token_hash == bindparam("token_hash"), login.c.created_at > bindparam("since"))
)


def guest_of(session: Session, token: str, now: datetime.datetime) -> Person:
    """Return the guest whose login has this token, made at the first call; of equal calls one makes it."""
    known = _person_of(session, token)
    if known is not None:
        return known
    guest = Person(role="guest", nickname="", created_at=now)
    session.add(guest)
    session.flush()
    row = {"person_id": guest.id, "token_hash": token_hash(token), "created_at": now}
    if insert_once(session, Login, row):
        return guest
    session.delete(guest)
    session.flush()
    return session.scalars(select(Person).join(Login).where(Login.token_hash == token_hash(token))).one()


def begin_login(session: Session, person: Person, token: str, now: datetime.datetime) -> None:
    """Sign a browser in: it holds the token, the row its digest."""
    session.execute(update(Person).where(Person.id == person.id).values(last_login_at=now))
    session.add(Login(person_id=person.id, token_hash=token_hash(token), created_at=now))
    session.flush()


def end_login(session: Session, token: str) -> None:
    """Sign one browser out."""
    session.execute(delete(Login).where(Login.token_hash == token_hash(token)))


def end_logins(session: Session, person: Person) -> None:
    """Sign every browser of a person out."""
    session.execute(delete(Login).where(Login.person_id == person.id))


def holder(session: Session, token: str, since: datetime.datetime) -> Holder | None:
    """Return who is signed in with a token, unless the login is older than ``since``."""
    row = session.connection().execute(HOLDER, {"token_hash": token_hash(token), "since": since}).one_or_none()
    return None if row is None else Holder(*row)


def merge(session: Session, *, guest: Person, into: Person) -> None:
    """Hand a guest's attempts to an account and remove the guest with all logins.

    Both may have answered the question of one day: the guest's attempt then goes over under a key of its own. The
    guest's row is locked first: an attempt that another tab starts meanwhile is waited for, or finds no guest.
    """
    session.execute(select(Person.id).where(Person.id == guest.id).with_for_update())
    taken = select(Attempt.start_key).where(Attempt.person_id == into.id)
    session.execute(
        update(Attempt)
        .where(Attempt.person_id == guest.id, Attempt.start_key.in_(taken))
        .values(start_key=Attempt.public_id)
        .execution_options(synchronize_session=False)
    )
    session.execute(update(Attempt).where(Attempt.person_id == guest.id).values(person_id=into.id))
    session.execute(delete(Person).where(Person.id == guest.id, Person.role == "guest"))


def rename_guest(session: Session, person: Person, nickname: str) -> None:
    """Keep what a guest wants teachers to see; an empty name and an account change nothing."""
    cleaned = clean_nickname(nickname)
    if person.role == "guest" and cleaned:
        person.nickname = cleaned
        session.flush()


def _person_of(session: Session, token: str) -> Person | None:
    """Return who holds a login, however old."""
    return session.scalars(select(Person).join(Login).where(Login.token_hash == token_hash(token))).one_or_none()
