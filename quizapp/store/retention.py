"""How long people are kept who come no more, and logins and links that open nothing any more."""

import datetime

import msgspec
from sqlalchemy import ColumnElement, CursorResult, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.store import throttle
from quizapp.store.links import RESET_LINK_LIFE
from quizapp.store.people import has_teacher
from quizapp.store.removal import remove
from quizapp.store.tables import Answer, Attempt, Base, Login, OneTimeLink, Person

SOME = 50


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How many logins and one-time links were removed."""

    logins: int
    links: int


def end_old(session: Session, *, login_life: datetime.timedelta, now: datetime.datetime) -> Ended:
    """Remove logins that are older than they live, links that were used or have expired, and old failed sign-ins."""
    throttle.forget_windows(session, now)
    is_over = or_(
        OneTimeLink.used_at.is_not(None),
        and_(OneTimeLink.purpose == "reset", OneTimeLink.created_at < now - RESET_LINK_LIFE),
    )
    if has_teacher(session):
        is_over = or_(is_over, OneTimeLink.purpose == "setup")
    return Ended(
        logins=_delete(session, Login, Login.created_at <= now - login_life),
        links=_delete(session, OneTimeLink, is_over),
    )


def forget_some(session: Session, *, days: int, now: datetime.datetime) -> int:
    """Delete up to fifty guests and students whom nobody has seen for so many days, and say how many it were.

    Seen is who signed in, began, finished or answered. Teachers and administrators stay, and with 0 days everybody.
    The caller commits and calls again until it is 0, so that nobody waits long for the database.
    """
    if not days:
        return 0
    since = now - datetime.timedelta(days=days)
    has_answered = exists().where(Answer.attempt_id == Attempt.id, Answer.answered_at >= since)
    was_active = exists().where(
        Attempt.person_id == Person.id, or_(Attempt.started_at >= since, Attempt.finished_at >= since, has_answered)
    )
    untouched = select(Person.id).where(
        Person.role.in_(("guest", "student")),
        func.coalesce(Person.last_login_at, Person.created_at) < since,
        Person.created_at < since,
        ~exists().where(Login.person_id == Person.id, Login.created_at >= since),
        ~was_active,
    )
    found = session.scalars(untouched.order_by(Person.id).limit(SOME)).all()
    return sum(remove(session, person_id, now) for person_id in found)


def _delete(session: Session, table: type[Base], condition: ColumnElement[bool]) -> int:
    """Delete rows and count them."""
    statement = delete(table).where(condition).execution_options(synchronize_session=False)
    done = session.execute(statement)
    return done.rowcount if isinstance(done, CursorResult) else 0
