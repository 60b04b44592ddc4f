"""A bank arranged for lint: entities by their names, who holds office where, facts by what they ask."""

from collections import defaultdict

from quizapp.core.bank import Bank
from quizapp.core.entity import Entity
from quizapp.core.fact import Fact
from quizapp.core.spelling import fold


class Lexicon:
    """What lint looks up in a bank; made once for all its questions."""

    def __init__(self, bank: Bank) -> None:
        self.facts = bank.facts
        self.entities = bank.entities
        self.source_labels = tuple(source.label.split(" of ")[0] for source in bank.sources.values())
        self.countries = tuple(entity for entity in bank.entities.values() if entity.kind == "country")
        self.with_article = tuple(one for one in bank.entities.values() if one.article and one.label[0].isupper())
        self._by_name: dict[str, Entity] = {}
        for entity in bank.entities.values():
            for name in (entity.label, *entity.aliases, *((entity.short,) if entity.short else ())):
                self._by_name.setdefault(_joined(name), entity)
        self.holders: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[tuple[str, bool, str], list[Fact]] = defaultdict(list)
        for fact in bank.facts.values():
            self._alike[fact.type, fact.holds, fact.source].append(fact)
            if fact.type == "holds_office":
                self.holders[str(fact.roles.get("of"))].add(str(fact.roles.get("person")))

    def entity(self, text: str) -> Entity | None:
        """Return the entity that a text names, in any spelling."""
        return self._by_name.get(_joined(text))

    def alike(self, fact: Fact) -> list[Fact]:
        """Return the facts of one type and polarity in one source, this one included."""
        return self._alike[fact.type, fact.holds, fact.source]


def _joined(name: str) -> str:
    return fold(name).replace(" ", "")
