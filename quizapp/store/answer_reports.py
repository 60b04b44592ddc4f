"""What teachers export of answers: every question of every attempt; a wording is read and decoded once for all rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from quizapp.core.citation import Citation
from quizapp.core.question import Question
from quizapp.core.report import AnswerRow
from quizapp.core.source import Source
from quizapp.question_types import decode_response, from_line
from quizapp.store.questions import type_of
from quizapp.store.reports import EVERYTHING, Filter, of_attempts, place, read, shown_name
from quizapp.store.sorting import in_order
from quizapp.store.sources import sources_of
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, QuestionRevision

NOT_REACHED = "not_reached"
AT_ONCE = 100
WORDINGS = 2000


class _Begun(msgspec.Struct, frozen=True, array_like=True):
    """What all rows of an attempt share."""

    id: int
    public_id: str
    person_id: int | None
    name: str
    title: str


class _Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What all rows of a wording share."""

    question: Question[Any]
    revision: int
    correct_answer: str
    citation: Citation | None
    source: Source | None


def answer_rows(session: Session, wanted: Filter = EVERYTHING) -> Iterator[AnswerRow]:
    """Yield every question of every attempt with its answer, by name, person, start, id and position.

    A question that was not reached has no answer. Which attempts there are, and whose, is as of one moment; answers are
    read a hundred attempts at a time by their key, so that one that is given meanwhile may be among them. Memory and
    transactions are as with `score_rows`. Raise `NoRoom`.
    """
    columns = (Attempt.id, Attempt.public_id, Attempt.person_id, shown_name().label("name"), Attempt.title)
    rows = read(session, of_attempts(wanted, *columns, Attempt.started_at))
    placed = ((place(row, to="microseconds"), msgspec.msgpack.encode(tuple(row[:-1]))) for row in rows)
    attempts = (msgspec.msgpack.decode(kept, type=_Begun) for kept in in_order(placed))
    wordings: dict[int, _Wording] = {}
    while some := list(islice(attempts, AT_ONCE)):
        yield from _answers_of(session, some, wordings)


def count_rows(session: Session, wanted: Filter = EVERYTHING) -> int:
    """Count the rows that `answer_rows` would yield."""
    drawn = of_attempts(wanted, func.count()).join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
    return session.scalar(drawn) or 0


def _answers_of(session: Session, attempts: Sequence[_Begun], wordings: dict[int, _Wording]) -> list[AnswerRow]:
    """Read the questions and answers of some attempts, in their order, and let go of the database.

    ``wordings`` are those at hand, by the id of their revision.
    """
    has_answer = (Answer.attempt_id == AttemptQuestion.attempt_id) & (Answer.question_id == AttemptQuestion.question_id)
    drawn = (
        select(AttemptQuestion.attempt_id, AttemptQuestion.position, AttemptQuestion.revision_id)
        .add_columns(Answer.status, Answer.response, Answer.fraction, Answer.answered_at)
        .outerjoin(Answer, has_answer)
        .where(AttemptQuestion.attempt_id.in_([attempt.id for attempt in attempts]))
    )
    rows = sorted(session.execute(drawn), key=attrgetter("position"))
    _have(session, {row.revision_id for row in rows}, wordings)
    session.rollback()
    rows_of = defaultdict(list)
    for row in rows:
        rows_of[row.attempt_id].append(row)
    return [_answer_row(attempt, row, wordings[row.revision_id]) for attempt in attempts for row in rows_of[attempt.id]]


def _have(session: Session, revision_ids: set[int], wordings: dict[int, _Wording]) -> None:
    """Have some wordings at hand, and of others no more than a few thousand; what is missing is read together."""
    missing = revision_ids - wordings.keys()
    if len(wordings) + len(missing) > WORDINGS:
        for other in wordings.keys() - revision_ids:
            del wordings[other]
    if missing:
        wordings |= _wordings(session, missing)


def _wordings(session: Session, revision_ids: Iterable[int]) -> dict[int, _Wording]:
    """Read wordings with the first source that each cites."""
    columns = (QuestionRevision.id, QuestionRevision.number, QuestionRevision.body)
    found = session.execute(select(*columns).where(QuestionRevision.id.in_(revision_ids)))
    questions = {one: (number, from_line(body.encode())[0]) for one, number, body in found}
    sources = sources_of(session, {cite.source for _, asked in questions.values() for cite in asked.citations[:1]})
    return {one: _wording(asked, number, sources) for one, (number, asked) in questions.items()}


def _wording(question: Question[Any], number: int, sources: Mapping[str, Source]) -> _Wording:
    citation = next(iter(question.citations), None)
    return _Wording(
        question=question,
        revision=number,
        correct_answer=question.as_text(question.solution()),
        citation=citation,
        source=sources.get(citation.source) if citation else None,
    )


def _answer_row(attempt: _Begun, row: Row[Any], wording: _Wording) -> AnswerRow:
    """Write one question of an attempt down."""
    question, citation, source = wording.question, wording.citation, wording.source
    return AnswerRow(
        attempt_id=attempt.public_id,
        user_id=attempt.person_id,
        name=attempt.name,
        quiz=attempt.title,
        position=row.position,
        question_id=question.id,
        question_revision=wording.revision,
        type=type_of(question),
        kind=question.kind,
        stem=question.stem,
        response=None if row.response is None else question.as_text(decode_response(question, row.response)),
        correct_answer=wording.correct_answer,
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
