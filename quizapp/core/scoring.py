"""The rules by which a response earns its share of the mark, each with the sentence that a student reads first."""

from collections.abc import Sequence, Set
from itertools import combinations

import msgspec


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A named rule; ``sentence`` stands next to the question before it is answered."""

    name: str
    sentence: str


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(name="one_choice", sentence="The right choice earns the full mark; any other choice earns nothing."),
        Rule(
            name="balanced",
            sentence=(
                "Right choices share the full mark equally, and each wrong choice takes a part away, never below zero: "
                "choosing everything earns nothing."
            ),
        ),
        Rule(
            name="within_margin",
            sentence="The exact number earns the full mark, and so does any number within the margin if one is named.",
        ),
        Rule(
            name="same_name",
            sentence=(
                "Any usual spelling earns the full mark: capitals, accents and hyphens do not matter, nor does one "
                "slip in a longer name; numbers must be exact."
            ),
        ),
        Rule(
            name="pairs_share",
            sentence="Every right pair earns an equal share of the mark; a wrong pair costs nothing.",
        ),
        Rule(
            name="order_pairs",
            sentence="Every two items in the right order relative to each other earn an equal share of the mark.",
        ),
    )
}


def balanced(chosen: Set[str], right: Set[str], wrong: Set[str]) -> float:
    """Return ``max(0, tp/k - fp/(n - k))`` for n options with k right ones, so that all and none both earn 0."""
    hits = len(chosen & right) / len(right)
    slips = len(chosen & wrong) / len(wrong) if wrong else 0.0
    return max(0.0, hits - slips)


def pairs_share(given: Sequence[str | None], expected: Sequence[str]) -> float:
    """Return the right pairs as a share of the rows (Moodle's match); equal texts are interchangeable."""
    return sum(left == right for left, right in zip(given, expected, strict=True)) / len(expected)


def order_pairs(given: Sequence[str], expected: Sequence[str]) -> float:
    """Return the share of pairs that stand in the right order (Moodle's ordering, "all previous and next")."""
    place = {item: number for number, item in enumerate(given)}
    pairs = list(combinations(expected, 2))
    return sum(before in place and after in place and place[before] < place[after] for before, after in pairs) / len(
        pairs
    )


def within(value: float, target: float, tolerance: float) -> bool:
    """Say whether a number lies within the tolerance, bounds included (Moodle's nominal tolerance)."""
    return abs(value - target) <= tolerance + 1e-9 * max(1.0, abs(target))
