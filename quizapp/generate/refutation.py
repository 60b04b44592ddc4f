"""The proof that an option is wrong: without one it is not used."""

from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.question import Refutation
from quizapp.core.spelling import fold
from quizapp.generate.candidates import Candidate
from quizapp.generate.numbers import refutes
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.slots import answer_text
from quizapp.generate.world import World


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


def _is_given(ask: Ask, role: str) -> bool:
    return any(f"{{{role}}}" in stem or f"{{{role}:" in stem for stem in ask.stems)
