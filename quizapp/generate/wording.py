"""The grammar of stems: articles, possessives, verbs that agree, dates and numbers as words."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from quizapp.core.entity import Entity

SILENT_H = ("heir", "honest", "honour", "honor", "hour")
SOUNDS_LIKE_YOU = re.compile(r"uni(?![mn]|d[^o])|eu|us[aeiu]|ut[ei]|one\b|once\b|ur[aeiu]", re.IGNORECASE)
SPELT_OUT = set("AEFHILMNORSX")
SHOWS_NOTHING = ("noun", "which", "when", "word")
SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
CHOICE = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
NAMED_BY_LEVEL = ("place", "weapon", "event")
KIND_NOUNS = {"organisation": "organisation", "era": "period", "group": "group"}


class Words(msgspec.Struct, frozen=True):
    """A text as it stands in a sentence, with the grammar that other words follow from."""

    text: str
    plural: bool = False
    noun: str = ""


def with_article(text: str) -> str:
    """Put "a" or "an" before a text, by its sound."""
    first = re.split(r"[\s-]", text, maxsplit=1)[0]
    return f"{'an' if _sounds_open(first, text) else 'a'} {text}"


def _sounds_open(first: str, text: str) -> bool:
    digits = re.match(r"\d+", first)
    if digits:
        return digits[0].startswith("8") or digits[0] in ("11", "18")
    if first.isupper() and 1 < len(first) <= 3:
        return first[0] in SPELT_OUT
    if first.lower().startswith(SILENT_H):
        return True
    return first[:1].lower() in set("aeiou") and not SOUNDS_LIKE_YOU.match(text)


def possessive(words: Words) -> str:
    """Make a possessive: "the leaders’", "Xi Jinping’s"."""
    return f"{words.text}’" if words.plural and words.text.endswith("s") else f"{words.text}’s"


def listed(texts: Sequence[str]) -> str:
    """Join texts as a sentence does: "a, b and c"."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def named(entity: Entity) -> Words:
    """Put an entity in a sentence, with "the" where its name takes one."""
    noun = entity.level if entity.kind in NAMED_BY_LEVEL and entity.level else entity.kind
    text = f"the {entity.label}" if entity.article else entity.label
    return Words(text, plural=entity.plural, noun=KIND_NOUNS.get(noun, noun))


FORMS: dict[str, Callable[[Words], str]] = {
    "": lambda words: words.text,
    "a": lambda words: with_article(words.text),
    "the": lambda words: words.text if words.text[:1].isupper() else f"the {words.text}",
    "s": possessive,
    "noun": lambda words: words.noun,
    "on": lambda words: f"{'in' if words.text.isdigit() else 'on'} {words.text}",
    "which": lambda words: "who" if words.noun == "person" else f"which {words.noun}",
    "word": lambda words: "words" if " " in words.text else "word",
    "when": lambda words: f"{'in' if words.text.isdigit() else 'on'} which {words.noun}",
    "was": lambda words: "were" if words.plural else "was",
    "is": lambda words: "are" if words.plural else "is",
    "has": lambda words: "have" if words.plural else "has",
    "says": lambda words: "say" if words.plural else "says",
    "does": lambda words: "do" if words.plural else "does",
}


def slots_of(pattern: str) -> tuple[str, ...]:
    """Name the slots whose content a pattern shows."""
    return tuple(dict.fromkeys(name for name, form in SLOT.findall(pattern) if form not in SHOWS_NOTHING))


def fill(pattern: str, slots: Mapping[str, Words], *, is_planned: bool = False) -> str:
    """Fill ``{slot}`` and ``{slot:form}``; of ``[done|planned]`` keep the half that fits."""
    chosen = CHOICE.sub(lambda found: found[2 if is_planned else 1], pattern)
    return SLOT.sub(lambda found: FORMS[found[2] or ""](slots[found[1]]), chosen)


def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def ordinal(number: float) -> str:
    """Write 80 as "80th"."""
    whole = int(number)
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{ending}"


def figure(number: float) -> str:
    """Write a number as pages show it; years have no separator."""
    if number != int(number):
        return f"{number:g}"
    return f"{int(number):,}" if abs(number) >= 10_000 else str(int(number))


def day(value: str) -> str:
    """Write an ISO day, month or year as "3 September 2025", "September 2025" or "2025"; leave other texts alone."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    if not found or not found[2]:
        return value
    first = datetime.date(int(found[1]), int(found[2]), int(found[3] or 1))
    return f"{first.day} {first:%B %Y}" if found[3] else f"{first:%B %Y}"


def clock(value: str) -> str:
    """Write "09:00" as "9 a.m."; leave other texts alone."""
    found = re.fullmatch(r"(\d?\d):(\d\d)", value)
    if not found:
        return value
    hour, minute = int(found[1]), found[2]
    minutes = "" if minute == "00" else f":{minute}"
    return f"{(hour - 1) % 12 + 1}{minutes} {'a.m.' if hour < 12 else 'p.m.'}"
