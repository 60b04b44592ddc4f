"""Insert a row unless its unique key is taken, in one statement on either database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.store.tables import Base

Insert = postgresql.Insert | sqlite.Insert


def insert(session: Session, table: type[Base]) -> Insert:
    """Return the database's own INSERT, which knows ON CONFLICT."""
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)


def insert_once(session: Session, table: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row and say whether it is new; a key that is taken leaves the table as it is."""
    keys = table.__mapper__.primary_key
    statement = insert(session, table).values(**values).on_conflict_do_nothing().returning(*keys)
    return session.execute(statement).first() is not None
