"""Tables of ours that tell what no article says: who is a member of what, who held which office, what a weapon is."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

ReferenceKind = Literal["country", "membership", "office", "nature", "map", "dispute"]
STALE_AFTER = datetime.timedelta(days=180)


class Opened(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A package of a registry, with its version and digest, or a document that was really opened."""

    title: str
    publisher: str
    version: str | None = None
    url: str | None = None
    licence: str | None = None
    sha256: str | None = None
    part: str | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of a table: ids and short names, never a sentence.

    ``entity`` is whom or what it speaks of, where the bank has it. A country has its ISO 3166-1 alpha-2 code as ``id``
    and the alpha-3 as ``code``; the rows of other tables name it by that id: ``of`` is the country of an ``office``.
    A ``map`` lists what a question on it offers: countries, or places with their entity. A ``dispute`` has the code of
    a shape as ``id`` and says in ``nature`` who claims it; where the atlas has none, ``of`` is what it is drawn with.
    """

    id: str
    entity: str | None = None
    name: str | None = None
    code: str | None = None
    capital: str | None = None
    office: str | None = None
    of: str | None = None
    nature: str | None = None


class Reference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A dated table with where it was taken from.

    ``of`` is the organisation of a membership. ``classes`` are the groups, in words that facts use ("Western leaders"),
    to which heads of its members' governments belong without dispute. ``is_history`` says that it tells how things
    stood on one day, so that it never grows old.
    """

    id: str
    kind: ReferenceKind
    label: str
    as_of: datetime.date
    sources: tuple[Opened, ...]
    rows: tuple[Row, ...]
    of: str | None = None
    classes: tuple[str, ...] = ()
    is_history: bool = False

    def is_stale(self, today: datetime.date) -> bool:
        """Say whether the table should be looked up anew."""
        return not self.is_history and today - self.as_of > STALE_AFTER


def row_name(table: Reference, row: Row) -> str:
    """Name a row in a refutation: "eu-members.FR"."""
    return f"{table.id}.{row.id}"


def rows_of(tables: Mapping[str, Reference], *kinds: ReferenceKind) -> Iterator[tuple[Reference, Row]]:
    """Yield the rows of all tables of some kinds."""
    for table in tables.values():
        if table.kind in kinds:
            for row in table.rows:
                yield table, row
