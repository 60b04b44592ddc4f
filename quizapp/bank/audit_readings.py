"""What a fact says, read anew for the audit: its fillers as texts, its numbers as spans, its words in a stem."""

import datetime
import math
import re
from collections.abc import Iterator

from quizapp.bank.ledger import Ledger
from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES, MAGNITUDES
from quizapp.core.natural_order import natural
from quizapp.core.numbers import number_text, read_number
from quizapp.core.spelling import fold

Span = tuple[float, float]
Reading = tuple[Fact, str]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# What can be asked of a fact beside its roles: who says it, how another source stands to it, when it was.
SEEN = ("source", "stance", "when")
FLOORS = (24, 100, 1_000, 10_000, 100_000, 1_000_000)
ACCORDING = re.compile(r"[Aa]ccording to .*?(?:, cited in [^,?]*?)?(?:,|(?=\\?$)|(?=\\.$))|, according to .*$")
POSSESSIVE = re.compile("['’]s?(?!\\w)")
BETWEEN = re.compile(r"(?:between |from )?(?P<low>\d[\d,]*) (?:and|to) (?P<high>\d[\d,]*)")
LEAST = re.compile(r"(?P<word>more than|over|at least) (?P<edge>\d[\d,]*)")
MOST = re.compile(r"(?P<word>fewer than|less than|under|at most|up to) (?P<edge>\d[\d,]*)")


def readings(ledger: Ledger, targets: tuple[str, ...]) -> list[Reading]:
    """Return the facts and roles that a question's targets name; unknown ones are left out."""
    found = [target.rpartition(".") for target in targets]
    return [
        (ledger.facts[fact_id], role)
        for fact_id, _, role in found
        if fact_id in ledger.facts and (role in SEEN or role in FACT_TYPES[ledger.facts[fact_id].type].roles)
    ]


def fillers(ledger: Ledger, fact: Fact, role: str) -> list[list[str]]:
    """Return for each filler of a role every text that means it, the first one to display."""
    value = fact.roles.get(role)
    kinds = FACT_TYPES[fact.type].roles[role].kinds
    return [
        list(_forms(ledger, kinds, one)) for one in (value if isinstance(value, tuple) else (value,)) if one is not None
    ]


def _forms(ledger: Ledger, kinds: tuple[str, ...], value: str | int | float) -> Iterator[str]:
    if isinstance(value, int | float):
        yield from (number_text(float(value)), f"{value:,}")
        return
    entity = ledger.entities.get(value)
    if entity and entity.kind in kinds:
        yield from (entity.label, *entity.aliases, *((entity.short,) if entity.short else ()))
        return
    if kinds[0] == "date" and len(value) > 4:
        date = datetime.date.fromisoformat(value)
        yield from (f"{date.day} {MONTHS[date.month - 1]} {date.year}", f"{date.day} {MONTHS[date.month - 1]}")
        return
    if kinds[0] == "clock":
        clock = datetime.time.fromisoformat(value)
        half = "p.m." if clock.hour >= 12 else "a.m."
        minutes = f":{clock.minute:02}" if clock.minute else ""
        yield from (f"{(clock.hour - 1) % 12 + 1}{minutes} {half}", value)
        return
    yield value


def says(ledger: Ledger, fact: Fact, role: str, text: str) -> bool:
    """Say whether a text is a filler of a role."""
    plain = fold(text)
    kind = FACT_TYPES[fact.type].roles[role].kinds[0]
    if kind == "number":
        return span(text) == stated_span(fact, role)
    if any(plain == fold(form) for forms in fillers(ledger, fact, role) for form in forms):
        return True
    stated = [natural(forms[0]) for forms in fillers(ledger, fact, role)]
    return kind in ("date", "clock") and natural(text) in stated


def bare(stem: str) -> str:
    """Leave out of a stem who says so."""
    return ACCORDING.sub(" ", stem)


def without_source(ledger: Ledger, fact: Fact, stem: str) -> str:
    """Leave the label of a fact's source out of a text: who reports a view need not hold it."""
    label = ledger.sources[fact.source].label
    return re.sub(f"{re.escape(label)}|{re.escape(label.split(' of ')[0])}", " ", stem, flags=re.IGNORECASE)


def stands_in(ledger: Ledger, fact: Fact, role: str, text: str) -> bool:
    """Say whether every filler of a role can be read in a text, by any of its names or its country's adjective."""
    plain = _spaced(text)
    named = [forms + _adjectives(ledger, fact, role) for forms in fillers(ledger, fact, role)]
    return all(any(_spaced(form) in plain for form in forms) for forms in named)


def _spaced(text: str) -> str:
    """Fold a text without possessive endings, so that whole words can be found in it."""
    return f" {fold(POSSESSIVE.sub('', text))} "


def _adjectives(ledger: Ledger, fact: Fact, role: str) -> list[str]:
    entity = ledger.entities.get(str(fact.roles.get(role)))
    return [entity.adjective] if entity and entity.adjective else []


def names_source(ledger: Ledger, fact: Fact, text: str) -> bool:
    """Say whether a text names the source of a fact by its label, with or without its date."""
    label = fold(ledger.sources[fact.source].label)
    return label.split(" of ")[0] in fold(text)


def siblings(ledger: Ledger, fact: Fact, role: str, *, one_source: bool) -> list[Fact]:
    """Return the facts, this one included, that agree with it in type and in every role but one."""
    found = ledger.agreeing(fact, role)
    return [other for other in found if other.source == fact.source] if one_source else found


def stated_span(fact: Fact, role: str) -> Span | None:
    """Return the numbers that a stated quantity allows: one, or all above its bound."""
    if fact.quantity is None:
        value = fact.roles.get(role)
        return (float(value), float(value)) if isinstance(value, int | float) else None
    value = fact.quantity.value
    match fact.quantity.bound:
        case ">":
            return math.nextafter(value, math.inf), math.inf
        case ">=":
            return value, math.inf
        case "~":
            return value * 0.75, value * 1.25
    return value, value


def span(text: str) -> Span | None:
    """Return the numbers that an option allows: "66", "more than 20", "between 10 and 20", "hundreds"."""
    plain = " ".join(text.casefold().split())
    if plain in MAGNITUDES or plain == "millions":
        place = (*MAGNITUDES, "millions").index(plain)
        return FLOORS[place], (*FLOORS, math.inf)[place + 1] - 1
    between = BETWEEN.fullmatch(plain)
    if between:
        return _number(between["low"]), _number(between["high"])
    least, most = LEAST.fullmatch(plain), MOST.fullmatch(plain)
    if least:
        edge = _number(least["edge"])
        return (edge if least["word"] == "at least" else math.nextafter(edge, math.inf)), math.inf
    if most:
        edge = _number(most["edge"])
        return -math.inf, (edge if most["word"] in ("at most", "up to") else math.nextafter(edge, -math.inf))
    exact = natural(text)
    return (exact[1][0], exact[1][0]) if exact and exact[0].startswith("number") else None


def _number(text: str) -> float:
    return read_number(text) or 0.0


def meet(one: Span, other: Span) -> bool:
    """Say whether some number lies in both spans."""
    return max(one[0], other[0]) <= min(one[1], other[1])
