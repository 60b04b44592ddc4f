"""Sources in the database: those of the bank and those that teachers add."""

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.core.question import Question
from quizapp.core.source import Source
from quizapp.store.insert import insert_once
from quizapp.store.tables import Base, SourceRow

DECODED = 1024
source_row = Base.metadata.tables[SourceRow.__tablename__]
NAMED = select(source_row.c.id, source_row.c.body).where(source_row.c.id.in_(bindparam("ids", expanding=True)))


def sources_of(session: Session, source_ids: Iterable[str]) -> dict[str, Source]:
    """Return sources by id."""
    rows = session.connection().execute(NAMED, {"ids": list(source_ids)})
    return {id: _decoded(body) for id, body in rows}


def cited(question: Question[Any]) -> list[str]:
    """List the ids of the sources that a question cites, for and against, each once."""
    citations = (*question.citations, *(other.citation for other in question.other_sources))
    return list(dict.fromkeys(citation.source for citation in citations))


def all_sources(session: Session) -> list[Source]:
    """List every source by its label, for a form."""
    rows = session.scalars(select(SourceRow).order_by(SourceRow.label, SourceRow.id))
    return [_decoded(row.body) for row in rows]


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


@lru_cache(DECODED)
def _decoded(body: str) -> Source:
    """Read a source from its JSON: whoever has read it once has read it."""
    return msgspec.json.decode(body, type=Source)
