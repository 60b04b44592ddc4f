"""What teachers see and export: scores by attempt, answers by question. Scores are derived whenever they are read."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, ScalarSelect, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from quizapp.core.question import Question
from quizapp.core.report import AnswerRow, ScoreRow
from quizapp.core.source import Source
from quizapp.question_types import decode_response
from quizapp.store.attempts import TRY
from quizapp.store.questions import decoded, type_of
from quizapp.store.sources import sources_of
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Person, QuestionRevision

NOT_REACHED = "not_reached"


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


def score_rows(session: Session, wanted: Filter = EVERYTHING) -> list[ScoreRow]:
    """List attempts with their scores, by name and id; the maximum is the number of questions drawn."""
    drawn = _count_of(AttemptQuestion)
    earned = (
        select(func.coalesce(func.sum(Answer.fraction), 0.0))
        .where(Answer.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    statement = select(Attempt, _name().label("name"), drawn.label("drawn"), earned.label("earned"))
    rows = session.execute(statement.join(Person, Person.id == Attempt.person_id).where(*_conditions(wanted)))
    scores = [
        _score_row(attempt, name, score=round(float(score), 6), most=float(most)) for attempt, name, most, score in rows
    ]
    return sorted(scores, key=lambda row: (row.name.casefold(), row.name, row.user_id, row.started_at, row.attempt_id))


def answer_rows(session: Session, wanted: Filter = EVERYTHING) -> list[AnswerRow]:
    """List every question of every attempt, answered or not, by name, attempt and position."""
    statement = (
        select(Attempt, _name().label("name"), AttemptQuestion.position, QuestionRevision, Answer)
        .join(Person, Person.id == Attempt.person_id)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .join(QuestionRevision, QuestionRevision.id == AttemptQuestion.revision_id)
        .outerjoin(
            Answer,
            (Answer.attempt_id == Attempt.id) & (Answer.question_id == AttemptQuestion.question_id),
        )
    )
    rows = session.execute(statement.where(*_conditions(wanted))).all()
    sources = sources_of(
        session, {citation.source for *_, revision, _ in rows for citation in decoded(revision.body).citations[:1]}
    )
    answers = [
        _answer_row(attempt, name, position=position, revision=revision, answer=answer, sources=sources)
        for attempt, name, position, revision, answer in rows
    ]
    started = {attempt.public_id: attempt.started_at for attempt, *_ in rows}
    return sorted(
        answers,
        key=lambda row: (
            row.name.casefold(),
            row.name,
            row.user_id,
            started[row.attempt_id],
            row.attempt_id,
            row.position,
        ),
    )


def count_attempts(session: Session, wanted: Filter = EVERYTHING) -> int:
    """Count the attempts that a report would list."""
    statement = select(func.count(Attempt.id)).join(Person, Person.id == Attempt.person_id)
    return session.scalar(statement.where(*_conditions(wanted))) or 0


def quizzes(session: Session) -> list[tuple[str, str]]:
    """List the quizzes that were taken as (quiz, title), for a filter."""
    rows = session.execute(
        select(Attempt.quiz, func.max(Attempt.title)).where(Attempt.quiz != TRY).group_by(Attempt.quiz)
    )
    return sorted(((quiz, title) for quiz, title in rows), key=lambda entry: (entry[1], entry[0]))


def _name() -> ColumnElement[str]:
    """Say what the teacher sees: the user name, what a guest wanted to be called, or "Guest 12"."""
    return case(
        (Person.username.is_not(None), Person.username),
        (Attempt.name != "", Attempt.name),
        (Person.nickname != "", Person.nickname),
        else_=literal("Guest ") + cast(Person.id, String),
    )


def _count_of(table: type[AttemptQuestion]) -> ScalarSelect[int]:
    """Count the rows of an attempt."""
    return (
        select(func.count())
        .select_from(table)
        .where(table.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """Turn a filter into what must hold of attempts and people."""
    conditions = [Attempt.quiz == wanted.quiz if wanted.quiz else Attempt.quiz != TRY]
    if wanted.person_id is not None:
        conditions.append(Attempt.person_id == wanted.person_id)
    if wanted.name.strip():
        conditions.append(_name().icontains(wanted.name.strip(), autoescape=True))
    if wanted.since is not None:
        conditions.append(Attempt.started_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(Attempt.started_at < wanted.until)
    if wanted.status:
        is_open = Attempt.finished_at.is_(None)
        conditions.append(is_open if wanted.status == "in_progress" else ~is_open)
    return conditions


def _score_row(attempt: Attempt, name: str, *, score: float, most: float) -> ScoreRow:
    """Write one attempt down."""
    return ScoreRow(
        attempt_id=attempt.public_id,
        user_id=attempt.person_id,
        name=name,
        quiz=attempt.title,
        score=score,
        max=most,
        percent=round(100 * score / most, 2) if most else 0.0,
        status="in_progress" if attempt.finished_at is None else "submitted",
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
    )


def _answer_row(
    attempt: Attempt,
    name: str,
    *,
    position: int,
    revision: QuestionRevision,
    answer: Answer | None,
    sources: Mapping[str, Source],
) -> AnswerRow:
    """Write one question of an attempt down, with the first source that it cites."""
    question = decoded(revision.body)
    citation = next(iter(question.citations), None)
    source = sources.get(citation.source) if citation else None
    return AnswerRow(
        attempt_id=attempt.public_id,
        user_id=attempt.person_id,
        name=name,
        quiz=attempt.title,
        position=position,
        question_id=question.id,
        question_revision=revision.number,
        type=type_of(question),
        kind=question.kind,
        stem=question.stem,
        response=_said(question, answer),
        correct_answer=_right_answer(question),
        score=None if answer is None else answer.fraction,
        max=1.0,
        status=NOT_REACHED if answer is None else answer.status,
        answered_at=None if answer is None else answer.answered_at,
        source_id=citation.source if citation else None,
        source_label=source.label if source else None,
        source_url=source.url if source else None,
        paragraph=citation.paragraph if citation else None,
        anchor=citation.anchor if citation else None,
    )


def _said(question: Question[Any], answer: Answer | None) -> str | None:
    """Say a response in one line; there is none where the question was skipped or not reached."""
    if answer is None or answer.response is None:
        return None
    return question.as_text(decode_response(question, answer.response))


def _right_answer(question: Question[Any]) -> str:
    """Say the right answer in one line."""
    return question.as_text(question.solution())
