"""Who and what facts are about: people, countries, weapons, events."""

from typing import Literal

import msgspec

EntityKind = Literal[
    "person", "country", "organisation", "event", "place", "weapon", "outlet", "document", "group", "era"
]


class Attribute(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A dated property of an entity with the source it was taken from."""

    name: str
    value: str
    valid_from: str | None = None
    valid_to: str | None = None
    as_of: str | None = None
    source: str | None = None


class Entity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A thing with one spelling for display and every spelling accepted in answers.

    ``label`` is what pages show. ``short`` is the form inside a running sentence where it differs ("Putin").
    ``article`` says whether the label takes "the" in a sentence ("the United States", "the DF-26").
    ``adjective`` is the country's ("Serbian"). ``level`` keeps options alike: "head of government", "city", "missile".
    ``part_of`` names the entity that contains this one: Tiananmen Square is part of Beijing.
    """

    id: str
    kind: EntityKind
    label: str
    aliases: tuple[str, ...] = ()
    short: str | None = None
    article: bool = False
    plural: bool = False
    adjective: str | None = None
    level: str | None = None
    part_of: str | None = None
    attributes: tuple[Attribute, ...] = ()
