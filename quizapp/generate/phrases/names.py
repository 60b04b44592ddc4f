"""Phrases about names: nicknames, abbreviations and kinds of weapon."""

from quizapp.generate.phrases.shapes import CHOICE_AND_TEXT, Ask, Claim, Match

WEAPON_KINDS = ("surface-to-air missile", "air-to-air missile", "anti-tank missile")

ASKS: dict[str, tuple[Ask, ...]] = {
    "nickname": (
        Ask(
            slot="thing",
            stems=(
                "which {thing:noun} is nicknamed “{nickname}”?",
                "“{nickname}” is the nickname of which {thing:noun}?",
            ),
            families=CHOICE_AND_TEXT,
            kind="nickname",
            names_source=False,
        ),
        Ask(
            slot="nickname",
            stems=("what is the nickname of {thing}?", "which nickname does {thing} have?"),
            families=CHOICE_AND_TEXT,
            kind="nickname",
            names_source=False,
        ),
    ),
    "abbreviation": (
        Ask(
            slot="organisation",
            stems=("for which organisation do the letters {letters} stand?", "what does {letters} stand for?"),
            families=("short_text",),
        ),
    ),
    "thing_kind": (
        Ask(
            slot="kind",
            stems=("what kind of weapon is {thing}?", "{thing} is a weapon of which kind?"),
            kind="weapon",
            vocabularies=(WEAPON_KINDS,),
        ),
    ),
}

CLAIMS: dict[str, Claim] = {
    "nickname": Claim(
        stems=("“{nickname}” is the nickname of {thing}", "{thing} {thing:is} nicknamed “{nickname}”"),
        falsified=("thing", "nickname"),
    ),
    "abbreviation": Claim(stems=("{letters} stands for {organisation}",), falsified=("organisation",)),
    "thing_kind": Claim(stems=("{thing} is {kind:a}", "{thing} belongs to the kind “{kind}”"), falsified=("kind",)),
}

MATCHES: tuple[tuple[str, Match], ...] = (
    (
        "nickname",
        Match(
            left="thing",
            right="nickname",
            stems=("match each name with its nickname.", "find the nickname that belongs to each name."),
            names_source=False,
        ),
    ),
    (
        "thing_kind",
        Match(
            left="thing",
            right="kind",
            stems=("match each weapon with its kind.", "find the kind to which each weapon belongs."),
        ),
    ),
)
