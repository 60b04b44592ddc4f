"""The stems: for each type of fact which slot can be asked, in which words, and what makes other answers wrong.

``{slot}`` stands for the slot's words, ``{slot:a}``, ``{slot:s}``, ``{slot:was}`` for a form of them
(`quizapp.generate.wording.FORMS`); of ``[hosted|was expected to host]`` the second half is taken for a planned fact.
Stems begin in lower case and name no source: "According to …" is put before or behind them where the fact needs it.
"""

from typing import Literal

import msgspec

from quizapp.core.fact_types import MAGNITUDES
from quizapp.core.question import Difficulty

Fixed = Literal["unique", "source", "closure"]
Family = Literal["choice", "short_text", "numeric"]


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One slot of a type of fact, as it can be asked.

    ``fixed`` says why another value is wrong: the type declares the slot ``unique`` given the slots in the stem; the
    ``source``, which the stem names, ascribes the statement to this filler; or a ``closure`` of the bank names all.
    ``names_source`` is false where the answer holds whoever says it. ``kind`` is the family that statistics count.
    ``vocabularies`` are values that exclude each other by their meaning, ``in_order`` says that their order is natural.
    ``is_planned_too`` is false where the wording does not fit what is still to come.
    """

    slot: str
    stems: tuple[str, ...]
    families: tuple[Family, ...] = ("choice",)
    fixed: Fixed = "unique"
    kind: str = "choice"
    names_source: bool = True
    difficulty: Difficulty = "recall"
    vocabularies: tuple[tuple[str, ...], ...] = ()
    in_order: bool = False
    is_planned_too: bool = True


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A type of fact as a statement that is true or false.

    ``falsified`` are the slots that may be exchanged for a refuted filler; ``negative`` is the statement of an absence.
    ``is_spare`` keeps a statement for facts that nothing else asks, because its false form is too plainly false.
    """

    stems: tuple[str, ...]
    falsified: tuple[str, ...] = ()
    negative: str = ""
    is_spare: bool = False


class Set(msgspec.Struct, frozen=True, kw_only=True):
    """A slot that several fillers share, asked together; ``odd`` asks for the one that does not belong to them.

    The stems name the source as ``{source}``: only what it names can be known to be all.
    """

    slot: str
    stems: tuple[str, ...]
    odd: tuple[str, ...] = ()
    kind: str = "named"


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """Two slots of a type of fact that determine each other among the facts of one question."""

    left: str
    right: str
    stems: tuple[str, ...]
    kind: str = "matching"
    names_source: bool = True
    difficulty: Difficulty = "recall"


CHOICE_AND_TEXT: tuple[Family, ...] = ("choice", "short_text")
CHOICE_AND_NUMBER: tuple[Family, ...] = ("choice", "numeric")
RELATIONS = (
    ("daughter", "sister", "niece", "wife", "granddaughter"),
    ("son", "brother", "nephew", "husband", "grandson"),
    ("mother", "aunt", "grandmother"),
    ("father", "uncle", "grandfather"),
)
MEANS = ("special train", "warship", "official aircraft", "motorcade")
WEAPON_KINDS = ("surface-to-air missile", "air-to-air missile", "anti-tank missile", "torpedo", "howitzer")
ORDERS = ("before", "during", "after")

