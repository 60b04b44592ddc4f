"""The facts of a bank arranged for the audit, apart from how the generator arranges them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from quizapp.core.bank import Bank, Closure
from quizapp.core.entity import Entity
from quizapp.core.fact import Comparison, Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.spelling import fold


class Ledger:
    """What the audit looks up in a bank; made once for all its questions."""

    def __init__(self, bank: Bank) -> None:
        self.facts = bank.facts
        self.entities = bank.entities
        self.sources = bank.sources
        self.rows = {f"{table.id}.{row.id}": (table, row) for table in bank.reference.values() for row in table.rows}
        self._closures: dict[tuple[str, str], list[Closure]] = defaultdict(list)
        self._comparisons: dict[str, list[Comparison]] = defaultdict(list)
        self._of_type: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        self._naming: dict[tuple[str, str], dict[str, Fact]] = defaultdict(dict)
        self._agreeing: dict[tuple[str, str, frozenset[Any]], list[Fact]] = defaultdict(list)
        self._told: set[tuple[str, str, str]] = set()
        self._named: dict[str, Entity] = {}
        for fact in bank.facts.values():
            self._of_type[fact.type, fact.source].append(fact)
            for form in self._forms(fact):
                self._naming[fact.type, form][fact.id] = fact
            for role, value in fact.roles.items():
                self._agreeing[_given(fact, role)].append(fact)
                if isinstance(value, str) and value not in bank.entities:
                    self._told.add((fact.type, role, fold(value)))
        for entity in bank.entities.values():
            for name in (entity.label, *entity.aliases):
                self._named.setdefault(fold(name).replace(" ", ""), entity)
        for closure in bank.closures:
            self._closures[closure.source, closure.type].append(closure)
        for pair in bank.comparisons:
            for fact_id in dict.fromkeys((pair.fact, pair.other)):
                self._comparisons[fact_id].append(pair)

    def of_type(self, name: str, source: str) -> list[Fact]:
        """Return the facts of one type in one source."""
        return self._of_type[name, source]

    def naming(self, fact_type: str, text: str) -> list[Fact]:
        """Return the facts of a type of which a text may be a filler: by its name, or as any number, date or time."""
        return [*self._naming[fact_type, fold(text)].values(), *self._naming[fact_type, ""].values()]

    def closures(self, source: str, fact_type: str) -> list[Closure]:
        """Return what an editor closed of one type of fact in one source."""
        return self._closures[source, fact_type]

    def comparisons(self, fact_id: str) -> list[Comparison]:
        """Return what an editor noted of a fact and those of other sources."""
        return self._comparisons[fact_id]

    def agreeing(self, fact: Fact, role: str) -> list[Fact]:
        """Return the facts of the same type that agree with one in every role but this."""
        return self._agreeing[_given(fact, role)]

    def entity(self, text: str) -> Entity | None:
        """Return the entity whose label or alias a text is."""
        return self._named.get(fold(text).replace(" ", ""))

    def is_told(self, fact_type: str, role: str, text: str) -> bool:
        """Say whether a folded text fills a role of some fact of a type in words of its own."""
        return (fact_type, role, text) in self._told

    def _forms(self, fact: Fact) -> Iterator[str]:
        """Yield the folded names of a fact's fillers, and nothing but "" for one that can be written in many ways."""
        for role, value in fact.roles.items():
            if {"number", "date", "clock"} & set(FACT_TYPES[fact.type].roles[role].kinds):
                yield ""
                continue
            for one in value if isinstance(value, tuple) else (value,):
                entity = self.entities.get(one) if isinstance(one, str) else None
                names = (entity.label, *entity.aliases, entity.short or "") if entity else (str(one),)
                yield from (fold(name) for name in (*names, str(one)) if name)


def runs(text: str, longest: int = 24) -> list[str]:
    """Return every run of words of a text."""
    words = text.split()
    return [
        " ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, min(len(words), at + longest) + 1)
    ]


def _given(fact: Fact, role: str) -> tuple[str, str, frozenset[Any]]:
    return fact.type, role, frozenset((name, value) for name, value in fact.roles.items() if name != role)
