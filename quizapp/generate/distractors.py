"""Wrong options: what is most like the key, refuted, with what it is true of."""

from quizapp.core.fact import Fact
from quizapp.core.question import Option, Refutation
from quizapp.core.spelling import fold
from quizapp.generate.candidates import Candidate, candidates
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.refutation import refute
from quizapp.generate.slots import answer_text, short_label
from quizapp.generate.wording import named, sentence
from quizapp.generate.world import World, rank

FEWEST = 2


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


def true_of(world: World, fact: Fact, candidate: Candidate, refutation: Refutation) -> str:
    """Say in one sentence that a source denies a wrong option, or what it is true of, or what holds in its place."""
    if refutation.kind == "negative":
        return credited(world, world.bank.facts[refutation.fact_ids[0]])
    told = credited(world, candidate.fact or fact)
    if refutation.kind != "closed_set" or not candidate.entity_id:
        return told
    absent = unnamed(world, fact, candidate.entity_id)
    return f"{absent} {told}" if candidate.fact else f"{told} {absent}"


def unnamed(world: World, fact: Fact, entity_id: str) -> str:
    """Say in one sentence that a fact's source speaks of somebody else and not of this one."""
    source = short_label(world.bank.sources[fact.source].label)
    return f"{sentence(source)} does not say this of {named(world.bank.entities[entity_id]).text}."


def credited(world: World, fact: Fact) -> str:
    """Return a fact's statement with its source, unless the statement names it."""
    name = short_label(world.bank.sources[fact.source].label)
    if fold(name) in fold(fact.statement):
        return fact.statement
    return f"{fact.statement.rstrip('.')} ({name})."


def _overlap(one: str, other: str) -> bool:
    """Say whether one text holds the other, or both speak of the same in two words; dates and numbers are apart."""
    words = {word for word in one.split() if len(word) > 3}
    is_dated = any(sign.isdigit() for sign in one + other)
    alike = len(words & set(other.split())) > 1 and not is_dated
    return _stands_in(one, other) or _stands_in(other, one) or alike


def _stands_in(folded: str, stem: str) -> bool:
    return f" {folded} " in f" {stem} "
