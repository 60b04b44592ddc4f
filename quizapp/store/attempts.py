"""Attempts: what was drawn, what was answered, and where to go on.

An answer is kept once. Whoever answers again, by a double click, a replay or the Back button, is given what is kept.
"""

import datetime
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.core.mark import Mark
from quizapp.core.question import Question
from quizapp.question_types import AnyQuestion, decode_response, encode_response
from quizapp.store.insert import insert_once
from quizapp.store.questions import UnknownQuestion, decoded
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, QuestionRevision, QuestionRow, TopicRow

ANSWERED = "answered"
SKIPPED = "skipped"
TRY = "try"


class UnknownAttempt(Exception):
    """There is no such attempt or position, or it is somebody else's."""


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


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an attempt is; ``next_open`` is the first position without an answer, ``None`` when all have one."""

    answered: int
    total: int
    next_open: int | None


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


def new_start_key() -> str:
    """Return what a start form holds, so that sending it twice starts one attempt."""
    return secrets.token_hex(16)


def start_attempt(
    session: Session,
    *,
    person_id: int,
    quiz: str,
    title: str,
    questions: Sequence[Question[Any]],
    start_key: str,
    now: datetime.datetime,
    name: str = "",
    seed: str = "",
) -> Attempt:
    """Start an attempt on the current revisions of questions, in their order; an equal key returns the attempt it made.

    ``seed`` shuffles options; without one it is random. Raise `UnknownQuestion` when there is nothing to ask.
    """
    existing = attempt_started(session, person_id, start_key)
    if existing is not None:
        return existing
    pinned = _current_revisions(session, [question.id for question in questions])
    if not pinned:
        raise UnknownQuestion
    values = {
        "public_id": secrets.token_urlsafe(12),
        "person_id": person_id,
        "quiz": quiz,
        "title": title,
        "name": name,
        "seed": seed or secrets.token_hex(8),
        "start_key": start_key,
        "started_at": now,
    }
    is_new = insert_once(session, Attempt, values)
    attempt = session.scalars(
        select(Attempt).where(Attempt.person_id == person_id, Attempt.start_key == start_key)
    ).one()
    if is_new:
        session.add_all(
            AttemptQuestion(attempt_id=attempt.id, position=position, question_id=question_id, revision_id=revision_id)
            for position, (question_id, revision_id) in enumerate(pinned, start=1)
        )
        session.flush()
    return attempt


def attempt_started(session: Session, person_id: int, start_key: str) -> Attempt | None:
    """Return the attempt that a person's form has started, if it has."""
    return session.scalars(
        select(Attempt).where(Attempt.person_id == person_id, Attempt.start_key == start_key)
    ).one_or_none()


def attempt_of(session: Session, person_id: int, public_id: str) -> Attempt:
    """Return a person's attempt; raise `UnknownAttempt` for none and for somebody else's alike."""
    attempt = session.scalars(
        select(Attempt).where(Attempt.public_id == public_id, Attempt.person_id == person_id)
    ).one_or_none()
    if attempt is None:
        raise UnknownAttempt
    return attempt


def open_attempt(session: Session, person_id: int, quiz: str) -> Attempt | None:
    """Return the latest attempt on a quiz that a person has begun and not finished."""
    return session.scalars(
        select(Attempt)
        .where(Attempt.person_id == person_id, Attempt.quiz == quiz, Attempt.finished_at.is_(None))
        .order_by(Attempt.id.desc())
        .limit(1)
    ).one_or_none()


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

    The last answer finishes the attempt. Raise `AttemptClosed` when the attempt was finished without this answer.
    """
    text = encode_response(place.question, response)
    return _keep(session, attempt, place, status=ANSWERED, response=text, fraction=mark.fraction, now=now)


def skip(session: Session, attempt: Attempt, place: Place, *, now: datetime.datetime) -> Kept:
    """Keep that a question was skipped, which earns nothing and is as final as an answer."""
    return _keep(session, attempt, place, status=SKIPPED, response=None, fraction=0.0, now=now)


def progress(session: Session, attempt: Attempt) -> Progress:
    """Count what is answered and find the next open position."""
    open_positions = session.scalars(
        select(AttemptQuestion.position)
        .outerjoin(Answer, _is_answer_of_position())
        .where(AttemptQuestion.attempt_id == attempt.id, Answer.id.is_(None))
        .order_by(AttemptQuestion.position)
    ).all()
    total = session.scalar(
        select(func.count()).select_from(AttemptQuestion).where(AttemptQuestion.attempt_id == attempt.id)
    )
    return Progress(
        answered=(total or 0) - len(open_positions),
        total=total or 0,
        next_open=open_positions[0] if open_positions else None,
    )


def next_open(session: Session, attempt: Attempt) -> int | None:
    """Return the first position without an answer."""
    return progress(session, attempt).next_open


def finish(session: Session, attempt: Attempt, now: datetime.datetime) -> None:
    """Close an attempt, answered or not; the first time counts."""
    session.execute(
        update(Attempt).where(Attempt.id == attempt.id, Attempt.finished_at.is_(None)).values(finished_at=now)
    )
    session.refresh(attempt, ["finished_at"])


def count(session: Session) -> int:
    """Count the attempts of everybody, without teachers' tries of single questions."""
    return session.scalar(select(func.count()).select_from(Attempt).where(Attempt.quiz != TRY)) or 0


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


def _fraction(place: Place) -> float:
    """Return what a position earned; an open one earns nothing."""
    return place.kept.fraction if place.kept else 0.0


def _is_answer_of_position() -> Any:
    """Join an answer to its position."""
    return (Answer.attempt_id == AttemptQuestion.attempt_id) & (Answer.question_id == AttemptQuestion.question_id)


def _current_revisions(session: Session, question_ids: Sequence[str]) -> list[tuple[str, int]]:
    """Return the current revisions of questions as (question id, revision id), in the order given."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRevision.id)
        .join(QuestionRevision, QuestionRevision.question_id == QuestionRow.id)
        .where(QuestionRow.id.in_(question_ids), QuestionRevision.number == QuestionRow.revision)
    )
    found = dict(rows.all())
    return [(question_id, found[question_id]) for question_id in question_ids if question_id in found]


def _places(session: Session, attempt: Attempt, position: int | None) -> tuple[Place, ...]:
    """Load one position of an attempt, or all."""
    statement = (
        select(AttemptQuestion.position, QuestionRevision, Answer)
        .join(QuestionRevision, QuestionRevision.id == AttemptQuestion.revision_id)
        .outerjoin(Answer, _is_answer_of_position())
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
        finished_at = session.scalar(select(Attempt.finished_at).where(Attempt.id == attempt.id).with_for_update())
        if finished_at is not None:
            session.rollback()
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
