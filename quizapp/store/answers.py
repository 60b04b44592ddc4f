"""The questions of an attempt and their answers, which are kept once.

Whoever answers again, by a double click, a replay or the Back button, is given what is kept.
"""

import datetime
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Insert, bindparam, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.core.mark import Mark
from quizapp.question_types import AnyQuestion, decode_response, encode_response
from quizapp.store.attempts import OWN, TAKEN, Taken, UnknownAttempt, answer, attempt, drawn, taken
from quizapp.store.questions import decoded
from quizapp.store.tables import Base, QuestionRevision, TopicRow

ANSWERED = "answered"
SKIPPED = "skipped"


class OutOfTurn(Exception):
    """The question is not the one that is asked now: an earlier one has no answer yet."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that counts: ``response`` is decoded, ``None`` when skipped; ``fraction`` is 0…1; the time is UTC."""

    status: str
    response: Any
    fraction: float
    answered_at: datetime.datetime


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One position of an attempt, counted from 1: the question as it was drawn, and its answer if there is one."""

    position: int
    question: AnyQuestion
    revision: int
    revision_id: int
    kept: Kept | None


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A student before one position of an attempt."""

    attempt: Taken
    place: Place


class TopicScore(msgspec.Struct, frozen=True, kw_only=True):
    """The points of one attempt in one topic."""

    id: str
    title: str
    score: float
    max: float


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt as a whole; questions not reached count 0. ``topics`` begin with the weakest."""

    places: tuple[Place, ...]
    score: float
    max: float
    topics: tuple[TopicScore, ...]


revision = Base.metadata.tables[QuestionRevision.__tablename__]
PLACE = (
    drawn.c.position,
    drawn.c.revision_id,
    revision.c.number,
    revision.c.body,
    answer.c.status,
    answer.c.response,
    answer.c.fraction,
    answer.c.answered_at,
)
ITS_ANSWER = (answer.c.attempt_id == drawn.c.attempt_id) & (answer.c.question_id == drawn.c.question_id)
PINNED = drawn.join(revision, revision.c.id == drawn.c.revision_id).outerjoin(answer, ITS_ANSWER)
IN_ATTEMPT = drawn.c.attempt_id == bindparam("attempt_id")
AT_POSITION = drawn.c.position == bindparam("position")
PLACES = select(*PLACE).select_from(PINNED).where(IN_ATTEMPT).order_by(drawn.c.position)
AGAIN = select(*PLACE).select_from(PINNED).where(IN_ATTEMPT, AT_POSITION)
TURN = (
    select(*TAKEN, *PLACE)
    .select_from(attempt.join(PINNED, drawn.c.attempt_id == attempt.c.id))
    .where(*OWN, AT_POSITION)
)
FINISH = (
    update(attempt)
    .where(attempt.c.id == bindparam("attempt_id"), attempt.c.finished_at.is_(None))
    .values(finished_at=bindparam("now"))
)


def _insert_once(insert: type[postgresql.Insert | sqlite.Insert]) -> Insert:
    """Write the statement that keeps an answer unless there is one; an attempt that is gone or finished takes none.

    The attempt's row is held on PostgreSQL, so that it cannot go before the answer is there. Deleting a person finishes
    their attempts, so that no answer comes after.
    """
    columns = ("attempt_id", "question_id", "revision_id", "status", "response", "fraction", "answered_at")
    values = [bindparam(name, type_=answer.c[name].type).label(name) for name in columns]
    is_open = attempt.c.finished_at.is_(None)
    its_attempt = select(*values, literal(1)).where(attempt.c.id == bindparam("attempt_id"), is_open)
    return (
        insert(answer)
        .from_select([*columns, "revision"], its_attempt.with_for_update(read=True, key_share=True))
        .on_conflict_do_nothing()
        .execution_options(preserve_rowcount=True)
    )


KEEP = {"sqlite": _insert_once(sqlite.Insert), "postgresql": _insert_once(postgresql.Insert)}


def places(session: Session, attempt_id: int) -> tuple[Place, ...]:
    """Return every position of an attempt in order."""
    rows = session.connection().execute(PLACES, {"attempt_id": attempt_id})
    return tuple(_place(row) for row in rows)


def turn(session: Session, person_id: int, public_id: str, position: int) -> Turn:
    """Return one position of a person's attempt, in one statement; raise `UnknownAttempt` for any other's alike."""
    wanted = {"public_id": public_id, "person_id": person_id, "position": position}
    row = session.connection().execute(TURN, wanted).one_or_none()
    if row is None:
        raise UnknownAttempt
    return Turn(attempt=taken(row), place=_place(row[len(TAKEN) :]))


def record_answer(session: Session, turn: Turn, *, response: object, mark: Mark, now: datetime.datetime) -> Kept:
    """Keep the first answer to a question and return what is kept, which is the earlier answer where there is one.

    The last answer finishes the attempt. Raise `OutOfTurn` where an earlier question is open.
    """
    text = encode_response(turn.place.question, response)
    kept = Kept(status=ANSWERED, response=response, fraction=mark.fraction, answered_at=now)
    return _keep(session, turn, kept, text)


def skip(session: Session, turn: Turn, *, now: datetime.datetime) -> Kept:
    """Keep that a question was skipped, which earns nothing and is as final as an answer."""
    return _keep(session, turn, Kept(status=SKIPPED, response=None, fraction=0.0, answered_at=now), None)


def results(session: Session, attempt: Taken) -> Results:
    """Return an attempt's questions, answers and score, in total and by topic."""
    found = places(session, attempt.id)
    topic_ids = {place.question.topic for place in found}
    titles = {row.id: row.title for row in session.scalars(select(TopicRow).where(TopicRow.id.in_(topic_ids)))}
    topics = [
        TopicScore(
            id=topic,
            title=titles.get(topic, topic),
            score=sum(_fraction(place) for place in found if place.question.topic == topic),
            max=float(sum(1 for place in found if place.question.topic == topic)),
        )
        for topic in topic_ids
    ]
    return Results(
        places=found,
        score=sum(_fraction(place) for place in found),
        max=float(len(found)),
        topics=tuple(sorted(topics, key=lambda topic: (topic.score / topic.max, topic.title))),
    )


