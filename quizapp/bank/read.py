"""Reading a bank: its files become records that refer to each other rightly, or every fault is told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from quizapp.bank.check import check
from quizapp.bank.entries import Entry, read_entries
from quizapp.bank.fault import BankErrors as BankErrors
from quizapp.bank.fault import Fault
from quizapp.core.bank import Bank


class HasId(Protocol):
    """A record with an id of its own."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=HasId)


def read_bank(folder: Path) -> Bank:
    """Read and check the bank in a folder such as `question_bank/`.

    Raises `BankErrors` with everything that is wrong: the faults of single entries, ids used twice, and whatever
    `quizapp.bank.check` finds.
    """
    entries = read_entries(folder)
    faults = list(entries.faults)
    bank = Bank(
        topics=_by_id(entries.topics, faults),
        sources=_by_id(entries.sources, faults),
        entities=_by_id(entries.entities, faults),
        facts=_by_id(entries.facts, faults),
        comparisons=tuple(entry.record for entry in entries.comparisons),
        closures=tuple(entry.record for entry in entries.closures),
        reference=_by_id(entries.reference, faults),
    )
    faults += check(bank, entries)
    if faults:
        raise BankErrors(sorted(faults, key=lambda fault: (fault.file, fault.entry)))
    return bank


def _by_id(entries: Sequence[Entry[R]], faults: list[Fault]) -> dict[str, R]:
    """Arrange records by id; the second of the same id is a fault."""
    found: dict[str, Entry[R]] = {}
    for entry in entries:
        first = found.setdefault(entry.record.id, entry)
        if first is not entry:
            faults.append(
                Fault(
                    file=entry.file,
                    entry=entry.name,
                    field="id",
                    wrong=f"{first.file} has the same id.",
                    remedy="Give this entry an id of its own.",
                )
            )
    return {name: entry.record for name, entry in found.items()}
