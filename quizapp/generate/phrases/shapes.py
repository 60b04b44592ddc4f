"""The shapes of phrases: a slot that is asked, a statement, a set, a match.

``{slot}`` stands for the slot's words, ``{slot:a}``, ``{slot:s}``, ``{slot:was}`` for a form of them
(`quizapp.generate.wording.FORMS`); of ``[hosted|was to host]`` the second half is taken for a planned fact. Stems begin
in lower case and name no source: "According to …" is put before or behind them where the fact needs it.
"""

from typing import Literal

import msgspec

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

    ``falsified`` are the slots that may be exchanged for a refuted filler; ``negative`` is the statement of an absence;
    ``told`` is what follows "says that" where the statement itself names its source. ``is_spare`` keeps a statement for
    facts that nothing else asks, because its false form is too plainly false; else one in ``one_in`` is stated.
    """

    stems: tuple[str, ...]
    falsified: tuple[str, ...] = ()
    negative: str = ""
    told: str = ""
    is_spare: bool = False
    one_in: int = 3


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
