"""Texts that have an order of their own: numbers, years, dates and clock times."""

import re

from quizapp.core.numbers import read_number

FIRST_HALF = ("january", "february", "march", "april", "may", "june")
SECOND_HALF = ("july", "august", "september", "october", "november", "december")
MONTHS = {name: number for number, name in enumerate((*FIRST_HALF, *SECOND_HALF), start=1)}
DAY_MONTH = re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[a-z]+)(?:,? (?P<year>\d{4}))?")
MONTH_DAY = re.compile(r"(?P<month>[a-z]+) (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?")
MONTH_YEAR = re.compile(r"(?P<month>[a-z]+) (?P<year>\d{4})(?P<day>)")
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap]\.?m\.?)?(?: (?:gmt|utc|local time))?")
QUANTITY = re.compile(r"(?P<number>[-+]?\d[\d.,' ]*\d|\d)(?P<unit>(?: ?[a-z%°]+){0,3})")

Natural = tuple[str, tuple[float, ...]]


def natural(text: str) -> Natural | None:
    """Return the kind of a text that has a natural order ("date", "clock", "number …") and its place in it."""
    plain = " ".join(text.casefold().split()).rstrip(".")
    for pattern in (DAY_MONTH, MONTH_DAY, MONTH_YEAR):
        found = pattern.fullmatch(plain)
        if found and found["month"] in MONTHS:
            return "date", (float(found["year"] or 0), float(MONTHS[found["month"]]), float(found["day"] or 0))
    clock = CLOCK.fullmatch(plain)
    if clock and (clock["minute"] or clock["half"]):
        afternoon = 12 if (clock["half"] or "").startswith("p") else 0
        return "clock", (
            float(int(clock["hour"]) % (12 if clock["half"] else 24) + afternoon),
            float(clock["minute"] or 0),
        )
    quantity = QUANTITY.fullmatch(plain)
    value = read_number(quantity["number"]) if quantity else None
    if quantity is None or value is None:
        return None
    return f"number {quantity['unit'].strip().removesuffix('s')}".strip(), (value,)


def natural_order(texts: tuple[str, ...]) -> tuple[tuple[float, ...], ...] | None:
    """Return the places of all texts where every one has a natural order of the same kind, else ``None``."""
    found = [natural(text) for text in texts]
    places = [place for place in found if place is not None]
    if len(places) < len(texts) or len({kind for kind, _ in places}) != 1:
        return None
    return tuple(place for _, place in places)