def _place(row: Sequence[Any]) -> Place:
    """Decode a pinned question and its answer from a row of `PLACE`."""
    position, revision_id, number, body, status, response, fraction, answered_at = row
    question = decoded(body)
    kept = None
    if status is not None:
        said = None if response is None else decode_response(question, response)
        kept = Kept(status=status, response=said, fraction=fraction, answered_at=answered_at)
    return Place(position=position, question=question, revision=number, revision_id=revision_id, kept=kept)


def _keep(session: Session, turn: Turn, kept: Kept, response: str | None) -> Kept:
    """Insert an answer unless there is one, and finish the attempt with its last; return what is kept."""
    place, taken = turn.place, turn.attempt
    if place.kept is not None:
        return place.kept
    if place.position != taken.next_open:
        raise OutOfTurn
    connection = session.connection()
    values = {
        "attempt_id": taken.id,
        "question_id": place.question.id,
        "revision_id": place.revision_id,
        "status": kept.status,
        "response": response,
        "fraction": kept.fraction,
        "answered_at": kept.answered_at,
    }
    if connection.execute(KEEP[connection.dialect.name], values).rowcount:
        if taken.answered + 1 == taken.total:
            connection.execute(FINISH, {"attempt_id": taken.id, "now": kept.answered_at})
        return kept
    earlier = connection.execute(AGAIN, {"attempt_id": taken.id, "position": place.position}).one_or_none()
    there = _place(earlier).kept if earlier else None
    if there is None:
        raise UnknownAttempt
    return there


def _fraction(place: Place) -> float:
    """Return what a position earned; an open one earns nothing."""
    return place.kept.fraction if place.kept else 0.0
