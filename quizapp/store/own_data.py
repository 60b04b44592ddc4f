"""What refers to one person: counted for a page, and in full for the person to take away.

What is written here obeys the rules of the pages: no key, no explanation, nothing of a question that the person has
not been asked yet.
"""

from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.question_types import decode_response
from quizapp.store.people import TEACHING
from quizapp.store.questions import decoded
from quizapp.store.tables import (
    Answer,
    Attempt,
    AttemptQuestion,
    Base,
    Login,
    OneTimeLink,
    Person,
    QuestionRevision,
    QuestionRow,
    SignInFailures,
    SourceRow,
)
from quizapp.store.throttle import name_hash

SECRET = {"password_hash", "token_hash", "name_hash"}
OWN = {
    Login: Login.person_id,
    OneTimeLink: OneTimeLink.person_id,
    SourceRow: SourceRow.author_id,
    QuestionRow: QuestionRow.author_id,
    QuestionRevision: QuestionRevision.author_id,
}


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much is kept of a person."""

    attempts: int
    answers: int
    logins: int
    questions: int
    sources: int


def counts(session: Session, person_id: int) -> Counts:
    """Count what is kept of a person."""
    own = select(Attempt.id).where(Attempt.person_id == person_id)

    def count(table: type[Base], column: Any, wanted: Any) -> int:
        return session.scalar(select(func.count()).select_from(table).where(column.in_(wanted))) or 0

    return Counts(
        attempts=count(Attempt, Attempt.id, own),
        answers=count(Answer, Answer.attempt_id, own),
        logins=count(Login, Login.person_id, [person_id]),
        questions=count(QuestionRow, QuestionRow.author_id, [person_id]),
        sources=count(SourceRow, SourceRow.author_id, [person_id]),
    )


def everything(session: Session, person: Person) -> dict[str, Any]:
    """Return every row that refers to a person, by table, with plain values; attempts hold their questions and answers.

    Left out are hashes of passwords and tokens; of an open attempt, the questions that come later; and the text of
    questions that the person wrote and may no longer read, having stopped to be a teacher.
    """
    found: dict[str, Any] = {"person": _plain(person)}
    for table, column in OWN.items():
        rows = session.scalars(select(table).where(column == person.id).order_by(*table.__mapper__.primary_key))
        found[table.__tablename__] = [_plain(row) for row in rows]
    if person.role not in TEACHING:
        for revision in found["question_revision"]:
            del revision["body"]
    failures = session.get(SignInFailures, name_hash(person.username_key)) if person.username_key else None
    found["sign_in_failures"] = [_plain(failures)] if failures else []
    attempts = session.scalars(select(Attempt).where(Attempt.person_id == person.id).order_by(Attempt.id)).all()
    places = _places(session, person.id)
    found["attempt"] = [_attempt(attempt, places.get(attempt.id, [])) for attempt in attempts]
    return found


def _places(session: Session, person_id: int) -> dict[int, list[tuple[AttemptQuestion, QuestionRevision, Answer]]]:
    """Read every question that a person's attempts drew, with its answer if there is one, by attempt."""
    rows = session.execute(
        select(AttemptQuestion, QuestionRevision, Answer)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .join(QuestionRevision, QuestionRevision.id == AttemptQuestion.revision_id)
        .outerjoin(
            Answer,
            (Answer.attempt_id == AttemptQuestion.attempt_id) & (Answer.question_id == AttemptQuestion.question_id),
        )
        .where(Attempt.person_id == person_id)
        .order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)
    )
    found: dict[int, list[tuple[AttemptQuestion, QuestionRevision, Answer]]] = {}
    for place, revision, answer in rows:
        found.setdefault(place.attempt_id, []).append((place, revision, answer))
    return found


def _attempt(attempt: Attempt, places: list[tuple[AttemptQuestion, QuestionRevision, Answer]]) -> dict[str, Any]:
    """Write an attempt down as far as its student has come: of an open one, the questions up to the one asked now."""
    is_over = attempt.finished_at is not None
    reached = len(places) if is_over else len([answer for _, _, answer in places if answer]) + 1
    return {
        **_plain(attempt),
        "attempt_question": [
            _place(place, revision, answer) if place.position <= reached else {"position": place.position}
            for place, revision, answer in places
        ],
    }


def _place(place: AttemptQuestion, revision: QuestionRevision, answer: Answer | None) -> dict[str, Any]:
    """Write a question that was asked down, with what was answered, in words, and what it earned.

    An open one has no id yet: those of the bank, such as `derived-1959.year.single`, tell the answer.
    """
    question = decoded(revision.body)
    if answer is None:
        return {"position": place.position, "stem": question.stem, "answer": None}
    said = None
    if answer.response is not None:
        said = question.as_text(decode_response(question, answer.response))
    return {
        **_plain(place),
        "stem": question.stem,
        "answer": {**_plain(answer), "response": said},
    }


def _plain(row: Base) -> dict[str, Any]:
    """Return the columns of a row without secrets."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns if column.name not in SECRET}
