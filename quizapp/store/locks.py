"""Rows that nobody else changes until the commit, for rules that look before they write."""

from sqlalchemy import false, or_, select, update
from sqlalchemy.orm import Session

from quizapp.store.tables import Person


def begin_writing(session: Session) -> None:
    """Take SQLite's write lock now, so that what is read next is still true when it is written; free elsewhere."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(update(Person).where(false()).values(role=Person.role))


def held(session: Session, person_id: int) -> tuple[Person | None, set[int]]:
    """Return a person as they are now, ``None`` once deleted, and the ids of all administrators.

    Until the commit nobody else changes any of them. All are locked by one statement in the order of their ids, so
    that two of these never wait for each other.
    """
    begin_writing(session)
    wanted = or_(Person.id == person_id, Person.role == "administrator")
    statement = select(Person).where(wanted).order_by(Person.id).with_for_update()
    people = session.scalars(statement.execution_options(populate_existing=True)).all()
    person = next((one for one in people if one.id == person_id), None)
    return person, {one.id for one in people if one.role == "administrator"}
