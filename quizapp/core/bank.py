"""A bank: sources, entities, facts, how facts of different sources compare, and tables of reference."""

import msgspec

from quizapp.core.entity import Entity
from quizapp.core.fact import Comparison, Fact
from quizapp.core.reference import Reference
from quizapp.core.source import Source


class Topic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject that a quiz can be about; ``id`` stands in its address."""

    id: str
    title: str
    description: str


class Closure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The editor's word that every filler of one role in one source is a fact of the bank.

    It makes "which of these does the report name as …" answerable: an entity of the bank that is not in the set is not
    named by that source in that role. ``given`` fixes the other roles, for example ``{"event": "parade-2025"}``.
    """

    source: str
    type: str
    role: str
    given: dict[str, str]


class Bank(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that `question_bank/` says, by id, in the order of the files."""

    topics: dict[str, Topic]
    sources: dict[str, Source]
    entities: dict[str, Entity]
    facts: dict[str, Fact]
    comparisons: tuple[Comparison, ...] = ()
    closures: tuple[Closure, ...] = ()
    reference: dict[str, Reference] = {}
