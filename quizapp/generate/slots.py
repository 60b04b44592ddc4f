"""A fact as slots: the words of each role in a sentence, and its text as an answer."""

from quizapp.core.entity import Entity
from quizapp.core.fact import Fact, Value
from quizapp.core.fact_types import FACT_TYPES
from quizapp.generate.wording import Words, clock, day, figure, listed, named, sentence
from quizapp.generate.world import World, is_text

SHORTEST_LABEL = 3
BOUNDS = {"=": "", ">": "more than ", ">=": "at least ", "~": "about "}


def value_of(fact: Fact, role: str) -> Value | None:
    """Return the filler of a role; of a number the fact's quantity, which knows its bound."""
    if FACT_TYPES[fact.type].roles[role].kinds == ("number",) and fact.quantity:
        return fact.quantity.value
    return fact.roles.get(role)


def entity_of(world: World, fact: Fact, role: str) -> Entity | None:
    """Return the entity in a role, or ``None`` where it holds something else or several."""
    value = fact.roles.get(role)
    if not isinstance(value, str) or is_text(FACT_TYPES[fact.type].roles[role].kinds):
        return None
    return world.bank.entities.get(value)


def answer_text(world: World, fact: Fact, role: str) -> str:
    """Write the filler of a role as an answer that stands alone."""
    value = value_of(fact, role)
    entity = entity_of(world, fact, role)
    if entity:
        return label_text(entity)
    return plain_text(FACT_TYPES[fact.type].roles[role].kinds[0], value, world)


def label_text(entity: Entity) -> str:
    """Write an entity as an answer: a thing without a name of its own begins with a capital all the same."""
    return sentence(entity.label)


def plain_text(kind: str, value: Value | None, world: World) -> str:
    """Write a value that is no single entity."""
    if isinstance(value, tuple):
        return listed([world.bank.entities[name].label if name in world.bank.entities else name for name in value])
    if isinstance(value, int | float):
        return figure(value)
    if kind == "date":
        return day(value or "")
    if kind == "clock":
        return clock(value or "")
    return sentence(value or "") if kind == "text" else value or ""


def short_label(label: str) -> str:
    """Shorten a source's label where enough is left: "the Beijing dispatch of …" is "the Beijing dispatch"."""
    head = label.split(" of ")[0]
    return head if len(head.split()) > SHORTEST_LABEL - 1 else label


def _then(time: str | None) -> str:
    """Say when something was so that need not be so today: "in September 2025", "on 3 September 2025"."""
    return f"{'on' if time.count('-') > 1 else 'in'} {day(time)}" if time else "at the time"


def slots(world: World, fact: Fact, *, is_short: bool = False) -> dict[str, Words]:
    """Return the words of each filled role, of source, unit and time; ``is_short`` shortens things, not people."""
    label = world.bank.sources[fact.source].label
    found = {
        "source": Words(short_label(label) if is_short else label),
        "unit": Words(fact.quantity.unit if fact.quantity else ""),
        "then": Words(_then(fact.time)),
    }
    for role, declared in FACT_TYPES[fact.type].roles.items():
        value = value_of(fact, role)
        entity = entity_of(world, fact, role)
        if entity:
            words = named(entity)
            short = entity.short if is_short and entity.kind != "person" else None
            found[role] = Words(short, words.plural, words.noun) if short else words
        elif isinstance(value, tuple):
            fillers = [world.bank.entities[name] for name in value if name in world.bank.entities]
            found[role] = Words(listed([named(filler).text for filler in fillers]), plural=len(fillers) > 1)
        elif value is not None:
            text = value if declared.kinds == ("text",) and isinstance(value, str) else None
            bound = BOUNDS[fact.quantity.bound] if fact.quantity and declared.kinds == ("number",) else ""
            shown = bound + (plain_text(declared.kinds[0], value, world) if text is None else text)
            noun = "year" if declared.kinds == ("date",) and shown.isdigit() else declared.kinds[0]
            found[role] = Words(shown, noun=noun)
    return found
