"""A question: what every type has in common, and the protocol of five methods."""

import hashlib
from random import Random
from typing import ClassVar, Generic, Literal, TypeVar

import msgspec

from quizapp.core.citation import Citation
from quizapp.core.fact import Stance
from quizapp.core.mark import Mark
from quizapp.core.response import FormData

R = TypeVar("R")

RefutationKind = Literal["functional", "closed_set", "negative", "value", "reference"]
Difficulty = Literal["recall", "derive", "compare", "attribute"]


class Refutation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Why an option cannot be right, in a form that a machine can check again.

    ``functional``: the asked role is unique given the stem. ``closed_set``: the source closes the set, or the stem asks
    what a named source says. ``negative``: a source says it was not so. ``value``: a number or date contradicts a
    stated one. ``reference``: a dated table says otherwise. ``fact_ids`` are the facts that it rests on, ``rows`` the
    rows of reference tables ("eu-members.FR").
    """

    kind: RefutationKind
    fact_ids: tuple[str, ...]
    rows: tuple[str, ...] = ()


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One choice. ``why`` tells whoever chose it what it is true of, in one sentence with its own source named."""

    text: str
    correct: bool = False
    why: str = ""
    refutation: Refutation | None = None


class OtherSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What another source says on the same matter: its citation, its stance, and wherein it differs."""

    stance: Stance
    citation: Citation
    note: str = ""


def option_key(question_id: str, text: str) -> str:
    """Name an option in a form: ten hexadecimal digits that tell neither its place nor whether it is right."""
    return hashlib.sha256(f"{question_id}\n{text}".encode()).hexdigest()[:10]


class Question(
    msgspec.Struct,
    Generic[R],
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
):
    """What every question has; a type adds its own fields and the five methods.

    ``kind`` is the family ("who_said_it"), the tag ``type`` the interaction ("single_choice"). ``targets`` are the
    ``fact-id.slot`` pairs that it asks. ``shows`` are facts that the stem or options give away before the answer.
    ``fact_ids`` are all facts that the key follows from. ``template`` names the stem's pattern for statistics.
    """

    response: ClassVar[type] = str
    rule: ClassVar[str] = ""

    id: str
    kind: str
    stem: str
    explanation: str
    topic: str
    difficulty: Difficulty = "recall"
    fact_ids: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    other_sources: tuple[OtherSource, ...] = ()
    targets: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    template: str = ""

    def present(self, rng: Random) -> object:
        """Return what the template needs; nothing in it tells the key."""
        raise NotImplementedError

    def parse(self, form: FormData) -> R:
        """Read a response from a form, or raise `BadResponse` with what to do."""
        raise NotImplementedError

    def grade(self, response: R) -> Mark:
        """Mark a response."""
        raise NotImplementedError

    def solution(self) -> R:
        """Return the response that earns the full mark."""
        raise NotImplementedError

    def as_text(self, response: R) -> str:
        """Say a response in one line, for feedback, exports and statistics."""
        raise NotImplementedError
