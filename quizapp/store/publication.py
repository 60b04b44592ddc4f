"""Publish a bank: its topics, sources and questions, as revisions that never change again."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from quizapp.core.bank import Bank
from quizapp.core.question import Question
from quizapp.question_types import to_line
from quizapp.store.questions import type_of
from quizapp.store.sources import cited
from quizapp.store.tables import Publication, QuestionRevision, QuestionRow, QuestionSource, SourceRow, TopicRow

Row = dict[str, Any]


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication did, in numbers of questions."""

    added: int
    changed: int
    archived: int
    unchanged: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the bank as it was published last."""

    revision: int
    body: str
    archived_by: str | None


def published_digest(session: Session) -> str | None:
    """Return the digest of the bank that was published last."""
    return session.scalar(select(Publication.digest).order_by(Publication.id.desc()).limit(1))


def latest_publication(session: Session) -> Publication | None:
    """Return the bank that was published last."""
    return session.scalar(select(Publication).order_by(Publication.id.desc()).limit(1))


def publish(
    session: Session,
    bank: Bank,
    questions: Sequence[Question[Any]],
    digest: str,
    now: datetime.datetime,
    *,
    report: str | None = None,
) -> Published:
    """Make the database's shipped questions equal to ``questions``.

    An unchanged question keeps its revision, a changed one gets the next, one that is gone is archived, one that is
    back is restored. What teachers added or archived stays. ``digest`` is that of the built bank, ``report`` what was
    measured of it, as JSON.
    """
    _one_at_a_time(session)
    session.add(Publication(digest=digest, questions=len(questions), report=report, published_at=now))
    session.flush()
    _publish_topics(session, bank)
    _publish_sources(session, bank, now)
    standings = _standings(session)
    added = [question for question in questions if question.id not in standings]
    changed = [question for question in questions if question.id in standings and _differs(question, standings)]
    gone = standings.keys() - {question.id for question in questions}
    numbers = {question.id: 1 for question in added}
    numbers |= {question.id: standings[question.id].revision + 1 for question in changed}
    _insert(session, QuestionRow, [_new_row(question, now) for question in added])
    _insert(session, QuestionRevision, [_revision(question, numbers[question.id], now) for question in added + changed])
    for question in changed:
        session.execute(
            update(QuestionRow)
            .where(QuestionRow.id == question.id)
            .values(revision=numbers[question.id], updated_at=now, **_searched(question))
        )
    _cite(session, added + changed)
    archived = [question_id for question_id in gone if standings[question_id].archived_by is None]
    _archive(session, archived, now)
    _restore(session, [question.id for question in questions if _was_archived(question, standings)])
    session.expire_all()
    return Published(
        added=len(added),
        changed=len(changed),
        archived=len(archived),
        unchanged=len(questions) - len(added) - len(changed),
    )


def _one_at_a_time(session: Session) -> None:
    """Let a second publication wait for the first; on SQLite the first write does that."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE publication IN SHARE ROW EXCLUSIVE MODE"))


def _publish_topics(session: Session, bank: Bank) -> None:
    """Write the topics in the order of the bank; one that is gone stays for the questions that name it."""
    for position, topic in enumerate(bank.topics.values()):
        session.merge(TopicRow(id=topic.id, title=topic.title, description=topic.description, position=position))
    session.flush()


def _publish_sources(session: Session, bank: Bank, now: datetime.datetime) -> None:
    """Write the sources."""
    known = {row.id: row for row in session.scalars(select(SourceRow).where(SourceRow.origin == "bank"))}
    for source in bank.sources.values():
        row = known.get(source.id)
        if row is None:
            row = SourceRow(id=source.id, origin="bank", created_at=now)
            session.add(row)
        row.label, row.body = source.label, msgspec.json.encode(source).decode()
    session.flush()


def _standings(session: Session) -> dict[str, Standing]:
    """Return the shipped questions that the database has, by id."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRow.revision, QuestionRow.archived_by, QuestionRevision.body)
        .join(QuestionRevision, QuestionRevision.question_id == QuestionRow.id)
        .where(QuestionRow.origin == "bank", QuestionRevision.number == QuestionRow.revision)
    )
    return {row.id: Standing(revision=row.revision, body=row.body, archived_by=row.archived_by) for row in rows}


def _differs(question: Question[Any], standings: Mapping[str, Standing]) -> bool:
    """Say whether a question reads otherwise than its current revision."""
    standing = standings[question.id]
    return to_line(question, standing.revision).decode() != standing.body


def _was_archived(question: Question[Any], standings: Mapping[str, Standing]) -> bool:
    """Say whether a question is back that was archived because it had gone."""
    return question.id in standings and standings[question.id].archived_by == "bank"


def _searched(question: Question[Any]) -> Row:
    """Return the columns by which a question is found."""
    return {
        "topic_id": question.topic,
        "type": type_of(question),
        "kind": question.kind,
        "stem": question.stem,
    }


def _new_row(question: Question[Any], now: datetime.datetime) -> Row:
    """Return the row of a question that is published for the first time."""
    return {
        "id": question.id,
        "origin": "bank",
        "revision": 1,
        "created_at": now,
        "updated_at": now,
        **_searched(question),
    }


def _revision(question: Question[Any], number: int, now: datetime.datetime) -> Row:
    """Return the row of a new revision."""
    return {
        "question_id": question.id,
        "number": number,
        "body": to_line(question, number).decode(),
        "created_at": now,
    }


def _insert(session: Session, table: type[QuestionRow | QuestionRevision | QuestionSource], rows: list[Row]) -> None:
    """Insert rows in one statement, if there are any."""
    if rows:
        session.execute(insert(table), rows)


def _cite(session: Session, questions: Sequence[Question[Any]]) -> None:
    """Note which sources questions cite now."""
    ids = [question.id for question in questions]
    session.execute(delete(QuestionSource).where(QuestionSource.question_id.in_(ids)))
    links = [{"question_id": question.id, "source_id": source} for question in questions for source in cited(question)]
    _insert(session, QuestionSource, links)


def _archive(session: Session, question_ids: Sequence[str], now: datetime.datetime) -> None:
    """Take questions that are gone from the files out of new draws."""
    session.execute(
        update(QuestionRow).where(QuestionRow.id.in_(question_ids)).values(archived_at=now, archived_by="bank")
    )


def _restore(session: Session, question_ids: Sequence[str]) -> None:
    """Let questions that are back in the files be drawn again."""
    session.execute(
        update(QuestionRow).where(QuestionRow.id.in_(question_ids)).values(archived_at=None, archived_by=None)
    )
