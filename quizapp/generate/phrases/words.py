"""Phrases about words: quotations, claims, and the outlets that carried them."""

from quizapp.generate.phrases.shapes import CHOICE_AND_TEXT, Ask, Claim, Match

OWN_VIEW = "{claim}"
OWN_NAME = "{source} says in its own name that {claim}"

ASKS: dict[str, tuple[Ask, ...]] = {
    "quote": (
        Ask(
            slot="speaker",
            stems=(
                "to whom does {source} attribute the {words:word} “{words}” about {about}?",
                "whom does {source} quote with the {words:word} “{words}” about {about}?",
            ),
            fixed="source",
            kind="who_said_it",
            difficulty="attribute",
        ),
    ),
    "claim": (
        Ask(
            slot="holder",
            stems=("who says that {claim}?", "whose view is it that {claim}?"),
            families=CHOICE_AND_TEXT,
            fixed="source",
            kind="who_claims_it",
            difficulty="attribute",
        ),
    ),
    "told": (
        Ask(
            slot="outlet",
            stems=(
                "which outlet carried what {speaker} said about {matter}?",
                "through which outlet did {speaker} speak about {matter}?",
            ),
            families=CHOICE_AND_TEXT,
            fixed="source",
            kind="which_outlet",
            difficulty="attribute",
        ),
        Ask(
            slot="speaker",
            stems=("who spoke about {matter}, through {outlet}?", "whose words about {matter} did {outlet} carry?"),
            fixed="source",
            kind="who_said_it",
            difficulty="attribute",
        ),
    ),
    "credited": (
        Ask(
            slot="to",
            stems=("to whom does {source} attribute {what}?", "whom does {source} name as the origin of {what}?"),
            families=CHOICE_AND_TEXT,
            kind="which_outlet",
            difficulty="attribute",
        ),
    ),
}

CLAIMS: dict[str, Claim] = {
    "quote": Claim(
        stems=(
            "{source} attributes the {words:word} “{words}” about {about} to {speaker}",
            "{source} quotes {speaker} with the {words:word} “{words}” about {about}",
        ),
        falsified=("speaker",),
    ),
    "claim": Claim(
        stems=(
            "{source} attributes to {holder} the view that {claim}",
            "{source} tells as the view of {holder} that {claim}",
        ),
        falsified=("holder",),
        told="{holder} {holder:says} that {claim}",
        one_in=1,
    ),
    "told": Claim(
        stems=("{speaker} spoke about {matter} through {outlet}", "{outlet} carried {speaker:s} words about {matter}"),
        falsified=("outlet",),
    ),
    "credited": Claim(stems=("{what} is credited to {to}",), falsified=("to",), is_spare=True),
}

MATCHES: tuple[tuple[str, Match], ...] = (
    (
        "quote",
        Match(
            left="words",
            right="speaker",
            stems=(
                "match the words with whoever is quoted with them.",
                "find the speaker of each of these quotations.",
            ),
            kind="match_speakers",
            difficulty="attribute",
        ),
    ),
    (
        "claim",
        Match(
            left="claim",
            right="holder",
            stems=("match each view with whoever holds it.", "find whose view each of these is."),
            kind="match_views",
            difficulty="attribute",
        ),
    ),
    (
        "told",
        Match(
            left="speaker",
            right="outlet",
            stems=(
                "match each speaker with the outlet that carried their words.",
                "find the outlet that carried each speaker’s words.",
            ),
            kind="match_outlets",
            difficulty="attribute",
        ),
    ),
)
