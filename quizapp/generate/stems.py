"""Stems: a wording filled with a fact's words, with its source named where the fact needs it."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from quizapp.core.fact import Fact
from quizapp.core.spelling import fold
from quizapp.generate.slots import short_label, slots
from quizapp.generate.wording import fill, sentence, slots_of
from quizapp.generate.wording import named as in_sentence
from quizapp.generate.world import World, rank

MOST_WORDS = 28
STATEMENT = "True or false? "
CERTAIN_TYPES = {"first_time", "first_in_years", "only_attendees", "scale", "occurrence", "claim", "quote", "told"}


class Stem(msgspec.Struct, frozen=True, kw_only=True):
    """A finished stem and the number of its wording."""

    text: str
    wording: int


def needs_source(fact: Fact) -> bool:
    """Say whether a fact is its source's word: a claim, plan, negative, first, only or superlative."""
    return (
        fact.modality != "asserted" or not fact.holds or fact.complete or bool(fact.attribution)
    ) or fact.type in CERTAIN_TYPES


def according_to(world: World, fact: Fact, *, hidden: Sequence[str] = ()) -> str:
    """Name the source of a fact, and whoever it cites unless that is what is asked."""
    label = world.bank.sources[fact.source].label
    holder = world.bank.entities.get(fact.attribution or "")
    is_said = holder and holder.kind != "document" and holder.id not in (*hidden, *world.entity_ids(fact))
    if holder and is_said:
        return f"according to {in_sentence(holder).text}, cited in {label},"
    return f"according to {label},"


def wordings(
    world: World,
    fact: Fact,
    patterns: Sequence[str],
    *,
    question_id: str,
    names_source: bool,
    hidden: Sequence[str] = (),
    opening: str = "",
) -> Iterator[Stem]:
    """Yield the stems that a fact's words make of the patterns, the one that the question's id prefers first."""
    source = according_to(world, fact, hidden=hidden) if names_source or needs_source(fact) else ""
    turn = rank(question_id, "wording")
    for is_short in (False, True):
        words = slots(world, fact, is_short=is_short)
        label = world.bank.sources[fact.source].label
        named = source.replace(label, short_label(label)) if is_short else source
        for step in range(len(patterns)):
            wording = (turn + step) % len(patterns)
            pattern = patterns[wording]
            if any(slot not in words for slot in slots_of(pattern)):
                continue
            core = fill(pattern, words, is_planned=fact.modality == "planned")
            said = _without_holder(world, fact, core, named)
            yield Stem(text=opening + sentence(_placed(core, said, is_first=bool(turn // 7 % 2))), wording=wording)


def _without_holder(world: World, fact: Fact, core: str, source: str) -> str:
    """Leave whoever a source cites out of "according to …" where the sentence names them already."""
    holder = world.bank.entities.get(fact.attribution or "")
    if holder is None or holder.label not in core:
        return source
    return source.replace(f"{in_sentence(holder).text}, cited in ", "")


def _placed(core: str, source: str, *, is_first: bool) -> str:
    """Put "according to …" before the sentence or behind it."""
    body, end = (core[:-1], core[-1]) if core[-1] in "?.…" else (core, ".")
    label = source.removeprefix("according to ").removesuffix(",")
    if not source or label in core:
        return core if core[-1] == "…" else body + end
    return f"{source} {body}{end}" if is_first else f"{body}, {source.removesuffix(',')}{end}"


def first_sound(stems: Iterable[Stem], hidden: Sequence[str]) -> Stem | None:
    """Return the first stem that is short enough and gives none of the hidden texts away."""
    return next((stem for stem in stems if is_sound(stem.text, hidden)), None)


def is_sound(text: str, hidden: Sequence[str]) -> bool:
    """Say whether a stem keeps to `MOST_WORDS` and holds none of the hidden texts."""
    folded = f" {fold(text)} "
    return len(text.split()) <= MOST_WORDS and not any(f" {fold(one)} " in folded for one in hidden if len(one) > 3)
