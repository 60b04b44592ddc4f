"""Numbers as people write them."""

import math
import re
import unicodedata

SPACED = re.compile(r"(?<=\d)[\s'](?=\d{3}(?!\d))")
POINT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?|\d+\.")
COMMA = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)?,\d+|\d{1,3}(?:\.\d{3}){2,}")
ZERO_FIRST = re.compile(r"0+,\d{3}")
LONGEST = 40


def read_number(text: str) -> float | None:
    """Read a number with a decimal point or comma and thousands separators; ``None`` where there is none.

    A single comma before exactly three digits parts thousands (``1,234`` is 1234), unless a zero stands before it
    (``0,500`` is a half); a single point is always the decimal point. Exponents, infinities and words are refused.
    """
    if len(text) > LONGEST:
        return None
    plain = "".join(_ascii(sign) for sign in unicodedata.normalize("NFKC", text)).strip()
    sign = -1.0 if plain.startswith("-") else 1.0
    digits = SPACED.sub("", plain[1:].lstrip() if plain[:1] in ("-", "+") else plain)
    if not any(character.isdigit() for character in digits):
        return None
    if POINT.fullmatch(digits) and not ZERO_FIRST.fullmatch(digits):
        return _finite(sign, digits.replace(",", ""))
    if COMMA.fullmatch(digits):
        return _finite(sign, digits.replace(".", "").replace(",", "."))
    return None


def number_text(value: float) -> str:
    """Write a number without grouping and without a needless decimal part: ``66``, ``2.5``."""
    return str(int(value)) if value == int(value) else repr(value)


def _ascii(sign: str) -> str:
    """Turn the digits of every script, minus signs and quotes into plain ones."""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2019": "'"}.get(sign, sign)


def _finite(sign: float, digits: str) -> float | None:
    value = sign * float(digits)
    return value if math.isfinite(value) else None
