"""Ordering: dated facts as a timeline, earliest first."""

from collections.abc import Iterator, Sequence

import msgspec

from quizapp.core.fact import Fact
from quizapp.core.spelling import fold
from quizapp.generate.evidence import carry
from quizapp.generate.phrases.comparisons import TIMELINE, TIMELINE_SLOTS
from quizapp.generate.slots import slots
from quizapp.generate.stems import Stem
from quizapp.generate.wording import fill, sentence
from quizapp.generate.world import NEAREST, World, rank
from quizapp.question_types.ordering import Ordering

ITEMS = 4
FEWEST_ITEMS = 3
EVERY = 2


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """An event in words and when it was, as ISO text that sorts."""

    fact: Fact
    text: str
    when: str


def ordering(world: World) -> Iterator[Ordering]:
    """Let every other dated event lead a timeline in which no two fall together."""
    ring = sorted(_dated(world), key=lambda event: rank(event.fact.id, "timeline"))
    seen: set[frozenset[str]] = set()
    for first in range(0, len(ring), EVERY):
        chosen: list[Dated] = []
        for event in (ring[first:] + ring[:first])[:NEAREST]:
            if len(chosen) < ITEMS and all(_apart(event, one) for one in chosen):
                chosen.append(event)
        members = frozenset(event.text for event in chosen)
        if len(chosen) >= FEWEST_ITEMS and members not in seen:
            seen.add(members)
            yield _timeline(world, chosen)


def _dated(world: World) -> Iterator[Dated]:
    seen: set[str] = set()
    for fact_type, (pattern, date) in TIMELINE_SLOTS.items():
        for fact in sorted(world.by_type.get(fact_type, ()), key=lambda one: one.modality == "planned"):
            when = str(fact.roles.get(date, ""))
            text = _words(world, fact, pattern, when)
            if text and fold(text) not in seen:
                seen.add(fold(text))
                yield Dated(fact=fact, text=text, when=when)


def _words(world: World, fact: Fact, pattern: str, when: str) -> str:
    """Name an event without its year, or not at all."""
    if not when:
        return ""
    texts = (sentence(fill(pattern, slots(world, fact, is_short=is_short))) for is_short in (False, True))
    return next((text for text in texts if when[:4] not in text), "")


def _apart(one: Dated, other: Dated) -> bool:
    """Say whether one of two events is certainly the earlier one."""
    return one.when[: len(other.when)] != other.when[: len(one.when)]


def _timeline(world: World, chosen: Sequence[Dated]) -> Ordering:
    events = sorted(chosen, key=lambda event: event.when)
    question_id = f"{chosen[0].fact.id}.timeline"
    wording = rank(question_id) % len(TIMELINE)
    facts = [event.fact for event in events]
    carried = carry(
        world,
        facts,
        question_id=question_id,
        kind="timeline",
        stem=Stem(text=TIMELINE[wording], wording=wording),
        slot="when",
    )
    return Ordering(**carried, items=tuple(event.text for event in events))
