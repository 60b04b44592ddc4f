"""What every question carries from its facts: explanation, citations, other sources, and what it gives away."""

from collections.abc import Sequence
from typing import TypedDict

from msgspec.structs import replace

from quizapp.core.citation import Citation
from quizapp.core.derivation import working
from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.passage import sentences
from quizapp.core.question import Difficulty, OtherSource
from quizapp.core.spelling import fold
from quizapp.generate.slots import answer_text, short_label
from quizapp.generate.stems import Stem
from quizapp.generate.world import World

MOST_CONTEXTS = 2


class Carried(TypedDict):
    """The fields that all types of question share."""

    id: str
    kind: str
    stem: str
    explanation: str
    topic: str
    difficulty: Difficulty
    fact_ids: tuple[str, ...]
    citations: tuple[Citation, ...]
    other_sources: tuple[OtherSource, ...]
    targets: tuple[str, ...]
    shows: tuple[str, ...]
    template: str


def carry(
    world: World,
    facts: Sequence[Fact],
    *,
    question_id: str,
    kind: str,
    stem: Stem,
    slot: str,
    difficulty: Difficulty = "recall",
    topic: str | None = None,
    shown_texts: Sequence[str] = (),
) -> Carried:
    """Return the shared fields of a question about one slot of one or several facts of a type."""
    first = facts[0]
    own = tuple(dict.fromkeys(name for fact in facts for name in (fact.id, *_inputs(world, fact))))
    return Carried(
        id=question_id,
        kind=kind,
        stem=stem.text,
        explanation=explain(world, facts),
        topic=topic or _commonest([fact.topic for fact in facts]),
        difficulty="derive" if first.derived and difficulty == "recall" else difficulty,
        fact_ids=own,
        citations=citations_of(world, facts),
        other_sources=other_sources(world, facts),
        targets=tuple(f"{fact.id}.{slot}" for fact in facts),
        shows=shown(world, (stem.text, *shown_texts), facts, own=own),
        template=f"{kind}.{first.type}.{slot}.{stem.wording}",
    )


def explain(world: World, facts: Sequence[Fact]) -> str:
    """Teach what stands around the facts, of several the opening of each; of a derived one show the sum."""
    sums = [f"{working(fact.derived, world.bank.facts)}." for fact in facts if fact.derived]
    contexts = [fact.context if len(facts) == 1 else _opening(fact.context) for fact in facts]
    return " ".join([*sums, *list(dict.fromkeys(contexts))[:MOST_CONTEXTS]])


def _opening(text: str) -> str:
    """Return the first sentence of a text."""
    start, end = sentences(text)[0]
    return text[start:end]


def citations_of(world: World, facts: Sequence[Fact]) -> tuple[Citation, ...]:
    """Cite each fact, or what it is derived from, saying what the passage reports."""
    cited = {name: world.bank.facts[name] for fact in facts for name in (fact.id, *_inputs(world, fact))}
    return tuple(
        replace(citation, sketch=(), says=fact.statement, fact_id=fact.id)
        for fact in cited.values()
        for citation in fact.citations
    )


def other_sources(world: World, facts: Sequence[Fact]) -> tuple[OtherSource, ...]:
    """Tell what other sources say on the same matter, as their stance towards the question's facts."""
    return tuple(
        OtherSource(
            stance=stance,
            citation=replace(other.citations[0], sketch=(), says=other.statement, fact_id=other.id),
            note=note,
        )
        for fact in facts
        for stance, other, note in world.comparisons.get(fact.id, ())
        if other.citations and all(other.id != one.id for one in facts)
    )


def shown(world: World, texts: Sequence[str], facts: Sequence[Fact], *, own: Sequence[str]) -> tuple[str, ...]:
    """List the other facts whose every role can be read before the answer; the names of sources tell nothing."""
    plain = " ".join(texts)
    others = [other for fact in facts for _, other, _ in world.comparisons.get(fact.id, ())]
    for source in (world.bank.sources[fact.source] for fact in (*facts, *others)):
        plain = plain.replace(source.label, "").replace(short_label(source.label), "")
    text = f" {fold(plain)} "
    near = {other.id: other for fact in facts for name in world.entity_ids(fact) for other in world.mentions[name]}
    return tuple(sorted(name for name, other in near.items() if name not in own and _reads(world, other, text)))


def _reads(world: World, fact: Fact, text: str) -> bool:
    return all(any(form in text for form in forms) for forms in world.forms(fact, _forms))


def _forms(world: World, fact: Fact) -> tuple[tuple[str, ...], ...]:
    """Return for each filler of a fact the folded forms by which a reader would know it."""
    fillers: list[tuple[str, ...]] = []
    for role in FACT_TYPES[fact.type].roles:
        value = fact.roles.get(role)
        for one in value if isinstance(value, tuple) else (value,):
            entity = world.bank.entities.get(one) if isinstance(one, str) else None
            if entity:
                fillers.append((entity.label, *(name for name in entity.aliases if len(name) > 3)))
            elif one is not None:
                fillers.append((answer_text(world, fact, role),))
    return tuple(tuple(f" {fold(form)} " for form in forms) for forms in fillers)


def _inputs(world: World, fact: Fact) -> tuple[str, ...]:
    return tuple(name for name in (fact.derived.inputs if fact.derived else ()) if name in world.bank.facts)


def _commonest(topics: Sequence[str]) -> str:
    return max(dict.fromkeys(topics), key=topics.count)
