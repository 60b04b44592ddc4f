"""Sources in the database: those of the bank and those that teachers add."""

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.core.question import Question
from quizapp.core.source import Source
from quizapp.store.insert import insert_once
from quizapp.store.tables import SourceRow


def sources_of(session: Session, source_ids: Iterable[str]) -> dict[str, Source]:
    """Return sources by id."""
    rows = session.scalars(select(SourceRow).where(SourceRow.id.in_(list(source_ids))))
    return {row.id: msgspec.json.decode(row.body, type=Source) for row in rows}


def cited(question: Question[Any]) -> list[str]:
    """List the ids of the sources that a question cites, for and against, each once."""
    citations = (*question.citations, *(other.citation for other in question.other_sources))
    return list(dict.fromkeys(citation.source for citation in citations))


def all_sources(session: Session) -> list[Source]:
    """List every source by its label, for a form."""
    rows = session.scalars(select(SourceRow).order_by(SourceRow.label, SourceRow.id))
    return [msgspec.json.decode(row.body, type=Source) for row in rows]


def add_source(session: Session, source: Source, *, author_id: int | None, now: datetime.datetime) -> None:
    """Keep a teacher's source; an id that is there already stays as it is."""
    values = {
        "id": source.id,
        "origin": "teacher",
        "label": source.label,
        "body": msgspec.json.encode(source).decode(),
        "author_id": author_id,
        "created_at": now,
    }
    insert_once(session, SourceRow, values)
