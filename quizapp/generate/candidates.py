"""Who or what could stand in a slot beside the key."""

from collections.abc import Collection, Iterator, Sequence

import msgspec

from quizapp.core.entity import Entity
from quizapp.core.fact import Fact, Value
from quizapp.core.fact_types import FACT_TYPES
from quizapp.generate.known_values import known_numbers, known_times
from quizapp.generate.numbers import wrong_numbers, wrong_times
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.slots import entity_of, label_text, plain_text
from quizapp.generate.wording import NAMED_BY_LEVEL, figure, sentence
from quizapp.generate.world import ANY, World, is_text, rank


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """What could stand in a slot: its text, its ``value`` as a role holds it, and a fact that it is true of.

    ``tier`` tells how alike the key it is: 0 fills the same role elsewhere and is of the same level, 1 is of the same
    kind and level, 2 fills the same role, 3 is of the same kind and known from a like fact, 4 is of the same kind only.
    """

    text: str
    value: Value
    entity_id: str | None = None
    fact: Fact | None = None
    tier: int = 0


def candidates(world: World, fact: Fact, ask: Ask, question_id: str) -> Iterator[Candidate]:
    """Yield what could stand in the slot, without asking yet whether it is wrong."""
    role = FACT_TYPES[fact.type].roles[ask.slot]
    if role.kinds[0] == "number":
        known = known_numbers(world, fact, ask.slot, question_id)
        for number in wrong_numbers(fact, ask.slot, question_id, latest=world.latest_year, known=known):
            yield Candidate(text=figure(number), value=number, fact=known.get(number))
        return
    if role.kinds[0] in ("date", "clock"):
        eve = _eve(world, fact)
        times = known_times(world, fact, role.kinds[0], question_id)
        for value in wrong_times(role.kinds[0], str(fact.roles[ask.slot]), times, question_id):
            if value > eve:
                yield Candidate(text=plain_text(role.kinds[0], value, world), value=value, fact=times.get(value))
        return
    if ask.vocabularies:
        yield from (Candidate(text=sentence(text), value=text) for text in _vocabulary(ask, fact))
        return
    key = entity_of(world, fact, ask.slot)
    for other in world.others(question_id, fact.type):
        is_near = not key or key.kind != "document" or other.source == fact.source
        if other.holds and is_near and other.id != fact.id and isinstance(other.roles.get(ask.slot), str):
            yield from _from_fact(world, fact, other, ask)
    if key and key.kind != "document" and not is_text(role.kinds):
        for entity in world.near(question_id, key.kind, key.level):
            yield _known(world, entity, fact, key=key, tier=1)
        for entity in world.near(question_id, key.kind, ANY) if key.kind not in NAMED_BY_LEVEL else ():
            yield _known(world, entity, fact, key=key, tier=3)


def _vocabulary(ask: Ask, fact: Fact) -> Sequence[str]:
    """Return the words among which a slot's filler stands; of ordered ones the four around it."""
    value = str(fact.roles[ask.slot])
    own = next((words for words in ask.vocabularies if value in words), () if ask.in_order else ask.vocabularies[0])
    if not ask.in_order or not own:
        return own
    first = max(0, min(own.index(value) - 1, len(own) - 4))
    return own[first : first + 4]


def _from_fact(world: World, fact: Fact, other: Fact, ask: Ask) -> Iterator[Candidate]:
    key = entity_of(world, fact, ask.slot)
    entity = entity_of(world, other, ask.slot)
    if key and entity and _is_alike(key, entity):
        yield Candidate(
            text=label_text(entity),
            value=entity.id,
            entity_id=entity.id,
            fact=other,
            tier=0 if key.level == entity.level else 2,
        )
    if not key and not entity and _kinds(world, fact) == _kinds(world, other):
        kinds = FACT_TYPES[fact.type].roles[ask.slot].kinds
        value = other.roles[ask.slot]
        yield Candidate(text=plain_text(kinds[0], value, world), value=value, fact=other)


def _is_alike(key: Entity, other: Entity) -> bool:
    """Say whether an entity can stand beside the key; for a document's own voice, whoever else it lets speak."""
    if key.kind == "document":
        return other.kind != "document"
    return key.kind == other.kind and (key.level == other.level or key.kind not in NAMED_BY_LEVEL)


def _kinds(world: World, fact: Fact) -> list[str]:
    return [world.bank.entities[name].kind for name in world.entity_ids(fact)]


def _known(world: World, entity: Entity, fact: Fact, *, key: Entity, tier: int) -> Candidate:
    """Make a candidate of an entity, with a fact that tells who it is; the less is known, the less alike it is."""
    like = {other.type for other in world.mentions.get(key.id, ())}
    best = most_telling(world, entity, fact, like=like)
    is_unknown = best is None and entity.id not in world.described
    far = 4 if is_unknown or (tier == 3 and (best is None or best.type not in like)) else tier
    return Candidate(text=label_text(entity), value=entity.id, entity_id=entity.id, fact=best, tier=far)


def most_telling(world: World, entity: Entity, fact: Fact, *, like: Collection[str] = ()) -> Fact | None:
    """Return what an entity is rather known for: what is most like the asked fact, done and not planned."""

    def distance(other: Fact) -> tuple[bool, bool, bool, bool, bool, int]:
        return (
            bool(like) and other.type not in like,
            other.type != fact.type,
            other.roles.get("event") != fact.roles.get("event"),
            other.modality == "planned",
            other.source != fact.source,
            rank(entity.id, other.id),
        )

    told = (other for other in world.mentions.get(entity.id, ()) if other.id != fact.id and other.holds)
    return min(told, key=distance, default=None)


def _eve(world: World, fact: Fact) -> str:
    """Return the day of a source that speaks of a plan, which no option may precede; else nothing."""
    written_on = world.bank.sources[fact.source].dated_on
    is_day = written_on and fact.modality == "planned" and "date" in fact.roles
    return written_on.isoformat() if written_on and is_day else ""
