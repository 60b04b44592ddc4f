"""What is wrong in the files of a bank, told so that its editor can mend it."""

from collections.abc import Sequence

import msgspec


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend: where it stands, what is wrong, and what to do."""

    file: str
    entry: str
    field: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.file}, {self.entry}: {self.field}: {self.wrong} {self.remedy}"


class Finding(msgspec.Struct, frozen=True):
    """A fault before its file and entry are known.

    ``needs`` is the id that the bank does not have: where that entry is there but broken, its own fault is enough.
    """

    field: str
    wrong: str
    remedy: str
    needs: str | None = None


def no_entity(field: str, name: str) -> Finding:
    """Find that an entity is missing."""
    return Finding(field, f"There is no entity {name!r}.", "Name one of entities/, or add it there.", name)


def no_fact(field: str, name: str) -> Finding:
    """Find that a fact is missing."""
    return Finding(field, f"There is no fact {name!r}.", "Name one of facts/.", name)


def no_source(field: str, name: str) -> Finding:
    """Find that a source is missing."""
    return Finding(field, f"There is no source {name!r}.", "Name one of sources.toml.", name)


class BankErrors(Exception):
    """A bank cannot be used; ``faults`` holds everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
