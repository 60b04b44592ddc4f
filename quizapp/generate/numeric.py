"""Numeric: a number that a source gives or that follows from it by a stated sum."""

from collections.abc import Iterator

from quizapp.core.fact import Fact
from quizapp.generate.evidence import carry
from quizapp.generate.numbers import quantity_of
from quizapp.generate.phrases import ASKS
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.single_choice import can_ask, is_repeated
from quizapp.generate.slots import answer_text
from quizapp.generate.stems import first_sound, wordings
from quizapp.generate.world import World
from quizapp.question_types.numeric import Numeric


def numeric(world: World) -> Iterator[Numeric]:
    """Ask each exact number."""
    for fact_type, asks in ASKS.items():
        for fact in world.by_type.get(fact_type, ()):
            for ask in asks:
                if "numeric" in ask.families and can_ask(fact, ask) and not is_repeated(world, fact):
                    yield from _ask(world, fact, ask)


def _ask(world: World, fact: Fact, ask: Ask) -> Iterator[Numeric]:
    quantity = quantity_of(fact, ask.slot)
    question_id = f"{fact.id}.{ask.slot}.numeric"
    stem = first_sound(
        wordings(world, fact, ask.stems, question_id=question_id, names_source=True),
        [answer_text(world, fact, ask.slot)],
    )
    if stem is None or quantity.bound != "=":
        return
    yield Numeric(
        **carry(
            world,
            [fact],
            question_id=question_id,
            kind="numeric",
            stem=stem,
            slot=ask.slot,
            difficulty=ask.difficulty,
        ),
        value=quantity.value,
        unit=quantity.unit if ask.slot != "year" else "",
    )
