"""Wrong options: who or what could stand in a slot, and the proof that it does not."""

from collections.abc import Iterator, Sequence

import msgspec

from quizapp.core.entity import Entity
from quizapp.core.fact import Fact, Value
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.question import Option, Refutation
from quizapp.core.spelling import fold
from quizapp.generate.numbers import refutes, wrong_numbers, wrong_times
from quizapp.generate.phrases import Ask
from quizapp.generate.slots import answer_text, entity_of, label_text, plain_text, short_label
from quizapp.generate.wording import NAMED_BY_LEVEL, figure, sentence
from quizapp.generate.world import ANY, World, is_text, rank

FEWEST = 2


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


def wrong_options(
    world: World, fact: Fact, ask: Ask, *, question_id: str, stem: str, count: int = 3
) -> list[tuple[Candidate, Option]]:
    """Return up to ``count`` refuted options for a slot, the most alike first, each with what it is true of."""
    key = answer_text(world, fact, ask.slot)
    taken = {fold(key)}
    chosen: list[tuple[Candidate, Option]] = []
    pool = sorted(candidates(world, fact, ask, question_id), key=lambda one: (one.tier, rank(question_id, one.text)))
    for candidate in pool:
        folded = fold(candidate.text)
        if _stands_in(folded, fold(stem)) or any(_overlap(folded, other) for other in taken):
            continue
        refutation = refute(world, fact, ask, candidate)
        if refutation is None:
            continue
        if candidate.tier > 2 and len(chosen) >= FEWEST:
            break
        why = true_of(world, fact, candidate, refutation)
        chosen.append((candidate, Option(text=candidate.text, why=why, refutation=refutation)))
        taken.add(folded)
        if len(chosen) == count:
            break
    return chosen


def refute(world: World, fact: Fact, ask: Ask, candidate: Candidate) -> Refutation | None:
    """Prove that a candidate does not fill the asked slot of a fact, or return ``None``: then it must not be used."""
    if not fact.holds or is_true_of_siblings(world, fact, ask, candidate):
        return None
    rests_on = (fact.id, *((candidate.fact.id,) if candidate.fact and candidate.fact.id != fact.id else ()))
    declared = FACT_TYPES[fact.type]
    kind = declared.roles[ask.slot].kinds[0]
    if kind in ("number", "date", "clock"):
        return Refutation(kind="value", fact_ids=rests_on) if refutes(fact, ask.slot, candidate.text) else None
    if ask.fixed == "unique" and ask.slot in declared.unique:
        return Refutation(kind="functional", fact_ids=rests_on)
    denial = stated_absence(world, fact, ask.slot, candidate)
    if denial:
        return Refutation(kind="negative", fact_ids=(denial.id, *rests_on))
    if ask.fixed == "source" or _is_closed(world, fact, ask, candidate):
        return Refutation(kind="closed_set", fact_ids=rests_on)
    return None


def is_true_of_siblings(world: World, fact: Fact, ask: Ask, candidate: Candidate) -> bool:
    """Say whether some source puts the candidate, or what holds it or lies in it, in the same slot of the same."""
    givens = tuple(role for role in FACT_TYPES[fact.type].roles if role != ask.slot and _is_given(ask, role))
    for sibling in world.siblings(fact, givens):
        if not sibling.holds:
            continue
        value = sibling.roles.get(ask.slot)
        fillers = value if isinstance(value, tuple) else (value,)
        if candidate.entity_id and any(
            isinstance(filler, str)
            and (world.contains(filler, candidate.entity_id) or world.contains(candidate.entity_id, filler))
            for filler in fillers
        ):
            return True
        if not candidate.entity_id and fold(answer_text(world, sibling, ask.slot)) == fold(candidate.text):
            return True
    return False


def is_alone(world: World, fact: Fact, ask: Ask) -> bool:
    """Say whether no other fact of the bank answers the same stem with another filler."""
    givens = tuple(role for role in FACT_TYPES[fact.type].roles if role != ask.slot and _is_given(ask, role))
    return {one.roles.get(ask.slot) for one in world.siblings(fact, givens) if one.holds} == {fact.roles[ask.slot]}