ASKS: dict[str, tuple[Ask, ...]] = {
    "holds_office": (
        Ask(
            slot="of",
            stems=("of which {of:noun} is {person} {office}?", "{person} is {office} of which {of:noun}?"),
            families=("choice",),
            kind="office",
        ),
        Ask(
            slot="person",
            stems=("who is {office} of {of}?", "which person is {office} of {of}?"),
            families=("short_text",),
        ),
    ),
    "host": (
        Ask(
            slot="host",
            stems=(
                "{host:which} [hosted|was to host] {event}?",
                "{host:which} [was the host of|was expected to host] {event}?",
            ),
            families=CHOICE_AND_TEXT,
            kind="host",
        ),
    ),
    "event_date": (
        Ask(
            slot="date",
            stems=(
                "{date:when} [did {event} take place|was {event} planned to take place]?",
                "which {date:noun} [was that of|was planned for] {event}?",
            ),
            kind="date",
            names_source=False,
        ),
    ),
    "event_time": (
        Ask(
            slot="clock",
            stems=(
                "at what local time [did {event} begin|was {event} planned to begin]?",
                "which local starting time [did {event} have|was planned for {event}]?",
            ),
            kind="date",
        ),
        Ask(
            slot="gmt",
            stems=(
                "at what time in GMT [did {event} begin|was {event} planned to begin]?",
                "which starting time in GMT [did {event} have|was planned for {event}]?",
            ),
            kind="date",
        ),
    ),
    "event_place": (
        Ask(
            slot="place",
            stems=(
                "in which {place:noun} [did {event} take place|was {event} planned to take place]?",
                "which {place:noun} [was|was to be] the scene of {event}?",
            ),
            families=CHOICE_AND_TEXT,
            kind="place",
            names_source=False,
        ),
    ),
    "event_name": (
        Ask(
            slot="name",
            stems=("by which name is {event} called?", "which name is given to {event}?"),
            families=CHOICE_AND_TEXT,
            fixed="source",
            kind="name",
        ),
    ),
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
    "first_in_years": (
        Ask(
            slot="years",
            stems=(
                "how many years [had|will have] passed since {who} last {what}?",
                "the last time that {who} {what} lay how many years back?",
            ),
            families=CHOICE_AND_NUMBER,
            kind="how_many",
        ),
        Ask(
            slot="who",
            stems=(
                "who {what} for the first time in {years} years?",
                "for the first time in {years} years, who {what}?",
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
            stems=("how many {unit} {what}?", "work it out: how many {unit} {what}?"),
            families=CHOICE_AND_NUMBER,
            kind="how_many",
            difficulty="derive",
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
    "credited": (
        Ask(
            slot="to",
            stems=("to whom is {what} credited?", "who is credited with {what}?"),
            families=CHOICE_AND_TEXT,
            kind="which_outlet",
            difficulty="attribute",
        ),
    ),
    "trait": (
        Ask(
            slot="who",
            stems=("which of these {trait}?", "{who:which} {trait}?"),
            fixed="closure",
        ),
        Ask(
            slot="trait",
            stems=("which of these does {source} say of {who}?", "what does {source} say of {who}?"),
            fixed="closure",
        ),
    ),
    "display": (
        Ask(
            slot="thing",
            stems=(
                "which of these [was shown|was to be shown] at {event}?",
                "which of these is named as [shown|to be shown] at {event}?",
            ),
            fixed="closure",
            kind="weapon",
        ),
    ),
    "abbreviation": (
        Ask(
            slot="organisation",
            stems=("for which organisation do the letters {letters} stand?", "what does {letters} stand for?"),
            families=("short_text",),
        ),
    ),
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
    "thing_kind": (
        Ask(
            slot="kind",
            stems=("what kind of weapon is {thing}?", "{thing} is a weapon of which kind?"),
            kind="weapon",
            vocabularies=(WEAPON_KINDS,),
        ),
    ),
    "count": (
        Ask(
            slot="number",
            stems=("how many {of} does {source} count?", "which number of {of} does {source} give?"),
            families=CHOICE_AND_NUMBER,
            kind="how_many",
        ),
    ),
    "quote": (
        Ask(
            slot="speaker",
            stems=("to whom are the words “{words}” attributed?", "who is quoted with the words “{words}”?"),
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
            stems=("on which date did {person} arrive in {to}?", "which date was that of {person:s} arrival in {to}?"),
            fixed="source",
            kind="date",
        ),
    ),
    "sequence": (
        Ask(
            slot="order",
            stems=(
                "did {event} take place before, during or after {other}?",
                "in time, where does {event} stand to {other}: before, during or after?",
            ),
            fixed="source",
            kind="sequence",
            vocabularies=(ORDERS,),
            in_order=True,
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
}

SETS: dict[str, Set] = {
    "attendance": Set(
        slot="who",
        stems=(
            "which of these does {source} name as [present|expected] at {event}?",
            "whom of these does {source} count among those who [attended|were to attend] {event}?",
        ),
        odd=("which of these does {source} NOT name as [present|expected] at {event}?",),
        kind="who_attended",
    ),
    "only_attendees": Set(
        slot="members",
        stems=(
            "which of these [were|were to be] the only {group} at {event}, according to {source}?",
            "who, according to {source}, [were|were to be] the only {group} at {event}?",
        ),
        kind="who_attended",
    ),
    "first_time": Set(
        slot="who",
        stems=(
            "who fills the gap, according to {source}: it [was|will be] the first time that … {what}?",
            "according to {source}, it [was|will be] the first time that … {what}: who is meant?",
        ),
        kind="cloze",
    ),
    "display": Set(
        slot="thing",
        stems=(
            "which of these does {source} name as [shown|to be shown] at {event}?",
            "which of these does {source} list as [on show|to be on show] at {event}?",
        ),
        odd=("which of these does {source} NOT name as [shown|to be shown] at {event}?",),
    ),
    "trait": Set(
        slot="who",
        stems=(
            "according to {source}, which of these {trait}?",
            "{who:which} {trait}, according to {source}?",
        ),
    ),
    "membership": Set(
        slot="member",
        stems=(
            "which of these does {source} name as a member of {organisation}?",
            "according to {source}, which of these belong to {organisation}?",
        ),
        odd=("which of these does {source} NOT name as a member of {organisation}?",),
    ),
}

CLAIMS: dict[str, Claim] = {
    "holds_office": Claim(
        stems=("{person} is {office} of {of}", "the {office} of {of} is {person}"), falsified=("of",), is_spare=True
    ),
    "attendance": Claim(
        stems=(
            "{source} names {who} as [present|expected] at {event}",
            "{source} counts {who} among those who [attended|were to attend] {event}",
        ),
        falsified=("who",),
        negative="{who} {who:was}[| to be] at {event}",
    ),
    "only_attendees": Claim(stems=("{members} [were|were to be] the only {group} at {event}",)),
    "host": Claim(stems=("{host} [hosted|was to host] {event}",), falsified=("host",), is_spare=True),
    "event_date": Claim(
        stems=("{event} [took place|was planned] {date:on}", "the date of {event} [was|was to be] {date}"),
        falsified=("date",),
    ),
    "event_time": Claim(
        stems=("{event} [began|was planned to begin] at {clock}", "the start of {event} [was|was set] at {clock}"),
        falsified=("clock",),
    ),
    "event_place": Claim(
        stems=(
            "{event} [took place|was planned to take place] in {place}",
            "{place} [was|was to be] the scene of {event}",
        ),
        falsified=("place",),
    ),
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
    "nickname": Claim(
        stems=("“{nickname}” is the nickname of {thing}", "{thing} {thing:is} nicknamed “{nickname}”"),
        falsified=("thing", "nickname"),
    ),
    "thing_kind": Claim(stems=("{thing} is {kind:a}", "{thing} belongs to the kind “{kind}”"), falsified=("kind",)),
    "display": Claim(
        stems=(
            "{source} names {thing} as [shown|to be shown] at {event}",
            "{source} says that {thing} {thing:was} [on show|to be on show] at {event}",
        ),
        falsified=("thing",),
    ),
    "count": Claim(stems=("the number of {of} [was|was to be] {number}",), falsified=("number",)),
    "magnitude": Claim(stems=("the number of {of} was in the {amount}",), falsified=("amount",)),
    "quote": Claim(
        stems=("the words “{words}” are those of {speaker}", "{speaker} used the words “{words}”"),
        falsified=("speaker",),
    ),
    "claim": Claim(
        stems=("{holder} {holder:says} that {claim}", "it is the view of {holder} that {claim}"), falsified=("holder",)
    ),
    "told": Claim(
        stems=("{speaker} spoke about {matter} through {outlet}", "{outlet} carried {speaker:s} words about {matter}"),
        falsified=("outlet",),
    ),
    "credited": Claim(stems=("{what} is credited to {to}",), falsified=("to",), is_spare=True),
    "trait": Claim(stems=("{who} {trait}",), falsified=("who",)),
    "affiliation": Claim(stems=("{person} is associated with {organisation}",), falsified=("organisation",)),
    "family": Claim(stems=("{person} is the {relation} of {relative}",), falsified=("relation",)),
    "travel": Claim(stems=("{person} travelled to {to} by {means}",), falsified=("means",)),
    "occurrence": Claim(stems=("there was {what}",), negative="there was {what}"),
    "sequence": Claim(stems=("{event} took place {order} {other}",), falsified=("order",)),
    "scale": Claim(stems=("{event} [was|was to be] {extent}",)),
    "abbreviation": Claim(stems=("{letters} stands for {organisation}",), falsified=("organisation",)),
}
OWN_VIEW = "{claim}"

MATCHES: tuple[tuple[str, Match], ...] = (
    (
        "holds_office",
        Match(
            left="person",
            right="of",
            stems=(
                "match each person with the country of their office.",
                "find the country in which each of these holds office.",
            ),
        ),
    ),
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
                "find the outlet that carried each speaker's words.",
            ),
            kind="match_outlets",
            difficulty="attribute",
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
    (
        "event_place",
        Match(left="event", right="place", stems=("match each event with its place.", "find the place of each event.")),
    ),
    (
        "event_date",
        Match(left="event", right="date", stems=("match each event with its date.", "find the date of each event.")),
    ),
    (
        "thing_kind",
        Match(
            left="thing",
            right="kind",
            stems=("match each weapon with its kind.", "find the kind to which each weapon belongs."),
        ),
    ),
    (
        "host",
        Match(left="event", right="host", stems=("match each event with its host.", "find the host of each event.")),
    ),
    (
        "count",
        Match(
            left="of",
            right="number",
            stems=("match each number with what it counts.", "find the number that belongs to each of these."),
        ),
    ),
)

# The slots of the event and of its date, in types that tell when something was.
TIMELINE_SLOTS = {
    "event_date": ("{event}", "date"),
    "derived_year": ("{event}", "year"),
    "travel": ("{person:s} arrival in {to}", "day"),
}
TIMELINE = ("Put these in the order of time.", "Which of these came first, and which after it? Put them in order.")

WHICH_SOURCE = ("which source says that {claim}?", "in which source do we read that {claim}?")
WHICH_STANCE = (
    "{source} says that {claim}. How does {other} speak of the same?",
    "we read in {source} that {claim}. What does {other} say of it?",
)
STANCES = {
    "agrees": "It says the same",
    "qualifies": "It differs in strength or in detail",
    "contradicts": "It says something that cannot also be true",
}
