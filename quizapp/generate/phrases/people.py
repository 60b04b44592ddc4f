"""Phrases about people and states: offices, posts, kin, journeys, membership and traits."""

from quizapp.generate.phrases.shapes import CHOICE_AND_TEXT, Ask, Claim, Match, Set

RELATIONS = (
    ("daughter", "sister", "niece", "wife", "granddaughter"),
    ("son", "brother", "nephew", "husband", "grandson"),
    ("mother", "aunt", "grandmother"),
    ("father", "uncle", "grandfather"),
)
MEANS = ("special train", "passenger ship", "official aircraft", "motorcade")

ASKS: dict[str, tuple[Ask, ...]] = {
    "holds_office": (
        Ask(
            slot="of",
            stems=(
                "of which {of:noun} was {person} {office:the} {then}?",
                "{person} was {office:the} of which {of:noun} {then}?",
            ),
            families=("choice",),
            kind="office",
        ),
        Ask(
            slot="person",
            stems=("who was {office:the} of {of} {then}?", "which person was {office:the} of {of} {then}?"),
            families=("short_text",),
        ),
    ),
    "affiliation": (
        Ask(
            slot="organisation",
            stems=(
                "with which {organisation:noun} is {person} associated?",
                "to which {organisation:noun} does {person} belong?",
            ),
            families=CHOICE_AND_TEXT,
            fixed="source",
            kind="affiliation",
        ),
        Ask(
            slot="position",
            stems=("how is {person} described?", "what position does {person} hold?"),
            fixed="source",
            kind="affiliation",
        ),
    ),
    "family": (
        Ask(
            slot="relation",
            stems=("how is {person} related to {relative}?", "{person} is which relative of {relative}?"),
            fixed="source",
            kind="family",
            vocabularies=RELATIONS,
        ),
    ),
    "travel": (
        Ask(
            slot="means",
            stems=("how did {person} travel to {to}?", "by what means did {person} go to {to}?"),
            fixed="source",
            kind="travel",
            vocabularies=(MEANS,),
        ),
        Ask(
            slot="day",
            stems=("on which date did {person} arrive in {to}?", "what was the date of {person:s} arrival in {to}?"),
            fixed="source",
            kind="date",
        ),
    ),
    "membership": (
        Ask(
            slot="member",
            stems=("which {member:noun} is a member of {organisation}?", "who belongs to {organisation}?"),
            fixed="closure",
            kind="membership",
            names_source=False,
        ),
    ),
    "trait": (
        Ask(
            slot="who",
            stems=("{who:which} {trait}?", "which of these {trait}?"),
            fixed="closure",
        ),
        Ask(
            slot="trait",
            stems=(
                "complete the sentence as {source} would: {who} …",
                "finish the sentence in the sense of {source}: {who} …",
            ),
            fixed="closure",
        ),
    ),
}

SETS: dict[str, Set] = {
    "membership": Set(
        slot="member",
        stems=(
            "which of these does {source} name as a member of {organisation}?",
            "according to {source}, which of these belong to {organisation}?",
        ),
        odd=("which of these does {source} NOT name as a member of {organisation}?",),
    ),
    "trait": Set(
        slot="who",
        stems=("who {trait}, according to {source}?", "according to {source}, which of these {trait}?"),
    ),
}

CLAIMS: dict[str, Claim] = {
    "holds_office": Claim(
        stems=("{person} was {office:the} of {of} {then}", "{then} the {office} of {of} was {person}"),
        falsified=("of",),
        is_spare=True,
    ),
    "affiliation": Claim(stems=("{person} is associated with {organisation}",), falsified=("organisation",)),
    "family": Claim(stems=("{person} is the {relation} of {relative}",), falsified=("relation",)),
    "travel": Claim(stems=("{person} travelled to {to} by {means}",), falsified=("means",)),
    "trait": Claim(
        stems=("{source} says that {who} {trait}", "in {source} we read that {who} {trait}"),
        falsified=("who",),
        told="{who} {trait}",
    ),
}

MATCHES: tuple[tuple[str, Match], ...] = (
    (
        "holds_office",
        Match(
            left="person",
            right="of",
            stems=(
                "match each person with the country in which they held office {then}.",
                "find the country in which each of these held office {then}.",
            ),
        ),
    ),
    (
        "affiliation",
        Match(
            left="person",
            right="organisation",
            stems=("match each person with their organisation.", "find the organisation to which each person belongs."),
        ),
    ),
    (
        "affiliation",
        Match(
            left="person",
            right="position",
            stems=("match each person with their position.", "find the position that each person holds."),
        ),
    ),
)
