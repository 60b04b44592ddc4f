"""Attempts: how one is started, found again, and finished, and how far it is."""

import datetime
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.core.question import Question
from quizapp.store.insert import insert_once
from quizapp.store.questions import UnknownQuestion
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Base, QuestionRevision, QuestionRow

TRY = "try"


class UnknownAttempt(Exception):
    """There is no such attempt or position, or it is somebody else's."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt as its student sees it: ``answered`` of ``total`` questions have an answer, skipped ones too.

    Questions are answered in the order drawn, so that the answered ones are always the first.
    """

    id: int
    public_id: str
    quiz: str
    title: str
    name: str
    seed: str
    started_at: datetime.datetime
    finished_at: datetime.datetime | None
    answered: int
    total: int

    @property
    def next_open(self) -> int | None:
        """Return the position of the question that is asked now; ``None`` when all have an answer."""
        return self.answered + 1 if self.answered < self.total and self.finished_at is None else None


attempt = Base.metadata.tables[Attempt.__tablename__]
answer = Base.metadata.tables[Answer.__tablename__]
drawn = Base.metadata.tables[AttemptQuestion.__tablename__]
TAKEN = (
    *(attempt.c[name] for name in Taken.__struct_fields__[:-2]),
    select(func.count())
    .where(answer.c.attempt_id == attempt.c.id)
    .correlate(attempt)
    .scalar_subquery()
    .label("answered"),
    select(func.count()).where(drawn.c.attempt_id == attempt.c.id).correlate(attempt).scalar_subquery().label("total"),
)
OWN = (attempt.c.public_id == bindparam("public_id"), attempt.c.person_id == bindparam("person_id"))
FIND = select(*TAKEN).where(*OWN)
OPEN = (attempt.c.person_id == bindparam("person_id"), attempt.c.finished_at.is_(None))
FIND_OPEN = select(*TAKEN).where(attempt.c.id.in_(select(func.max(attempt.c.id)).where(*OPEN).group_by(attempt.c.quiz)))


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


def attempt_of(session: Session, person_id: int, public_id: str) -> Taken:
    """Return a person's attempt; raise `UnknownAttempt` for none and for somebody else's alike."""
    row = session.connection().execute(FIND, {"public_id": public_id, "person_id": person_id}).one_or_none()
    if row is None:
        raise UnknownAttempt
    return taken(row)


def open_attempts(session: Session, person_id: int) -> dict[str, Taken]:
    """Return the latest attempt that a person has begun and not finished, for each quiz with one."""
    found = map(taken, session.connection().execute(FIND_OPEN, {"person_id": person_id}))
    return {attempt.quiz: attempt for attempt in found}


def taken(row: Sequence[Any]) -> Taken:
    """Read an attempt from a row that begins with the columns of `TAKEN`."""
    return Taken(**dict(zip(Taken.__struct_fields__, row, strict=False)))


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
