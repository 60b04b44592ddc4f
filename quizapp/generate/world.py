"""A bank arranged for asking: facts by type, by whom they mention, and by what else would be true."""

import hashlib
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeVar

from quizapp.core.bank import Bank, Closure
from quizapp.core.entity import Entity
from quizapp.core.fact import Fact, Stance, Value
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.reference import rows_of
from quizapp.core.spelling import fold

T = TypeVar("T")
REVERSED: dict[Stance, Stance] = {
    "agrees": "agrees",
    "qualifies": "qualifies",
    "contradicts": "contradicts",
    "announces": "agrees",
}
NEAREST = 24
ANY = "*"
Forms = tuple[tuple[str, ...], ...]


def rank(*names: str) -> int:
    """Rank a thing for a question by their names alone, so that nothing else moves it (rendezvous hashing)."""
    return int.from_bytes(hashlib.blake2b("\n".join(names).encode(), digest_size=8).digest())


class World:
    """The checked facts of a bank and the questions that distractors ask of them."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.facts = sorted((fact for fact in bank.facts.values() if fact.status == "checked"), key=lambda f: f.id)
        self.by_type: dict[str, list[Fact]] = defaultdict(list)
        self.mentions: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            self.by_type[fact.type].append(fact)
            for entity_id in dict.fromkeys(self.entity_ids(fact)):
                self.mentions[entity_id].append(fact)
        self._closures: dict[tuple[str, str, str], list[Closure]] = defaultdict(list)
        for closure in bank.closures:
            self._closures[closure.source, closure.type, closure.role].append(closure)
        self._siblings: dict[tuple[str, tuple[str, ...]], dict[object, list[Fact]]] = {}
        self._rings: dict[tuple[str, str | None], list[tuple[int, Entity]]] = {}
        self._forms: dict[str, Forms] = {}
        self._fact_rings = {
            kind: sorted(((rank(fact.id), fact) for fact in facts), key=lambda pair: pair[0])
            for kind, facts in self.by_type.items()
        }

    @cached_property
    def latest_year(self) -> int:
        """Return the year of the latest source or dated event, after which no option may lie."""
        dates = [source.dated_on.year for source in self.bank.sources.values() if source.dated_on]
        stated = [str(fact.roles.get("date"))[:4] for fact in self.by_type["event_date"]]
        return max([*dates, *(int(year) for year in stated if year.isdigit())], default=9999)

    @cached_property
    def entities_by_kind(self) -> dict[str, list[Entity]]:
        """Return the entities of each kind."""
        kinds: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.bank.entities.values():
            kinds[entity.kind].append(entity)
        return kinds

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Return whose names a folded spelling is."""
        owners: dict[str, set[str]] = defaultdict(set)
        for entity in self.bank.entities.values():
            for name in (entity.label, *entity.aliases, *((entity.short,) if entity.short else ())):
                owners[fold(name)].add(entity.id)
        return owners

    @cached_property
    def described(self) -> frozenset[str]:
        """Return the entities of which a table of reference tells what they are."""
        return frozenset(row.entity for _, row in rows_of(self.bank.reference, "nature") if row.entity)

    @cached_property
    def comparisons(self) -> dict[str, list[tuple[Stance, Fact, str]]]:
        """Return, for each fact, what other sources say: their stance towards it, their fact, and the note."""
        found: dict[str, list[tuple[Stance, Fact, str]]] = defaultdict(list)
        facts = self.bank.facts
        for pair in self.bank.comparisons:
            if pair.fact in facts and pair.other in facts:
                found[pair.fact].append((pair.stance, facts[pair.other], pair.note))
                found[pair.other].append((REVERSED[pair.stance], facts[pair.fact], pair.note))
        return found

    def entity_ids(self, fact: Fact) -> list[str]:
        """List the entities that fill a role of a fact."""
        roles = FACT_TYPES[fact.type].roles
        return [
            text
            for name, value in fact.roles.items()
            for text in (value if isinstance(value, tuple) else (value,))
            if isinstance(text, str) and text in self.bank.entities and not is_text(roles[name].kinds)
        ]

    def siblings(self, fact: Fact, roles: tuple[str, ...]) -> list[Fact]:
        """List the facts of the same type that agree with a fact in the given roles, itself included."""
        key = (fact.type, roles)
        if key not in self._siblings:
            found: dict[object, list[Fact]] = defaultdict(list)
            for other in self.by_type[fact.type]:
                found[tuple(_same(other.roles.get(role)) for role in roles)].append(other)
            self._siblings[key] = found
        return self._siblings[key][tuple(_same(fact.roles.get(role)) for role in roles)]

    def is_closed(self, fact: Fact, role: str) -> bool:
        """Say whether an editor declared that the bank holds every filler of this role in the fact's source."""
        closures = self._closures.get((fact.source, fact.type, role), ())
        return any(all(fact.roles.get(name) == value for name, value in closure.given.items()) for closure in closures)

    def near(self, question_id: str, kind: str, level: str | None) -> list[Entity]:
        """List at most `NEAREST` entities of a kind and level (or `ANY`), by the question's id on a ring of hashes."""
        key = (kind, level)
        if key not in self._rings:
            alike = [entity for entity in self.entities_by_kind[kind] if level in (ANY, entity.level)]
            self._rings[key] = sorted(((rank(entity.id), entity) for entity in alike), key=lambda pair: pair[0])
        return around(self._rings[key], question_id)

    def others(self, question_id: str, fact_type: str) -> list[Fact]:
        """List at most `NEAREST` facts of a type, by the question's id on a ring of hashes."""
        return around(self._fact_rings.get(fact_type, []), question_id)

    def forms(self, fact: Fact, make: Callable[["World", Fact], Forms]) -> Forms:
        """Return the forms in which a fact's fillers are read, made once."""
        if fact.id not in self._forms:
            self._forms[fact.id] = make(self, fact)
        return self._forms[fact.id]

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether one entity is the other or lies within it."""
        seen: set[str] = set()
        step: str | None = inner
        while step is not None and step not in seen:
            if step == outer:
                return True
            seen.add(step)
            entity = self.bank.entities.get(step)
            step = entity.part_of if entity else None
        return False


def around(ring: Sequence[tuple[int, T]], question_id: str, count: int = NEAREST) -> list[T]:
    """Take the next items of a ring sorted by hash, beginning where the question's own hash falls."""
    start = bisect(ring, rank(question_id), key=lambda pair: pair[0]) if len(ring) > count else 0
    turned: Iterable[tuple[int, T]] = (ring[(start + step) % len(ring)] for step in range(len(ring)))
    return [item for _, item in islice(turned, count)]


def is_text(kinds: tuple[str, ...]) -> bool:
    """Say whether a role holds words, numbers or dates and no entity."""
    return bool({"text", "quote", "number", "date", "clock"} & set(kinds))


def _same(value: Value | None) -> object:
    return fold(value) if isinstance(value, str) else value
