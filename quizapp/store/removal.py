"""People who are deleted: the person goes, with every name; what was answered stays as numbers that belong to nobody.

https://www.sqlite.org/pragma.html#pragma_secure_delete zeroes what a page deletes. It leaves copies in the free middle
of pages whose rows have moved to others, which no statement reaches: the file is written anew as well. That this is due
stands in the database, in https://www.sqlite.org/pragma.html#pragma_user_version, from the deletion on.
"""

import datetime
import secrets
import sqlite3
from typing import Any

from sqlalchemy import Engine, delete, exists, func, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quizapp.question_types import TYPED
from quizapp.store import throttle
from quizapp.store.attempts import TRY
from quizapp.store.questions import decoded
from quizapp.store.roles import hold
from quizapp.store.tables import Answer, Attempt, Person, QuestionRevision


def remove(session: Session, person_id: int, now: datetime.datetime) -> bool:
    """Delete a guest or an account with its logins and links, and say whether it was there.

    Of attempts stay the questions, marks, times and the options that were chosen, without a person, a name or anything
    that was typed, under new ids; what was open is closed. Tries of single questions and attempts without an answer
    go. Questions and sources stay without an author, by their foreign keys. Raise `LastAdministrator`.

    Whoever calls this commits; the server that runs, the command that deletes, or the next start calls `wipe`.
    """
    person = hold(session, person_id, is_leaving=True)
    if person is None:
        return False
    _leave_numbers(session, person_id, now)
    throttle.forget_failures(session, person.username_key or "")
    session.expunge(person)
    session.execute(delete(Person).where(Person.id == person_id).execution_options(synchronize_session=False))
    _make_wipe_due(session)
    return True


def is_wipe_due(engine: Engine) -> bool:
    """Say whether somebody was deleted since the files were last wiped; not where the database cannot be asked."""
    if engine.dialect.name != "sqlite":
        return False
    try:
        with engine.connect() as connection:
            return _deletions(connection.connection.driver_connection) > 0
    except OperationalError:
        return False


def wipe(engine: Engine) -> bool:
    """Leave no byte of what was deleted in the files of a SQLite database; say whether that could be done.

    The database is written anew and its log emptied, about 180 MB a second, while others wait. PostgreSQL does this by
    itself when it next vacuums.
    """
    if engine.dialect.name != "sqlite":
        return True
    try:
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            deletions = _deletions(driver)
            driver.vacuum()
            is_busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if is_busy:
                return False
            driver.begin_to_write()
            if _deletions(driver) == deletions:
                driver.execute("PRAGMA user_version = 0")
            driver.commit()
    except (OperationalError, sqlite3.OperationalError):
        return False
    return True


def _deletions(driver: Any) -> int:
    """Count the deletions since the last wipe."""
    (count,) = driver.execute("PRAGMA user_version").fetchone()
    return int(count)


def _make_wipe_due(session: Session) -> None:
    """Count one more deletion, in the transaction of it."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA user_version = {_deletions(driver) + 1}")


def _leave_numbers(session: Session, person_id: int, now: datetime.datetime) -> None:
    """Part a person's attempts from the person.

    The attempts are locked first: an answer on its way is waited for, and one that comes later finds its attempt
    finished and is refused.
    """
    own = Attempt.person_id == person_id
    has_answers = exists().where(Answer.attempt_id == Attempt.id)
    session.scalars(select(Attempt.id).where(own).order_by(Attempt.id).with_for_update()).all()
    session.execute(
        delete(Attempt).where(own, or_(Attempt.quiz == TRY, ~has_answers)).execution_options(synchronize_session=False)
    )
    typed = _typed(session, person_id)
    if typed:
        session.execute(update(Answer), [{"id": answer_id, "response": None} for answer_id in typed])
    last = select(func.max(Answer.answered_at)).where(Answer.attempt_id == Attempt.id).scalar_subquery()
    kept = session.execute(select(Attempt.id, func.coalesce(Attempt.finished_at, last)).where(own)).all()
    if kept:
        session.execute(
            update(Attempt), [_of_nobody(attempt_id, finished_at or now) for attempt_id, finished_at in kept]
        )


def _typed(session: Session, person_id: int) -> list[int]:
    """List the answers of a person that were typed, not chosen; a wording is read once."""
    rows = session.execute(
        select(Answer.id, QuestionRevision.body)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(QuestionRevision, QuestionRevision.id == Answer.revision_id)
        .where(Attempt.person_id == person_id, Answer.response.is_not(None))
    )
    return [answer_id for answer_id, body in rows if isinstance(decoded(body), TYPED)]


def _of_nobody(attempt_id: int, finished_at: datetime.datetime) -> dict[str, object]:
    """Say what an attempt keeps; its new id cannot be looked up in files that were downloaded before."""
    public_id = secrets.token_urlsafe(12)
    return {
        "id": attempt_id,
        "person_id": None,
        "name": "",
        "public_id": public_id,
        "start_key": public_id,
        "finished_at": finished_at,
    }
