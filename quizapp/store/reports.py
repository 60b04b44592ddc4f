"""What teachers see and export: scores by attempt, answers by question. Scores are derived whenever they are read."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from quizapp.core.citation import Citation
from quizapp.core.question import Question
from quizapp.core.report import AnswerRow, ScoreRow
from quizapp.core.source import Source
from quizapp.question_types import decode_response
from quizapp.store.attempts import TRY
from quizapp.store.questions import decoded, type_of
from quizapp.store.sources import sources_of
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Person, QuestionRevision

NOT_REACHED = "not_reached"
NOBODY = "deleted account"


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


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A wording that attempts drew, with what all its rows share."""

    question: Question[Any]
    revision: int
    correct_answer: str
    citation: Citation | None
    source: Source | None


def score_rows(session: Session, wanted: Filter = EVERYTHING) -> list[ScoreRow]:
    """List attempts with their scores, by name and id; the maximum is the number of questions drawn."""
    scores = [_score_row(row) for row in session.execute(_scored(wanted))]
    return sorted(
        scores, key=lambda row: (row.name.casefold(), row.name, row.user_id or 0, row.started_at, row.attempt_id)
    )


def newest_scores(session: Session, wanted: Filter = EVERYTHING, *, limit: int, offset: int = 0) -> list[ScoreRow]:
    """List some attempts with their scores, the last started first."""
    order = (Attempt.started_at.desc(), Attempt.id.desc())
    found = select(Attempt.id).outerjoin(Person, Person.id == Attempt.person_id).where(*_conditions(wanted))
    shown = session.scalars(found.order_by(*order).limit(limit).offset(offset)).all()
    return [_score_row(row) for row in session.execute(_scored(wanted).where(Attempt.id.in_(shown)).order_by(*order))]


def answer_rows(session: Session, wanted: Filter = EVERYTHING) -> list[AnswerRow]:
    """List every question of every attempt with its answer, by name, start and position; one not reached has none.

    A wording is read once, however many attempts drew it.
    """
    drawn = (
        select(Attempt, _name().label("name"), AttemptQuestion.position, AttemptQuestion.revision_id)
        .add_columns(Answer.status, Answer.response, Answer.fraction, Answer.answered_at)
        .outerjoin(Person, Person.id == Attempt.person_id)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .outerjoin(
            Answer,
            (Answer.attempt_id == Attempt.id) & (Answer.question_id == AttemptQuestion.question_id),
        )
    )
    rows = session.execute(drawn.where(*_conditions(wanted))).all()
    asked = _asked(session, {row.revision_id for row in rows})
    ordered = sorted(
        rows,
        key=lambda row: (
            row.name.casefold(),
            row.name,
            row.Attempt.person_id or 0,
            row.Attempt.started_at,
            row.Attempt.public_id,
            row.position,
        ),
    )
    return [_answer_row(row, asked[row.revision_id]) for row in ordered]


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


def _name() -> ColumnElement[str]:
    """Say what the teacher sees: the user name, what a guest wanted to be called, "Guest 12", or "deleted account"."""
    return case(
        (Attempt.person_id.is_(None), literal(NOBODY)),
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


def _scored(wanted: Filter) -> Select[tuple[Attempt, str, int, float]]:
    """Select attempts with the name to show, how many questions they drew, and the points they earned."""
    earned = (
        select(func.coalesce(func.sum(Answer.fraction), 0.0))
        .where(Answer.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    drawn = _count_of(AttemptQuestion)
    statement = select(Attempt, _name().label("name"), drawn.label("drawn"), earned.label("earned"))
    return statement.outerjoin(Person, Person.id == Attempt.person_id).where(*_conditions(wanted))


def _score_row(row: Row[Any]) -> ScoreRow:
    """Write one attempt down."""
    attempt, most, score = row.Attempt, float(row.drawn), round(float(row.earned), 6)
    return ScoreRow(
        attempt_id=attempt.public_id,
        user_id=attempt.person_id,
        name=row.name,
        quiz=attempt.title,
        score=score,
        max=most,
        percent=round(100 * score / most, 2) if most else 0.0,
        status="in_progress" if attempt.finished_at is None else "submitted",
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
    )


def _asked(session: Session, revision_ids: set[int]) -> dict[int, _Asked]:
    """Read wordings with the first source that each cites, by the id of their revision."""
    found = session.execute(
        select(QuestionRevision.id, QuestionRevision.number, QuestionRevision.body).where(
            QuestionRevision.id.in_(revision_ids)
        )
    ).all()
    sources = sources_of(session, {one.source for *_, body in found for one in decoded(body).citations[:1]})
    return {revision_id: _wording(decoded(body), number, sources) for revision_id, number, body in found}


def _wording(question: Question[Any], number: int, sources: Mapping[str, Source]) -> _Asked:
    """Put down what the rows of one wording share."""
    citation = next(iter(question.citations), None)
    return _Asked(
        question=question,
        revision=number,
        correct_answer=question.as_text(question.solution()),
        citation=citation,
        source=sources.get(citation.source) if citation else None,
    )


def _answer_row(row: Row[Any], asked: _Asked) -> AnswerRow:
    """Write one question of an attempt down."""
    attempt, question, citation, source = row.Attempt, asked.question, asked.citation, asked.source
    return AnswerRow(
        attempt_id=attempt.public_id,
        user_id=attempt.person_id,
        name=row.name,
        quiz=attempt.title,
        position=row.position,
        question_id=question.id,
        question_revision=asked.revision,
        type=type_of(question),
        kind=question.kind,
        stem=question.stem,
        response=None if row.response is None else question.as_text(decode_response(question, row.response)),
        correct_answer=asked.correct_answer,
        score=row.fraction,
        max=1.0,
        status=row.status or NOT_REACHED,
        answered_at=row.answered_at,
        source_id=citation.source if citation else None,
        source_label=source.label if source else None,
        source_url=source.url if source else None,
        paragraph=citation.paragraph if citation else None,
        anchor=citation.anchor if citation else None,
    )
