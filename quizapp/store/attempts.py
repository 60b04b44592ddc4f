"""Attempts: how one is started, found again, and finished, and how far it is."""

import datetime
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.core.question import Question
from quizapp.store.insert import insert_once
from quizapp.store.questions import UnknownQuestion
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, QuestionRevision, QuestionRow

TRY = "try"


class UnknownAttempt(Exception):
    """There is no such attempt or position, or it is somebody else's."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an attempt is; ``next_open`` is the first position without an answer, ``None`` when all have one."""

    answered: int
    total: int
    next_open: int | None


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


def progress(session: Session, attempt: Attempt) -> Progress:
    """Count what is answered and find the next open position."""
    open_positions = session.scalars(
        select(AttemptQuestion.position)
        .outerjoin(Answer, is_answer_of_position())
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


def _current_revisions(session: Session, question_ids: Sequence[str]) -> list[tuple[str, int]]:
    """Return the current revisions of questions as (question id, revision id), in the order given."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRevision.id)
        .join(QuestionRevision, QuestionRevision.question_id == QuestionRow.id)
        .where(QuestionRow.id.in_(question_ids), QuestionRevision.number == QuestionRow.revision)
    )
    found = dict(rows.all())
    return [(question_id, found[question_id]) for question_id in question_ids if question_id in found]


def is_answer_of_position() -> Any:
    """Join an answer to its position."""
    return (Answer.attempt_id == AttemptQuestion.attempt_id) & (Answer.question_id == AttemptQuestion.question_id)
