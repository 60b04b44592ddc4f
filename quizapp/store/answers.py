"""The questions of an attempt and their answers, which are kept once.

Whoever answers again, by a double click, a replay or the Back button, is given what is kept.
"""

import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.core.mark import Mark
from quizapp.core.question import Question
from quizapp.question_types import AnyQuestion, decode_response, encode_response
from quizapp.store.attempts import UnknownAttempt, is_answer_of_position
from quizapp.store.insert import insert_once
from quizapp.store.questions import decoded
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, QuestionRevision, TopicRow

ANSWERED = "answered"
SKIPPED = "skipped"


class AttemptClosed(Exception):
    """The attempt is finished, so that a question left open stays open; its results tell the rest."""


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


def places(session: Session, attempt: Attempt) -> tuple[Place, ...]:
    """Return every position of an attempt in order."""
    return _places(session, attempt, None)


def place(session: Session, attempt: Attempt, position: int) -> Place:
    """Return one position of an attempt, or raise `UnknownAttempt`."""
    found = _places(session, attempt, position)
    if not found:
        raise UnknownAttempt
    return found[0]


def record_answer(
    session: Session, attempt: Attempt, place: Place, *, response: object, mark: Mark, now: datetime.datetime
) -> Kept:
    """Keep the first answer to a question and return what is kept, which is the earlier answer where there is one.

    The last answer finishes the attempt. Raise `AttemptClosed` when the attempt was finished without this answer; the
    caller then commits nothing.
    """
    text = encode_response(place.question, response)
    return _keep(session, attempt, place, status=ANSWERED, response=text, fraction=mark.fraction, now=now)


def skip(session: Session, attempt: Attempt, place: Place, *, now: datetime.datetime) -> Kept:
    """Keep that a question was skipped, which earns nothing and is as final as an answer."""
    return _keep(session, attempt, place, status=SKIPPED, response=None, fraction=0.0, now=now)


def results(session: Session, attempt: Attempt) -> Results:
    """Return an attempt's questions, answers and score, in total and by topic."""
    found = places(session, attempt)
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


def _places(session: Session, attempt: Attempt, position: int | None) -> tuple[Place, ...]:
    """Load one position of an attempt, or all."""
    statement = (
        select(AttemptQuestion.position, QuestionRevision, Answer)
        .join(QuestionRevision, QuestionRevision.id == AttemptQuestion.revision_id)
        .outerjoin(Answer, is_answer_of_position())
        .where(AttemptQuestion.attempt_id == attempt.id)
        .order_by(AttemptQuestion.position)
    )
    if position is not None:
        statement = statement.where(AttemptQuestion.position == position)
    return tuple(_place(number, revision, answer) for number, revision, answer in session.execute(statement))


def _place(position: int, revision: QuestionRevision, answer: Answer | None) -> Place:
    """Decode a pinned question and its answer."""
    question = decoded(revision.body)
    return Place(
        position=position,
        question=question,
        revision=revision.number,
        revision_id=revision.id,
        kept=_kept(question, answer) if answer else None,
    )


def _kept(question: Question[Any], answer: Answer) -> Kept:
    """Decode an answer."""
    return Kept(
        status=answer.status,
        response=None if answer.response is None else decode_response(question, answer.response),
        fraction=answer.fraction,
        answered_at=answer.answered_at,
    )


def _keep(
    session: Session,
    attempt: Attempt,
    place: Place,
    *,
    status: str,
    response: str | None,
    fraction: float,
    now: datetime.datetime,
) -> Kept:
    """Insert an answer unless there is one; then, with the attempt's row locked, refuse or finish the attempt."""
    question_id = place.question.id
    is_new = insert_once(
        session,
        Answer,
        {
            "attempt_id": attempt.id,
            "question_id": question_id,
            "revision_id": place.revision_id,
            "status": status,
            "response": response,
            "fraction": fraction,
            "answered_at": now,
        },
    )
    if is_new:
        # FOR NO KEY UPDATE: two answers hold the row's key by their foreign keys, and FOR UPDATE would deadlock them.
        finished_at = session.scalar(
            select(Attempt.finished_at).where(Attempt.id == attempt.id).with_for_update(key_share=True)
        )
        if finished_at is not None:
            raise AttemptClosed
        _finish_when_complete(session, attempt, now)
    answer = session.scalars(
        select(Answer).where(Answer.attempt_id == attempt.id, Answer.question_id == question_id)
    ).one()
    return _kept(place.question, answer)


def _finish_when_complete(session: Session, attempt: Attempt, now: datetime.datetime) -> None:
    """Close an attempt in which every question has an answer."""
    answers = select(func.count()).select_from(Answer).where(Answer.attempt_id == attempt.id).scalar_subquery()
    drawn = (
        select(func.count())
        .select_from(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt.id)
        .scalar_subquery()
    )
    session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.finished_at.is_(None), answers == drawn)
        .values(finished_at=now)
        .execution_options(synchronize_session=False)
    )
    session.refresh(attempt, ["finished_at"])


def _fraction(place: Place) -> float:
    """Return what a position earned; an open one earns nothing."""
    return place.kept.fraction if place.kept else 0.0
