"""The roll of accounts: one by its name or number, and all by name."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from quizapp.core.credentials import Role, username_key
from quizapp.store.tables import Person

PAGE = 50


def account_of(session: Session, username: str) -> Person | None:
    """Return the account of a user name, however it is written."""
    return session.scalars(select(Person).where(Person.username_key == username_key(username))).one_or_none()


def account(session: Session, person_id: int) -> Person | None:
    """Return an account by its id; a guest is none."""
    return session.scalars(select(Person).where(Person.id == person_id, Person.role != "guest")).one_or_none()


def guests_among(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Return which of these people have no account: their names are what they typed."""
    return set(session.scalars(select(Person.id).where(Person.id.in_(list(person_ids)), Person.role == "guest")))


def accounts(session: Session, *, text: str = "", role: Role | None = None, page: int = 1) -> Sequence[Person]:
    """List the accounts whose name contains a text, of one role or all, by name, one page of fifty."""
    statement = select(Person).where(*_named(text)).order_by(Person.username_key)
    if role is not None:
        statement = statement.where(Person.role == role)
    return session.scalars(statement.limit(PAGE).offset((page - 1) * PAGE)).all()


def count_accounts(session: Session, *, text: str = "") -> int:
    """Count the accounts whose name contains a text."""
    return session.scalar(select(func.count()).select_from(Person).where(*_named(text))) or 0


def _named(text: str) -> list[ColumnElement[bool]]:
    """Say what holds of an account whose name contains a text."""
    conditions = [Person.role != "guest"]
    if text:
        conditions.append(Person.username_key.contains(username_key(text), autoescape=True))
    return conditions
