"""Which facts there can be: the roles of each type and the directions in which a role is unique."""

import msgspec


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What may fill a role: kinds of entity, or one of ``text``, ``quote``, ``number``, ``date``, ``clock``.

    A ``date`` is a day or a year alone, as ISO 8601 ("2025-09-03", "2015"); a ``clock`` is "09:00". A ``verbatim`` text
    stands in the cited passage as it is; any other text is our own wording.
    """

    kinds: tuple[str, ...]
    many: bool = False
    optional: bool = False
    verbatim: bool = False


class FactType(msgspec.Struct, frozen=True, kw_only=True):
    """A type of fact.

    ``unique`` maps a role to the roles that determine it: when those are given, one value at most is true, so any other
    value is wrong. A role that is missing there can only be asked with its source named in the stem.
    """

    roles: dict[str, Role]
    unique: dict[str, tuple[str, ...]] = {}


def one(*kinds: str) -> Role:
    """Name a role with one filler."""
    return Role(kinds=kinds)


def word_for_word(*kinds: str) -> Role:
    """Name a role with one filler that is taken from the source as it stands."""
    return Role(kinds=kinds, verbatim=True)


def some(*kinds: str) -> Role:
    """Name a role with one filler that may be left out."""
    return Role(kinds=kinds, optional=True)


def many(*kinds: str) -> Role:
    """Name a role with a tuple of fillers."""
    return Role(kinds=kinds, many=True)


# a document says what stands in it and nobody else is said to say.
ACTOR = ("person", "country", "organisation", "outlet", "group", "document")

FACT_TYPES: dict[str, FactType] = {
    # person is the office ("Prime Minister") of a country or organisation, at the time of the source.
    "holds_office": FactType(
        roles={"person": one("person"), "office": word_for_word("text"), "of": one("country", "organisation")},
        unique={"person": ("office", "of"), "of": ("person", "office")},
    ),
    # who came to an event; ``holds = false`` for a stated absence.
    "attendance": FactType(roles={"who": one("person", "country", "organisation", "group"), "event": one("event")}),
    # the source says "only": ``group`` in our words ("Western leaders"), with ``complete = true``.
    "only_attendees": FactType(
        roles={"event": one("event"), "group": one("text"), "members": many("person", "country")}
    ),
    "host": FactType(roles={"event": one("event"), "host": one("person", "country")}, unique={"host": ("event",)}),
    "event_date": FactType(roles={"event": one("event"), "date": one("date")}, unique={"date": ("event",)}),
    # ``clock`` is local time, ``gmt`` the same moment in Greenwich time where the source gives it too.
    "event_time": FactType(
        roles={"event": one("event"), "clock": one("clock"), "gmt": some("clock")},
        unique={"clock": ("event",), "gmt": ("event",)},
    ),
    # unique within one level of place: one city, one square.
    "event_place": FactType(roles={"event": one("event"), "place": one("place")}, unique={"place": ("event",)}),
    "event_name": FactType(roles={"event": one("event"), "name": word_for_word("text")}),
    # the event marks ``years`` (the fact's quantity) since ``of``.
    "anniversary": FactType(
        roles={"event": one("event"), "of": one("event"), "years": one("number")},
        unique={"years": ("event", "of")},
    ),
    # "the first time that …": ``what`` is a phrase that finishes "the first time that <who> …".
    "first_time": FactType(roles={"who": many("person", "country"), "what": one("text")}),
    # "the first … in N years": ``what`` finishes "<who> …", ``years`` is the fact's quantity.
    "first_in_years": FactType(
        roles={"who": one("person", "country", "group"), "what": one("text"), "years": one("number")},
        unique={"years": ("who", "what")},
    ),
    # a year that follows by a stated sum: ``event`` is a phrase ("the last visit of … before …").
    "derived_year": FactType(roles={"event": one("text"), "year": one("number")}, unique={"year": ("event",)}),
    # a number that follows by a stated sum: ``what`` finishes "How many <unit> …?" ("lie between … and …"); the unit
    # stands in the fact's quantity.
    "derived_number": FactType(roles={"what": one("text"), "number": one("number")}, unique={"number": ("what",)}),
    "nickname": FactType(
        roles={"thing": one("weapon", "person", "place", "document", "group"), "nickname": word_for_word("text")},
        unique={"thing": ("nickname",), "nickname": ("thing",)},
    ),
    "thing_kind": FactType(roles={"thing": one("weapon"), "kind": one("text")}, unique={"kind": ("thing",)}),
    # what was shown or unveiled at an event.
    "display": FactType(roles={"event": one("event"), "thing": one("weapon")}),
    # how many: ``of`` is a plural phrase ("troops reviewed at the parade"), the number is the fact's quantity.
    "count": FactType(roles={"of": one("text"), "event": some("event"), "number": one("number")}),
    # how many, as an order of magnitude: ``amount`` is one of MAGNITUDES, ``of`` as in count.
    "magnitude": FactType(
        roles={"of": one("text"), "event": some("event"), "amount": word_for_word("text")},
        unique={"amount": ("of",)},
    ),
    # words of a named speaker, at most 8, taken as they stand; ``about`` in our words ("Xi's aim").
    "quote": FactType(roles={"speaker": one(*ACTOR), "words": one("quote"), "about": one("text")}),
    # ``claim`` finishes "<holder> says that …", in our own words.
    "claim": FactType(roles={"holder": one(*ACTOR), "claim": one("text")}),
    # who spoke to, wrote in or posted on which outlet; ``matter`` finishes "spoke about …".
    "told": FactType(roles={"speaker": one(*ACTOR), "outlet": one("outlet"), "matter": one("text")}),
    # where a report takes something from: ``what`` is a noun phrase ("the photograph of …").
    "credited": FactType(roles={"what": one("text"), "to": one(*ACTOR)}, unique={"to": ("what",)}),
    # a property that the source states: ``trait`` finishes "<who> …" ("is still fighting in Ukraine"), with the same
    # text for all who share it; a closure on ``who`` with the trait given says that the source names nobody else.
    "trait": FactType(
        roles={"who": one("person", "country", "organisation", "outlet", "place", "event"), "trait": one("text")}
    ),
    # what an abbreviation stands for.
    "abbreviation": FactType(
        roles={"organisation": one("organisation"), "letters": word_for_word("text")},
        unique={"organisation": ("letters",), "letters": ("organisation",)},
    ),
    # where and on which day a document says that it was written.
    "dateline": FactType(
        roles={"document": one("document"), "place": one("place"), "date": one("date")},
        unique={"place": ("document",), "date": ("document",)},
    ),
    "affiliation": FactType(
        roles={"person": one("person"), "position": one("text"), "organisation": some("organisation", "outlet")}
    ),
    "family": FactType(
        roles={"person": one("person"), "relative": one("person"), "relation": one("text")},
    ),
    "travel": FactType(
        roles={"person": one("person"), "means": some("text"), "to": some("country", "place"), "day": some("date")}
    ),
    # how large: ``extent`` finishes "<event> was …" ("the largest in years").
    "scale": FactType(roles={"event": one("event"), "extent": one("text")}),
    # did not come about: ``what`` names it ("a formal three-way summit of …"), with ``holds = false``.
    "occurrence": FactType(roles={"what": one("text"), "event": some("event")}),
    # an event belongs to another, or came before it: ``order`` is "during", "before", "after".
    "sequence": FactType(roles={"event": one("event"), "order": one("text"), "other": one("event")}),
    # one thing is a member or part of another (reference tables).
    "membership": FactType(roles={"member": one("country"), "organisation": one("organisation")}),
}

# Orders of magnitude, in their natural order.
MAGNITUDES = ("dozens", "hundreds", "thousands", "tens of thousands", "hundreds of thousands")
