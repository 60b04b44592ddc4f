"""Reading the TOML files of a bank into records, strictly, with every fault told at once."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from quizapp.bank.fault import Fault
from quizapp.core.bank import Closure, Topic
from quizapp.core.entity import Entity
from quizapp.core.fact import Comparison, Fact
from quizapp.core.reference import Reference
from quizapp.core.source import Source

T = TypeVar("T")
Table = dict[str, Any]

# which table of which files holds what; a file is read with all others of its pattern, in the order of their names.
PLACES: dict[str, tuple[str, type]] = {
    "topic": ("topics.toml", Topic),
    "source": ("sources.toml", Source),
    "entity": ("entities/*.toml", Entity),
    "fact": ("facts/*.toml", Fact),
    "comparison": ("comparisons.toml", Comparison),
    "closure": ("closures.toml", Closure),
    "reference": ("reference/*.toml", Reference),
}


class Entry(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A record with the file and the name under which its editor finds it."""

    file: str
    name: str
    record: T


class Entries(msgspec.Struct, kw_only=True):
    """All records of a bank's files, and what could not be read."""

    topics: list[Entry[Topic]]
    sources: list[Entry[Source]]
    entities: list[Entry[Entity]]
    facts: list[Entry[Fact]]
    comparisons: list[Entry[Comparison]]
    closures: list[Entry[Closure]]
    reference: list[Entry[Reference]]
    faults: list[Fault]


def read_entries(folder: Path) -> Entries:
    """Read every file of a bank; what cannot be read becomes a fault and is left out."""
    faults: list[Fault] = []
    found: dict[str, list[Entry[Any]]] = {
        table: [entry for file in _files(folder, table, faults) for entry in _entries(folder, file, table, faults)]
        for table in PLACES
    }
    return Entries(
        topics=found["topic"],
        sources=found["source"],
        entities=found["entity"],
        facts=found["fact"],
        comparisons=found["comparison"],
        closures=found["closure"],
        reference=found["reference"],
        faults=faults,
    )


def _files(folder: Path, table: str, faults: list[Fault]) -> list[Path]:
    pattern, _ = PLACES[table]
    files = sorted(folder.glob(pattern))
    if not files and table in ("topic", "source", "entity", "fact"):
        faults.append(
            Fault(
                file=pattern,
                entry=f"[[{table}]]",
                field="file",
                wrong=f"There is no such file in {folder}.",
                remedy="Add it, or name the folder that has it.",
            )
        )
    return files


def _entries(folder: Path, path: Path, table: str, faults: list[Fault]) -> Iterator[Entry[Any]]:
    """Yield the readable entries of one file."""
    file = path.relative_to(folder).as_posix()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(file=file, entry="the file", field="TOML", wrong=f"{error}.", remedy="Mend that place."))
        return
    own_source = content.pop("source", None) if table == "fact" else None
    tables = content.pop(table, [])
    for name in content:
        wrong = f"A file of this kind holds [[{table}]] only."
        faults.append(Fault(file=file, entry=name, field="table", wrong=wrong, remedy="Rename it or take it away."))
    for number, fields in enumerate(tables if isinstance(tables, list) else [tables], start=1):
        name = _name(fields, table, number)
        entry = _entry(file, name, table, _with_source(fields, own_source) if table == "fact" else fields, faults)
        if entry is not None:
            yield entry


def _name(fields: Table, table: str, number: int) -> str:
    """Name an entry by its id, or by its place in the file where it has none."""
    given = fields.get("id")
    return given if isinstance(given, str) and given else f"[[{table}]] number {number}"


def _with_source(fields: Table, own_source: object) -> Table:
    """Give a fact the source of its file, and its citations the source and id of the fact."""
    source = fields.get("source", own_source)
    own: Table = {"source": source} if source is not None else {}
    base = {**own, "fact_id": fields.get("id"), "says": fields.get("statement", "")}
    for name in ("citations", "antecedents"):
        if isinstance(fields.get(name), list):
            own[name] = [{**base, **item} if isinstance(item, dict) else item for item in fields[name]]
    return {**fields, **own}


def _entry(file: str, name: str, table: str, fields: Table, faults: list[Fault]) -> Entry[Any] | None:
    """Read one entry field by field, so that all its faults are told."""
    _, record = PLACES[table]
    known = {field.name: field for field in msgspec.structs.fields(record)}
    before = len(faults)

    def fault(field: str, wrong: str, remedy: str) -> None:
        faults.append(Fault(file=file, entry=name, field=field, wrong=wrong, remedy=remedy))

    for field in fields:
        if field not in known:
            fault(field, "There is no such field.", f"Use one of {', '.join(known)}.")
    for field, declared in known.items():
        if field not in fields:
            if declared.required:
                fault(field, "It is missing.", "Write it down.")
            continue
        try:
            msgspec.convert(fields[field], declared.type)
        except msgspec.ValidationError as error:
            fault(field, f"{error}.", "Give it in the form that the entries around it have.")
    if len(faults) > before:
        return None
    return Entry(file=file, name=name, record=msgspec.convert(fields, record))
