"""The facts of a bank arranged for the audit, apart from how the generator arranges them."""

from collections import defaultdict
from typing import Any

from quizapp.core.bank import Bank
from quizapp.core.entity import Entity
from quizapp.core.fact import Fact
from quizapp.core.spelling import fold


class Ledger:
    """What the audit looks up in a bank; made once for all its questions."""

    def __init__(self, bank: Bank) -> None:
        self.facts = bank.facts
        self.entities = bank.entities
        self.sources = bank.sources
        self.closures = bank.closures
        self.comparisons = bank.comparisons
        self.rows = {f"{table.id}.{row.id}": (table, row) for table in bank.reference.values() for row in table.rows}
        self._of_type: dict[str, list[Fact]] = defaultdict(list)
        self._agreeing: dict[tuple[str, str, frozenset[Any]], list[Fact]] = defaultdict(list)
        self._told: set[tuple[str, str, str]] = set()
        self._named: dict[str, Entity] = {}
        for fact in bank.facts.values():
            self._of_type[fact.type].append(fact)
            for role, value in fact.roles.items():
                self._agreeing[_given(fact, role)].append(fact)
                if isinstance(value, str) and value not in bank.entities:
                    self._told.add((fact.type, role, fold(value)))
        for entity in bank.entities.values():
            for name in (entity.label, *entity.aliases):
                self._named.setdefault(fold(name).replace(" ", ""), entity)

    def of_type(self, name: str) -> list[Fact]:
        """Return the facts of one type."""
        return self._of_type[name]

    def agreeing(self, fact: Fact, role: str) -> list[Fact]:
        """Return the facts of the same type that agree with one in every role but this."""
        return self._agreeing[_given(fact, role)]

    def entity(self, text: str) -> Entity | None:
        """Return the entity whose label or alias a text is."""
        return self._named.get(fold(text).replace(" ", ""))

    def is_told(self, fact_type: str, role: str, text: str) -> bool:
        """Say whether a folded text fills a role of some fact of a type in words of its own."""
        return (fact_type, role, text) in self._told


def runs(text: str, longest: int = 24) -> list[str]:
    """Return every run of words of a text."""
    words = text.split()
    return [
        " ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, min(len(words), at + longest) + 1)
    ]


def _given(fact: Fact, role: str) -> tuple[str, str, frozenset[Any]]:
    return fact.type, role, frozenset((name, value) for name, value in fact.roles.items() if name != role)
