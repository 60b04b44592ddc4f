"""When two spellings are the same name, and when one is only near another name.

The steps are tried in the order of `STEPS`: compatibility forms and case, then spaces, hyphens, quotes, points and a
leading article, then accents, then one slip (Damerau-Levenshtein distance 1, Damerau 1964) in a name of five or more
letters, never in a token with a digit, and never where another entity's name is as near.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

Step = Literal["same", "signs", "accents", "slip"]

SHORTEST_WITH_A_SLIP = 5
HYPHENS = re.compile("[-\u2010-\u2015\u2212_/\u00ad]")
QUOTES = re.compile("['\"`\u00b4\u2018-\u201f\u2039\u203a\u00ab\u00bb\u02bb\u02bc]")
POINTS = re.compile(r"(?<!\d)[.,;:!?]+|[.,;:!?]+(?!\d)")
ARTICLE = re.compile(r"^(?:the|a|an) (?=\S)")
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"})


def same(text: str) -> str:
    """Fold compatibility forms and case; drop invisible characters; collapse white space."""
    if text.isascii():
        return " ".join(text.casefold().split())
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", shown.casefold()).split())


def signs(text: str) -> str:
    """Fold hyphens to spaces and drop quotes, points and a leading article."""
    bare = POINTS.sub(" ", HYPHENS.sub(" ", QUOTES.sub("", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", same(text)))))
    return ARTICLE.sub("", " ".join(bare.split()))


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold accents of Latin letters as well, the form in which names are compared: "Vučić" becomes "vucic"."""
    plain = signs(text)
    if plain.isascii():
        return plain
    kept: list[str] = []
    is_latin = False
    for sign in unicodedata.normalize("NFKD", plain):
        if not unicodedata.combining(sign):
            is_latin = unicodedata.name(sign, "").startswith("LATIN")
        elif is_latin:
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)).translate(LETTERS)


def same_name(one: str, other: str) -> bool:
    """Say whether two spellings differ in nothing but case, signs, spaces and accents."""
    return _joined(fold(one)) == _joined(fold(other))


def distance(one: str, other: str) -> int:
    """Count the slips between two spellings after folding: letters left out, added, changed or swapped."""
    return DamerauLevenshtein.distance(fold(one), fold(other))


def nearest(text: str, names: Iterable[str]) -> str | None:
    """Return the name with the fewest slips to the text, the first of equals."""
    return min(names, key=lambda name: distance(text, name), default=None)


def how_accepted(text: str, accepted: Sequence[str], rejected: Sequence[str] = ()) -> Step | None:
    """Return the first step at which the text is an accepted name, or ``None``.

    A text that a rejected name meets at the same step or an earlier one is not accepted.
    """
    for step, form in STEPS.items():
        given = form(text)
        if not given:
            return None
        if any(given == form(name) for name in rejected):
            return None
        if any(given == form(name) for name in accepted):
            return step
    return "slip" if _slipped(text, accepted, rejected) else None


def _joined(text: str) -> str:
    return text.replace(" ", "")


def _slipped(text: str, accepted: Sequence[str], rejected: Sequence[str]) -> bool:
    near = [distance(text, name) for name in accepted if _one_slip(text, name)]
    return bool(near) and all(distance(text, name) > min(near) for name in rejected)


def _one_slip(text: str, name: str) -> bool:
    words, digits = _tokens(text)
    name_words, name_digits = _tokens(name)
    long_enough = len(_joined(name_words)) >= SHORTEST_WITH_A_SLIP
    return long_enough and digits == name_digits and DamerauLevenshtein.distance(words, name_words) <= 1


def _tokens(text: str) -> tuple[str, list[str]]:
    """Part the words without a digit from the tokens with one, which must be exact."""
    tokens = [(fold(token), any(sign.isnumeric() for sign in token)) for token in text.split()]
    words = " ".join(token for token, has_digit in tokens if token and not has_digit)
    return ARTICLE.sub("", words), sorted(_joined(token) for token, has_digit in tokens if has_digit)


STEPS: dict[Step, Callable[[str], str]] = {
    "same": same,
    "signs": lambda text: _joined(signs(text)),
    "accents": lambda text: _joined(fold(text)),
}
