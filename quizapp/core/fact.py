"""One thing that a source says, typed and cited."""

from typing import Literal

import msgspec

from quizapp.core.citation import Citation

Value = str | int | float | tuple[str, ...]
Bound = Literal["=", ">", ">=", "~"]
Modality = Literal["asserted", "planned", "reported", "claimed"]


class Quantity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A number as the source gives it: "more than 20" is the bound ``>`` and the value 20, never the value 20."""

    value: float
    unit: str = ""
    bound: Bound = "="


class Derivation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a derived value follows from other facts: ``formula`` is a name of `quizapp.core.derivation`."""

    formula: str
    inputs: tuple[str, ...]


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A proposition of one source.

    ``type`` is a name in `quizapp.core.fact_types.FACT_TYPES`, which declares the ``roles``. A role's value is an
    entity id, a tuple of entity ids, a text, or a number, as the type declares. ``holds`` is the polarity: false for
    "was not part of". ``attribution`` is the entity that holds an opinion or claim, ``via`` the outlet that it spoke
    to. ``complete`` says that the source itself closes the set ("the only Western leaders").

    ``statement`` is the fact as one full sentence of our own, naming whoever claims it. ``context`` is one or two
    sentences of our own that teach what stands around it; they never repeat the statement.

    ``antecedents`` are passages of the same source that tell whom a bare name ("Kim") or "the parade" means.
    ``printed`` gives a role's text as the source prints it, where that is a slip of the pen ("Prime Minster").
    """

    id: str
    type: str
    source: str
    topic: str
    roles: dict[str, Value]
    statement: str
    context: str
    citations: tuple[Citation, ...] = ()
    antecedents: tuple[Citation, ...] = ()
    printed: dict[str, str] = {}
    holds: bool = True
    modality: Modality = "asserted"
    attribution: str | None = None
    via: str | None = None
    time: str | None = None
    quantity: Quantity | None = None
    complete: bool = False
    derived: Derivation | None = None
    status: Literal["draft", "checked"] = "checked"


Stance = Literal["agrees", "qualifies", "contradicts", "announces"]


class Comparison(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How two facts of different sources stand to each other.

    ``stance`` is of ``other`` towards ``fact``: it agrees, qualifies (differs in strength or detail), contradicts (both
    cannot hold), or announces (speaks before the event of what the fact reports as done). ``note`` says in our own
    words wherein they differ. ``topic`` is that of the questions which compare the two, unless it is the fact's.
    """

    fact: str
    other: str
    stance: Stance
    note: str
    topic: str | None = None
