"""Short answer: a name to write, in any of its spellings, never taken for another name."""

from collections.abc import Iterator

from quizapp.core.entity import Entity
from quizapp.core.fact import Fact
from quizapp.core.spelling import fold
from quizapp.generate.evidence import carry
from quizapp.generate.phrases import ASKS
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.refutation import is_alone
from quizapp.generate.single_choice import can_ask, is_among_first, is_repeated, names_of
from quizapp.generate.slots import answer_text, entity_of
from quizapp.generate.stems import first_sound, wordings
from quizapp.generate.world import ANY, World
from quizapp.question_types.short_text import ShortText

LONGEST_ANSWER = 4


def short_text(world: World) -> Iterator[ShortText]:
    """Ask each slot that a name fills."""
    for fact_type, asks in ASKS.items():
        for fact in world.by_type.get(fact_type, ()):
            for ask in asks:
                if (
                    "short_text" in ask.families
                    and can_ask(fact, ask)
                    and not is_repeated(world, fact)
                    and is_among_first(world, fact, ask, family="short")
                ):
                    yield from _ask(world, fact, ask)


def _ask(world: World, fact: Fact, ask: Ask) -> Iterator[ShortText]:
    question_id = f"{fact.id}.{ask.slot}.short"
    key = answer_text(world, fact, ask.slot)
    entity = entity_of(world, fact, ask.slot)
    if (entity and entity.kind == "group") or len(key.split()) > LONGEST_ANSWER or not is_alone(world, fact, ask):
        return
    stems = wordings(
        world, fact, ask.stems, question_id=question_id, names_source=True, hidden=(str(fact.roles[ask.slot]),)
    )
    stem = first_sound(stems, names_of(world, fact, ask.slot))
    if stem is None:
        return
    yield ShortText(
        **carry(
            world,
            [fact],
            question_id=question_id,
            kind="short_answer",
            stem=stem,
            slot=ask.slot,
            difficulty=ask.difficulty,
        ),
        accepted=accepted_names(world, entity, stem.text) if entity else (key,),
        rejected=other_names(world, entity, question_id) if entity else (),
    )


def accepted_names(world: World, entity: Entity, stem: str) -> tuple[str, ...]:
    """List the spellings of an entity that are nobody else's and do not stand in the stem."""
    names = (entity.label, *entity.aliases, *((entity.short,) if entity.short else ()))
    own = (name for name in names if world.names[fold(name)] == {entity.id} and name not in stem)
    return tuple(dict.fromkeys(own))


def other_names(world: World, entity: Entity, question_id: str) -> tuple[str, ...]:
    """List the names of others of the same kind, which no slip of the pen turns into the answer."""
    others = [other for other in world.near(question_id, entity.kind, ANY) if other.id != entity.id]
    names = {name for other in others for name in (other.label, *other.aliases)}
    return tuple(sorted(name for name in names if entity.id not in world.names[fold(name)]))