def stated_absence(world: World, fact: Fact, role: str, candidate: Candidate) -> Fact | None:
    """Return the fact in which a source says that the candidate does not fill the role."""
    givens = tuple(name for name in FACT_TYPES[fact.type].roles if name != role)
    denials = (other for other in world.siblings(fact, givens) if not other.holds)
    return next((other for other in denials if other.roles.get(role) == candidate.entity_id), None)


def candidates(world: World, fact: Fact, ask: Ask, question_id: str) -> Iterator[Candidate]:
    """Yield what could stand in the slot, without asking yet whether it is wrong."""
    role = FACT_TYPES[fact.type].roles[ask.slot]
    if role.kinds[0] == "number":
        for number in wrong_numbers(fact, ask.slot, question_id, latest=world.latest_year):
            yield Candidate(text=figure(number), value=number)
        return
    if role.kinds[0] in ("date", "clock"):
        others = [value for other in world.by_type[fact.type] if isinstance(value := other.roles.get(ask.slot), str)]
        eve = _eve(world, fact)
        for value in wrong_times(role.kinds[0], str(fact.roles[ask.slot]), others, question_id):
            if value > eve:
                yield Candidate(text=plain_text(role.kinds[0], value, world), value=value)
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


def _is_closed(world: World, fact: Fact, ask: Ask, candidate: Candidate) -> bool:
    """Say whether a closure of the bank names all that fill the slot, or all of whom the candidate is true.

    Of a region the bank does not say what it lies in: it may overlap with any other.
    """
    entity = world.bank.entities.get(candidate.entity_id or "")
    if entity and entity.kind == "place" and entity.part_of is None:
        return False
    if world.is_closed(fact, ask.slot):
        return True
    known = candidate.fact
    if not known or (known.type, known.source) != (fact.type, fact.source):
        return False
    others = [role for role in fact.roles if role != ask.slot and world.is_closed(known, role)]
    return any(
        all(one.roles.get(role) != fact.roles[role] for one in world.siblings(known, (ask.slot,))) for role in others
    )


def _eve(world: World, fact: Fact) -> str:
    """Return the day of a source that speaks of a plan, which no option may precede; else nothing."""
    written_on = world.bank.sources[fact.source].dated_on
    is_day = written_on and fact.modality == "planned" and "date" in fact.roles
    return written_on.isoformat() if written_on and is_day else ""


def true_of(world: World, fact: Fact, candidate: Candidate, refutation: Refutation) -> str:
    """Say in one sentence that a source denies a wrong option, or what it is true of, or what holds in its place."""
    if refutation.kind == "negative":
        return credited(world, world.bank.facts[refutation.fact_ids[0]])
    return credited(world, candidate.fact or fact)


def credited(world: World, fact: Fact) -> str:
    """Return a fact's statement with its source, unless the statement names it."""
    name = short_label(world.bank.sources[fact.source].label)
    if fold(name) in fold(fact.statement):
        return fact.statement
    return f"{fact.statement.rstrip('.')} ({name})."


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
    told = [other for other in world.mentions.get(entity.id, ()) if other.id != fact.id and other.holds]
    like = {other.type for other in world.mentions.get(key.id, ())}
    best = min(told, key=lambda other: (other.type not in like, rank(entity.id, other.id)), default=None)
    far = 4 if best is None or (tier == 3 and best.type not in like) else tier
    return Candidate(text=label_text(entity), value=entity.id, entity_id=entity.id, fact=best, tier=far)


def _is_given(ask: Ask, role: str) -> bool:
    return any(f"{{{role}}}" in stem or f"{{{role}:" in stem for stem in ask.stems)


def _overlap(one: str, other: str) -> bool:
    """Say whether one text holds the other, or both speak of the same in two words; dates and numbers are apart."""
    words = {word for word in one.split() if len(word) > 3}
    is_dated = any(sign.isdigit() for sign in one + other)
    alike = len(words & set(other.split())) > 1 and not is_dated
    return _stands_in(one, other) or _stands_in(other, one) or alike


def _stands_in(folded: str, stem: str) -> bool:
    return f" {folded} " in f" {stem} "
