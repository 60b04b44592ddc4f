"""Questions in the database: what a quiz may draw, and what teachers add, revise, archive and look for."""

import datetime
import functools
import re
import secrets
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, joinedload

from quizapp.core.question import Question
from quizapp.question_types import AnyQuestion, from_line, to_line
from quizapp.store.insert import insert_once
from quizapp.store.sources import cited
from quizapp.store.tables import QuestionRevision, QuestionRow, QuestionSource

PAGE = 25
OWN_ID = re.compile(r"own-[0-9a-f]{16}")


class UnknownQuestion(Exception):
    """There is no such question, or none to ask."""


class BankQuestion(Exception):
    """A question of the shipped bank is changed in its files, not in the browser."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("This question comes from the shipped bank. Archive it and add your own version instead.")


class ChangedMeanwhile(Exception):
    """Somebody else has revised the question since the form was opened."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Somebody has changed this question since you opened it. Reload it and make your change again."
        )


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list: ``total`` rows on ``pages`` pages, counted from 1."""

    rows: tuple[QuestionRow, ...]
    total: int
    page: int
    pages: int


@functools.lru_cache(maxsize=4096)
def decoded(body: str) -> AnyQuestion:
    """Read a revision's body; it never changes, so that the latest few thousand are kept."""
    return from_line(body.encode())[0]


def current(session: Session, question_ids: Iterable[str]) -> dict[str, AnyQuestion]:
    """Return the current wording of questions, by id; archived ones too."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRevision.body)
        .join(QuestionRevision, QuestionRevision.question_id == QuestionRow.id)
        .where(QuestionRow.id.in_(list(question_ids)), QuestionRevision.number == QuestionRow.revision)
    )
    return {question_id: decoded(body) for question_id, body in rows}


def latest(session: Session, question_id: str) -> tuple[QuestionRow, AnyQuestion]:
    """Return a question's row and its current wording, or raise `UnknownQuestion`."""
    row = session.get(QuestionRow, question_id)
    if row is None:
        raise UnknownQuestion
    return row, current(session, [question_id])[question_id]


def new_id() -> str:
    """Return an id for a teacher's question or source; a form holds it, so that sending it twice adds one."""
    return f"own-{secrets.token_hex(8)}"


def is_new_id(text: str) -> bool:
    """Say whether a posted id has the form that `new_id` gives."""
    return OWN_ID.fullmatch(text) is not None


def add_question(
    session: Session, question: Question[Any], *, author_id: int | None, now: datetime.datetime
) -> QuestionRow:
    """Add a teacher's question to the pool of its topic; the same id again returns what is there.

    Its topic and sources exist. Raise `BankQuestion` when the id is not one of `new_id`.
    """
    if not is_new_id(question.id):
        raise BankQuestion
    values = {
        "id": question.id,
        "origin": "teacher",
        "author_id": author_id,
        "topic_id": question.topic,
        "type": type_of(question),
        "kind": question.kind,
        "stem": question.stem,
        "revision": 1,
        "created_at": now,
        "updated_at": now,
    }
    if insert_once(session, QuestionRow, values):
        session.add(_revision(question, number=1, author_id=author_id, now=now))
        session.add_all(QuestionSource(question_id=question.id, source_id=source) for source in cited(question))
        session.flush()
    return session.get_one(QuestionRow, question.id)


def last_added(session: Session, author_id: int) -> QuestionRow | None:
    """Return the question that a teacher has added last, if any."""
    statement = select(QuestionRow).where(QuestionRow.author_id == author_id, QuestionRow.origin == "teacher")
    return session.scalars(statement.order_by(QuestionRow.created_at.desc(), QuestionRow.id).limit(1)).one_or_none()


def is_taken(session: Session, question: Question[Any], *, author_id: int) -> bool:
    """Say whether the question's id belongs to another question than this one of this author."""
    row = session.get(QuestionRow, question.id)
    if row is None:
        return False
    there = current(session, [question.id])[question.id]
    return row.author_id != author_id or to_line(there, row.revision) != to_line(question, row.revision)


