"""Proving from a copy of a source that each fact's people, names, words and numbers stand in what it cites."""

import datetime
import re
from collections.abc import Iterator, Sequence

import msgspec

from quizapp.core.bank import Bank
from quizapp.core.fact import Fact, Value
from quizapp.core.fact_types import FACT_TYPES, Role
from quizapp.core.passage import locate, normalise, paragraphs

NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


class Unsupported(msgspec.Struct, frozen=True, kw_only=True):
    """A filler of a role that stands in none of the passages that its fact cites."""

    fact_id: str
    role: str
    filler: str


def unsupported(bank: Bank, source_id: str, text: str) -> list[Unsupported]:
    """Return every filler of a source's facts that no cited passage of the copy holds.

    Passages are the citations and the antecedents. An entity stands there by its label, an alias, or the adjective of
    a country; a text only where its role is verbatim; a number in digits or as a word; a date by its day, its year, or
    the name of its weekday. A derived fact is proven by its formula instead, and a document speaks for itself.
    """
    copy = paragraphs(text)
    facts = [fact for fact in bank.facts.values() if fact.source == source_id and fact.derived is None]
    return [missing for fact in facts for missing in _unsupported(bank, fact, copy)]


def _unsupported(bank: Bank, fact: Fact, copy: Sequence[str]) -> Iterator[Unsupported]:
    passages = " | ".join(_passages(fact, copy))
    for name, role in FACT_TYPES[fact.type].roles.items():
        value = fact.roles.get(name)
        for filler in value if isinstance(value, tuple) else () if value is None else (value,):
            forms = [fact.printed[name]] if name in fact.printed else surface_forms(bank, role, filler)
            if forms and not any(_stands(form, passages) for form in forms):
                yield Unsupported(fact_id=fact.id, role=name, filler=str(filler))


def _passages(fact: Fact, copy: Sequence[str]) -> Iterator[str]:
    """Yield the passages of a fact that stand in the copy, character by character."""
    for citation in (*fact.citations, *fact.antecedents):
        place = locate(citation, copy)
        if place.is_exact and place.paragraph and place.start is not None and place.length:
            yield copy[place.paragraph - 1][place.start : place.start + place.length]


def surface_forms(bank: Bank, role: Role, filler: Value) -> list[str]:
    """Return how a filler may stand in a text, or nothing where it need not stand there."""
    if role.kinds[0] in ("text", "quote"):
        return [str(filler)] if role.verbatim or role.kinds[0] == "quote" else []
    if role.kinds[0] == "number":
        return _number_forms(float(str(filler)))
    if role.kinds[0] == "date":
        return _date_forms(str(filler))
    if role.kinds[0] == "clock":
        return _clock_forms(str(filler))
    entity = bank.entities[str(filler)]
    if entity.kind == "document":
        return []
    names = [entity.label, *entity.aliases, *([entity.adjective] if entity.adjective else [])]
    return [*names, *([entity.short.removeprefix("the ")] if entity.short else [])]


def _number_forms(number: float) -> list[str]:
    digits = f"{number:g}"
    word = NUMBER_WORDS[int(number)] if number.is_integer() and 0 <= number < len(NUMBER_WORDS) else digits
    return [digits, f"{digits}th", word]


def _date_forms(text: str) -> list[str]:
    if re.fullmatch(r"\d{4}", text):
        return [text]
    day = datetime.date.fromisoformat(text)
    month = f"{day:%B}"
    return [text, f"{month} {day.day}", f"{day.day} {month}", f"{day:%A}"]


def _clock_forms(text: str) -> list[str]:
    time = datetime.time.fromisoformat(text)
    half = "a.m." if time.hour < 12 else "p.m."
    twelve = f"{(time.hour - 1) % 12 + 1}" + (f":{time.minute:02}" if time.minute else "")
    return [text, f"{time:%H%M}GMT", f"{twelve} {half}", f"{twelve}{half}"]


def _stands(form: str, passages: str) -> bool:
    """Say whether a form stands in passages as whole words, whatever its case."""
    return re.search(rf"(?<!\w){re.escape(normalise(form))}(?!\w)", passages, re.IGNORECASE) is not None
