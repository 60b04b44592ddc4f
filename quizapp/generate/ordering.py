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
from quizapp.generate.world import World, rank
from quizapp.question_types.ordering import Ordering

ITEMS = 4
FEWEST_ITEMS = 3


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """An event in words and when it was, as ISO text that sorts."""

    fact: Fact
    text: str
    when: str


def ordering(world: World) -> Iterator[Ordering]:
    """Deal the dated events into timelines in which no two fall together."""
    left = sorted(_dated(world), key=lambda event: rank(event.fact.id, "timeline"))
    while len(left) >= FEWEST_ITEMS:
        chosen: list[Dated] = []
        for event in left:
            if len(chosen) < ITEMS and all(_apart(event, one) for one in chosen):
                chosen.append(event)
        if len(chosen) < FEWEST_ITEMS:
            return
        yield _timeline(world, chosen)
        left = [event for event in left if event not in chosen]


def _dated(world: World) -> Iterator[Dated]:
    seen: set[str] = set()
    for fact_type, (pattern, date) in TIMELINE_SLOTS.items():
        for fact in world.by_type.get(fact_type, ()):
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
