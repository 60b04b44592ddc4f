"""A bank arranged for lint: entities by their names, who holds office where, facts by what they ask."""

import re
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
        self._with_article: dict[str, list[Entity]] = defaultdict(list)
        self._by_name: dict[str, Entity] = {}
        for entity in bank.entities.values():
            for name in (entity.label, *entity.aliases, *((entity.short,) if entity.short else ())):
                self._by_name.setdefault(_joined(name), entity)
            if entity.article and entity.label[0].isupper():
                self._with_article[first_word(entity.label)].append(entity)
        self._led_by: dict[str, dict[str, Entity]] = defaultdict(dict)
        self._alike: dict[tuple[str, bool, str], list[Fact]] = defaultdict(list)
        for fact in bank.facts.values():
            self._alike[fact.type, fact.holds, fact.source].append(fact)
            led = bank.entities.get(str(fact.roles.get("of"))) if fact.type == "holds_office" else None
            if led and led.kind == "country":
                self._led_by[str(fact.roles.get("person"))][led.id] = led

    def entity(self, text: str) -> Entity | None:
        """Return the entity that a text names, in any spelling."""
        return self._by_name.get(_joined(text))

    def led_by(self, person: Entity) -> list[Entity]:
        """Return the countries in which a person holds an office."""
        return list(self._led_by[person.id].values())

    def with_article(self, text: str) -> list[Entity]:
        """Return the entities whose names take "the" and begin with the first word of a text."""
        return self._with_article[first_word(text)]

    def alike(self, fact: Fact) -> list[Fact]:
        """Return the facts of one type and polarity in one source, this one included."""
        return self._alike[fact.type, fact.holds, fact.source]


def first_word(text: str) -> str:
    """Return the letters and digits with which a text begins."""
    found = re.match(r"[^\W_]+", text)
    return found[0] if found else ""


def _joined(name: str) -> str:
    return fold(name).replace(" ", "")