def revise_question(
    session: Session, question: Question[Any], *, based_on: int, author_id: int | None, now: datetime.datetime
) -> QuestionRow:
    """Give a teacher's question a new revision, unless nothing was changed; attempts keep the one they drew.

    ``based_on`` is the revision that the form showed. Raise `UnknownQuestion`, `BankQuestion`, or `ChangedMeanwhile`
    when another one has become current.
    """
    row, shown = latest(session, question.id)
    if row.origin != "teacher":
        raise BankQuestion
    if to_line(question, row.revision) == to_line(shown, row.revision):
        return row
    changed = session.execute(
        update(QuestionRow)
        .where(QuestionRow.id == question.id, QuestionRow.revision == based_on)
        .values(
            revision=based_on + 1,
            topic_id=question.topic,
            type=type_of(question),
            kind=question.kind,
            stem=question.stem,
            updated_at=now,
        )
        .returning(QuestionRow.id)
    ).first()
    if changed is None:
        raise ChangedMeanwhile
    session.add(_revision(question, number=based_on + 1, author_id=author_id, now=now))
    session.refresh(row)
    row.sources = [QuestionSource(source_id=source) for source in cited(question)]
    session.flush()
    return row


def archive(session: Session, question_id: str, now: datetime.datetime) -> None:
    """Take a question out of new draws, or raise `UnknownQuestion`; attempts keep it."""
    row, _ = latest(session, question_id)
    if row.archived_at is None:
        row.archived_at, row.archived_by = now, "teacher"
        session.flush()


def restore(session: Session, question_id: str) -> None:
    """Let a question be drawn again, or raise `UnknownQuestion`."""
    row, _ = latest(session, question_id)
    row.archived_at, row.archived_by = None, None
    session.flush()


def find_questions(
    session: Session,
    *,
    text: str = "",
    kind: str = "",
    type: str = "",
    topic: str = "",
    source: str = "",
    author: Literal["", "bank"] | int = "",
    archived: bool = False,
    page: int = 1,
) -> Page:
    """Look for questions, the last changed first; an empty filter filters nothing.

    ``author`` is a person's id, or ``bank`` for the shipped questions. ``archived`` lists the archived ones instead.
    """
    statement = select(QuestionRow).where(
        QuestionRow.archived_at.is_not(None) if archived else QuestionRow.archived_at.is_(None)
    )
    statement = statement.where(*_conditions(text=text, kind=kind, type_=type, topic=topic, source=source))
    if author == "bank":
        statement = statement.where(QuestionRow.origin == "bank")
    elif author:
        statement = statement.where(QuestionRow.author_id == author)
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    shown = min(max(1, page), pages)
    rows = session.scalars(
        statement.options(joinedload(QuestionRow.author))
        .order_by(QuestionRow.updated_at.desc(), QuestionRow.id)
        .limit(PAGE)
        .offset((shown - 1) * PAGE)
    ).all()
    return Page(rows=tuple(rows), total=total, page=shown, pages=pages)


def kinds(session: Session) -> list[str]:
    """List the kinds of question that there are, for a filter."""
    return list(session.scalars(select(QuestionRow.kind).distinct().order_by(QuestionRow.kind)))


def type_of(question: Question[Any]) -> str:
    """Return the name of a question's type, which is its tag."""
    return str(question.__struct_config__.tag)


def _conditions(*, text: str, kind: str, type_: str, topic: str, source: str) -> list[ColumnElement[bool]]:
    """Turn the filters of a list into what must hold of a question."""
    wanted = [(QuestionRow.kind, kind), (QuestionRow.type, type_), (QuestionRow.topic_id, topic)]
    conditions = [column == value for column, value in wanted if value]
    if text.strip():
        conditions.append(QuestionRow.stem.icontains(text.strip(), autoescape=True))
    if source:
        conditions.append(QuestionRow.sources.any(QuestionSource.source_id == source))
    return conditions


def _revision(
    question: Question[Any], *, number: int, author_id: int | None, now: datetime.datetime
) -> QuestionRevision:
    """Write a question down as a revision."""
    return QuestionRevision(
        question_id=question.id,
        number=number,
        body=to_line(question, number).decode(),
        author_id=author_id,
        created_at=now,
    )
