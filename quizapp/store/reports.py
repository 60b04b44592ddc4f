"""What teachers see and export of attempts: whose they are, and their scores, derived whenever they are read."""

import datetime
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from quizapp.core.report import ScoreRow
from quizapp.store.attempts import TRY
from quizapp.store.sorting import Place, in_order
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Person

NOBODY = "deleted account"
READ_AHEAD = 1000


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which attempts a report is about; an empty filter takes all but teachers' tries of single questions.

    ``name`` is part of what the teacher sees; ``quiz`` is ``all``, ``today``, ``try`` or a topic's id; ``status`` is
    ``in_progress`` or ``submitted``; ``since`` and ``until`` bound the start, the first included, the second not.
    """

    person_id: int | None = None
    name: str = ""
    quiz: str = ""
    status: str = ""
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


EVERYTHING = Filter()


def score_rows(session: Session, wanted: Filter = EVERYTHING) -> Iterator[ScoreRow]:
    """Yield attempts with their scores, by name, person, start to the second and id, all as of one moment.

    The maximum is the number of questions drawn. Memory holds a few thousand rows, however many there are, and while
    they are taken nothing is held of the database: the session's transaction is over. Raise `NoRoom`.
    """
    rows = read(session, _scored(wanted))
    placed = ((place(row, to="seconds"), msgspec.msgpack.encode(_score_row(row))) for row in rows)
    return (msgspec.msgpack.decode(kept, type=ScoreRow) for kept in in_order(placed))


def newest_scores(session: Session, wanted: Filter = EVERYTHING, *, limit: int, offset: int = 0) -> list[ScoreRow]:
    """List some attempts with their scores, the last started first."""
    order = (Attempt.started_at.desc(), Attempt.id.desc())
    found = select(Attempt.id).outerjoin(Person, Person.id == Attempt.person_id).where(*_conditions(wanted))
    shown = session.scalars(found.order_by(*order).limit(limit).offset(offset)).all()
    return [_score_row(row) for row in session.execute(_scored(wanted).where(Attempt.id.in_(shown)).order_by(*order))]


def count_attempts(session: Session, wanted: Filter = EVERYTHING) -> int:
    """Count the attempts that a report would list."""
    statement = select(func.count(Attempt.id)).outerjoin(Person, Person.id == Attempt.person_id)
    return session.scalar(statement.where(*_conditions(wanted))) or 0


def quizzes(session: Session) -> list[tuple[str, str]]:
    """List the quizzes that were taken as (quiz, title), for a filter."""
    rows = session.execute(
        select(Attempt.quiz, func.max(Attempt.title)).where(Attempt.quiz != TRY).group_by(Attempt.quiz)
    )
    return sorted(((quiz, title) for quiz, title in rows), key=lambda entry: (entry[1], entry[0]))


def shown_name() -> ColumnElement[str]:
    """Say what the teacher sees: the user name, what a guest wanted to be called, "Guest 12", or "deleted account"."""
    return case(
        (Attempt.person_id.is_(None), literal(NOBODY)),
        (Person.username.is_not(None), Person.username),
        (Attempt.name != "", Attempt.name),
        (Person.nickname != "", Person.nickname),
        else_=literal("Guest ") + cast(Person.id, String),
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """Turn a filter into what must hold of attempts and people."""
    conditions = [Attempt.quiz == wanted.quiz if wanted.quiz else Attempt.quiz != TRY]
    if wanted.person_id is not None:
        conditions.append(Attempt.person_id == wanted.person_id)
    if wanted.name.strip():
        conditions.append(shown_name().icontains(wanted.name.strip(), autoescape=True))
    if wanted.since is not None:
        conditions.append(Attempt.started_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(Attempt.started_at < wanted.until)
    if wanted.status:
        is_open = Attempt.finished_at.is_(None)
        conditions.append(is_open if wanted.status == "in_progress" else ~is_open)
    return conditions


def of_attempts(wanted: Filter, *columns: Any) -> Select[Any]:
    """Select columns of the attempts that a filter leaves, and of the people who took them."""
    return (
        select(*columns)
        .select_from(Attempt)
        .outerjoin(Person, Person.id == Attempt.person_id)
        .where(*_conditions(wanted))
    )


def _scored(wanted: Filter) -> Select[Any]:
    """Select attempts with the name to show, how many questions they drew, and the points they earned."""
    earned = (
        select(func.coalesce(func.sum(Answer.fraction), 0.0))
        .where(Answer.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    drawn = (
        select(func.count())
        .select_from(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    columns = (Attempt.public_id, Attempt.person_id, Attempt.title, Attempt.started_at, Attempt.finished_at)
    return of_attempts(wanted, *columns, shown_name().label("name"), drawn.label("drawn"), earned.label("earned"))


def read(session: Session, statement: Select[Any]) -> Iterator[Row[Any]]:
    """Read rows as they are taken, by one statement and as of one moment, then let go of the database.

    PostgreSQL keeps them behind a cursor of the server's; SQLite finds each when it is its turn.
    """
    try:
        yield from session.execute(statement, execution_options={"yield_per": READ_AHEAD})
    finally:
        session.rollback()


def place(row: Row[Any], *, to: str) -> Place:
    """Say where an attempt stands in a file; its start is told to a unit, such as ``seconds``."""
    start = row.started_at.isoformat(timespec=to)
    return row.name.casefold(), row.name, row.person_id or 0, start, row.public_id


def _score_row(row: Row[Any]) -> ScoreRow:
    """Write one attempt down."""
    most, score = float(row.drawn), round(float(row.earned), 6)
    return ScoreRow(
        attempt_id=row.public_id,
        user_id=row.person_id,
        name=row.name,
        quiz=row.title,
        score=score,
        max=most,
        percent=round(100 * score / most, 2) if most else 0.0,
        status="in_progress" if row.finished_at is None else "submitted",
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
