"""Checking one table of reference: its rows fit its kind, name what exists, and it says where it was taken from."""

import re
from collections import Counter
from collections.abc import Iterator

from quizapp.bank.fault import Finding, no_entity
from quizapp.core.bank import Bank
from quizapp.core.reference import Opened, Reference, ReferenceKind, Row

COUNTRIES = "countries"
CODE = re.compile(r"[A-Z]{3}")
# what a row of each kind must tell.
NEEDED: dict[ReferenceKind, tuple[str, ...]] = {
    "country": ("code", "name"),
    "membership": (),
    "office": ("entity", "office", "of"),
    "nature": ("entity", "nature"),
    "map": (),
    "dispute": ("name", "nature"),
}


def check_reference(bank: Bank, table: Reference) -> Iterator[Finding]:
    """Yield what is wrong with a table."""
    if not table.sources:
        yield Finding("sources", "There is none.", "Name the package with its version, or the document you opened.")
    for source in table.sources:
        yield from _check_source(source)
    if table.kind == "membership" and not table.of:
        yield Finding("of", "It is missing.", "Name the organisation.")
    if not table.label.startswith("the "):
        yield Finding("label", "It does not fit into a sentence.", "Begin it with an article: the list of members.")
    for name, count in (Counter(row.id for row in table.rows) + Counter(_codes(table))).items():
        if count > 1:
            yield Finding("rows", f"{name} stands there twice.", "Keep one of the rows.")
    for row in table.rows:
        yield from _check_row(bank, table, row)


def _codes(table: Reference) -> list[str]:
    return [row.code for row in table.rows if row.code]


def _check_source(source: Opened) -> Iterator[Finding]:
    if not source.version and not source.url:
        yield Finding(
            "sources", f"{source.title!r} cannot be found again.", "Write the package's version or the address."
        )
    if source.url and not re.match(r"https?://\S+$", source.url):
        yield Finding("sources", f"{source.url!r} is not an address of the web.", "Begin it with https://.")


def _check_row(bank: Bank, table: Reference, row: Row) -> Iterator[Finding]:
    for field in NEEDED[table.kind]:
        if getattr(row, field) is None:
            yield Finding("rows", f"{row.id} has no {field}.", "Write it down.")
    if row.code and not CODE.fullmatch(row.code):
        yield Finding("rows", f"{row.code!r} is no ISO 3166-1 alpha-3 code.", "Write three capital letters.")
    if row.entity is not None and row.entity not in bank.entities:
        yield no_entity("rows", row.entity)
    is_country = table.kind == "membership" or (table.kind == "map" and row.entity is None)
    country = row.id if is_country else row.of
    countries = bank.reference.get(COUNTRIES)
    known = {one.id for one in countries.rows} if countries else set()
    if country is not None and country not in known:
        yield Finding("rows", f"There is no country {country!r}.", "Name a row of the table of countries.", country)
