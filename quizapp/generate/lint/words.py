"""Words of a text, in the forms in which lint compares them."""

import re

from quizapp.core.spelling import fold


def listed(text: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(text.split())


STOP = listed(
    "a an and are as at be been between by did do does during for from had has have he her his how in into is it its "
    "of on one or she that the their them then there these they this those to was were what when where which who whom "
    "whose why will with would many much year years name named names following called according say says said give "
    "choose write put order number country leader person city state place event date report dispatch source about "
    "after before than more first last same other most time"
)
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
PLAIN = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['’]s\b")
QUOTED = re.compile(r'"[^"]*"|“[^”]*”|‘[^’]*’(?!\w)')
SENTENCE_END = re.compile(r"(?<=[.?!])[\"”]?\s+(?=[\"“A-Z0-9])")


def words(text: str) -> list[str]:
    """Return the words as they stand, hyphenated ones whole."""
    return WORD.findall(text)


def plain_words(text: str) -> list[str]:
    """Return the words folded, hyphenated ones apart, possessives dropped."""
    return PLAIN.findall(fold(POSSESSIVE.sub("", text)))


def content_words(text: str) -> set[str]:
    """Return the words that carry meaning, plural endings dropped."""
    return {stem(word) for word in plain_words(text) if word not in STOP and (len(word) > 2 or word.isdigit())}


def stem(word: str) -> str:
    """Drop a plural ending."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def contains(text: str, part: str) -> bool:
    """Say whether the words of ``part`` stand in ``text`` one after the other."""
    inner = plain_words(part)
    outer = plain_words(text)
    return bool(inner) and any(outer[at : at + len(inner)] == inner for at in range(len(outer) - len(inner) + 1))


def unquoted(text: str) -> str:
    """Leave out what stands in quotation marks."""
    return QUOTED.sub(" ", text)


def sentences(text: str) -> list[str]:
    """Split a text at the ends of its sentences."""
    return [sentence for sentence in SENTENCE_END.split(text.strip()) if sentence]


def is_name(text: str) -> bool:
    """Say whether a text looks like a proper name: capitals throughout, particles and numbers aside."""
    found = [
        word for word in words(text) if word.casefold() not in {"of", "the", "and", "de", "al", "bin", "van", "von"}
    ]
    return bool(found) and all(word[0].isupper() or word[0].isdigit() for word in found)


def found_words(text: str, listed: frozenset[str]) -> list[str]:
    """Return the listed words and phrases that stand in a text, outside quotation marks."""
    spaced = f" {' '.join(WORD.findall(unquoted(text).casefold()))} "
    return [phrase for phrase in sorted(listed) if f" {phrase} " in spaced]
