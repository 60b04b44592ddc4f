"""Phrases about numbers: anniversaries, firsts, counts, and what follows by a sum."""

from quizapp.core.fact_types import MAGNITUDES
from quizapp.generate.phrases.shapes import CHOICE_AND_NUMBER, Ask, Claim, Match, Set

ASKS: dict[str, tuple[Ask, ...]] = {
    "anniversary": (
        Ask(
            slot="years",
            stems=(
                "how many years after {of} [did {event} take place|was {event} to take place]?",
                "how many years [lay|were to lie] between {of} and {event}?",
            ),
            families=CHOICE_AND_NUMBER,
            kind="how_many",
        ),
    ),
    "first_time": (
        Ask(
            slot="who",
            stems=(
                "who fills the gap: it [was|will be] the first time that … {what}?",
                "it [was|will be] the first time that … {what}: who is meant?",
            ),
            fixed="source",
            kind="cloze",
        ),
    ),
    "first_in_years": (
        Ask(
            slot="years",
            stems=(
                "how many years [had|will have] passed since {who} last {what}?",
                "how many years ago was the last time that {who} {what}?",
            ),
            families=CHOICE_AND_NUMBER,
            kind="how_many",
        ),
        Ask(
            slot="who",
            stems=(
                "who {what} for the first time in {years} years?",
                "which of these {what} for the first time in {years} years?",
            ),
            fixed="source",
            is_planned_too=False,
        ),
    ),
    "derived_year": (
        Ask(
            slot="year",
            stems=("in which year was {event}?", "which year saw {event}?"),
            families=CHOICE_AND_NUMBER,
            kind="year",
            difficulty="derive",
        ),
    ),
    "derived_number": (
        Ask(
            slot="number",
            stems=("how many {unit} {what}?", "how many {unit} {what}, by a simple sum?"),
            families=CHOICE_AND_NUMBER,
            kind="how_many",
            difficulty="derive",
        ),
    ),
    "count": (
        Ask(
            slot="number",
            stems=("how many {of} does {source} speak of?", "what does {source} say of the number of {of}?"),
            families=CHOICE_AND_NUMBER,
            kind="how_many",
        ),
    ),
    "magnitude": (
        Ask(
            slot="amount",
            stems=("how large was the number of {of}?", "which is the number of {of}?"),
            kind="how_many",
            vocabularies=(MAGNITUDES,),
            in_order=True,
        ),
    ),
}

SETS: dict[str, Set] = {
    "first_time": Set(
        slot="who",
        stems=(
            "who fills the gap, according to {source}: it [was|will be] the first time that … {what}?",
            "according to {source}, it [was|will be] the first time that … {what}: who is meant?",
        ),
        kind="cloze",
    ),
}

CLAIMS: dict[str, Claim] = {
    "anniversary": Claim(
        stems=(
            "{event} [took place|was to take place] {years} years after {of}",
            "{years} years [lay|were to lie] between {of} and {event}",
        ),
        falsified=("years",),
    ),
    "first_time": Claim(stems=("it [was|will be] the first time that {who} {what}",)),
    "first_in_years": Claim(
        stems=("[{who} {what} for the first time in {years} years|{who} last {what} {years} years before]",),
        falsified=("years",),
    ),
    "derived_year": Claim(stems=("the year of {event} was {year}",), falsified=("year",)),
    "count": Claim(stems=("the number of {of} [was|was to be] {number}",), falsified=("number",)),
    "magnitude": Claim(stems=("the number of {of} was in the {amount}",), falsified=("amount",)),
}

MATCHES: tuple[tuple[str, Match], ...] = (
    (
        "count",
        Match(
            left="of",
            right="number",
            stems=("match each number with what it counts.", "find the number that belongs to each of these."),
        ),
    ),
)
