"""Which questions must not meet in one quiz, and which must come before another, because one gives the other away."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from quizapp.core.question import Option, Question
from quizapp.core.spelling import fold

SHORTEST_KEY = 3
SHORTEST_WORD = 5
PARTS = re.compile(r"; | → ")
IN_MOST_STEMS = (
    "about according after article attributed before called could country dispatch every false first follow match "
    "named names order other person quoted report source their there these those where which whose words would"
)
EVERYWHERE = frozenset(IN_MOST_STEMS.split())


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What one question asks, shows before it is answered and reveals after; texts are folded once.

    ``asked``, ``shown`` and ``revealed`` hold ids of facts. ``stem`` is the folded stem between spaces, ``keys`` are
    the folded texts of the right answer, ``words`` the stem's words of content.
    """

    id: str
    asked: frozenset[str]
    shown: frozenset[str]
    revealed: frozenset[str]
    stem: str
    keys: tuple[str, ...]
    words: frozenset[str]


def trace(question: Question[Any]) -> Trace:
    """Read from a question what it gives away."""
    options: Iterable[Option] = getattr(question, "options", ())
    stem = fold(question.stem)
    rests_on = (name for option in options if option.refutation for name in option.refutation.fact_ids)
    told = (other.citation.fact_id for other in question.other_sources if other.citation.fact_id)
    return Trace(
        id=question.id,
        asked=frozenset(target.rpartition(".")[0] for target in question.targets),
        shown=frozenset(question.shows),
        revealed=frozenset((*question.fact_ids, *rests_on, *told)),
        stem=f" {stem} ",
        keys=_keys(question),
        words=frozenset(word for word in stem.split() if len(word) >= SHORTEST_WORD) - EVERYWHERE,
    )


def are_enemies(one: Question[Any], other: Question[Any]) -> bool:
    """Say whether two questions must never stand in the same quiz."""
    return must_not_meet(trace(one), trace(other))


def must_not_meet(one: Trace, other: Trace) -> bool:
    """Say whether two questions ask the same, or one's stem, or each one's feedback, gives the other away."""
    return (
        one.id == other.id
        or not one.asked.isdisjoint(other.asked)
        or not one.shown.isdisjoint(other.asked)
        or not other.shown.isdisjoint(one.asked)
        or (reveals(one, other) and reveals(other, one))
        or _names_key(one, other)
        or _names_key(other, one)
    )


def reveals(one: Trace, other: Trace) -> bool:
    """Say whether one question's feedback answers the other, so that the other must come first."""
    return not one.revealed.isdisjoint(other.asked)


def arrange(traces: Sequence[Trace]) -> list[int] | None:
    """Return an order in which no feedback answers a later question, or ``None`` where they run in a circle.

    Of all that may come next, the first in the given order does (Kahn 1962).
    """
    waits_for = [
        {place for place, earlier in enumerate(traces) if place != own and reveals(later, earlier)}
        for own, later in enumerate(traces)
    ]
    order: list[int] = []
    while len(order) < len(traces):
        ready = [own for own in range(len(traces)) if own not in order and waits_for[own] <= set(order)]
        if not ready:
            return None
        order.append(ready[0])
    return order


def _names_key(one: Trace, other: Trace) -> bool:
    """Say whether one's stem holds the other's right answer and speaks of the same matter."""
    return any(
        f" {key} " in one.stem and not (one.words & other.words).isdisjoint(one.words - set(key.split()))
        for key in other.keys
    )


def _keys(question: Question[Any]) -> tuple[str, ...]:
    text = question.as_text(question.solution())
    keys = (fold(part) for part in PARTS.split(text))
    return tuple(key for key in keys if len(key) >= SHORTEST_KEY and key not in ("true", "false"))
