"""What a teacher has typed so far: plain texts, complete or not."""

import msgspec

from quizapp.core.source import Source

KINDS = {
    "single_choice": "One right option",
    "multiple_choice": "Several right options",
    "true_false": "True or false",
    "numeric": "Number",
    "short_text": "Short answer",
    "matching": "Matching",
    "ordering": "Ordering",
    "who_said_it": "Who said it",
}

MOST_ROWS = 12


class DraftOption(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the option table; an empty ``text`` means that the row is not used."""

    text: str = ""
    why: str = ""
    correct: bool = False


class DraftPair(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the matching table; a row with both sides empty is not used."""

    left: str = ""
    right: str = ""
    why: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A question as its author typed it; fields of other kinds are ignored.

    ``kind`` is a name in `KINDS`. ``is_true`` is the key of a true/false statement, ``None`` while nobody has chosen.
    ``number``, ``tolerance`` and ``paragraph`` are texts, since they may not be numbers yet. ``words`` are what was
    said, for "who said it", whose stem is made from them. ``paragraph`` counts from 1 in the author's copy of
    ``source``.
    """

    kind: str = "single_choice"
    stem: str = ""
    topic: str = ""
    explanation: str = ""
    options: tuple[DraftOption, ...] = ()
    keeps_order: bool = False
    is_true: bool | None = None
    number: str = ""
    tolerance: str = ""
    unit: str = ""
    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    pairs: tuple[DraftPair, ...] = ()
    extra: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    first_label: str = ""
    last_label: str = ""
    words: str = ""
    source: Source | None = None
    says: str = ""
    quote: str = ""
    paragraph: str = ""
    anchor: str = ""


class Problem(msgspec.Struct, frozen=True):
    """What keeps a draft from being published: the field of the form, what is wrong, and what to do."""

    field: str
    message: str
