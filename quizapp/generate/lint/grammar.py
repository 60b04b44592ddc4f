"""Sentences that a template left broken."""

import re
from collections.abc import Iterator

from quizapp.generate.lint.flag import Finding, Rule
from quizapp.generate.lint.subject import Subject
from quizapp.generate.lint.words import QUOTED

VOWEL_SOUND = r"(?:[AIOaio]|[Ee](?!u|we)|[Uu](?!nanim|ni(?!n|m)|s[aeiu]|k|t[ie]|r[aiu]|ran|bi|ga))"
LETTERS_OR_ONE = r"(?!one\b|once\b|[A-Z]{2,}\b|U\.)"
A_BEFORE_VOWEL = re.compile(rf"\b[Aa] (?={LETTERS_OR_ONE}{VOWEL_SOUND}\w)")
A_BEFORE_NUMBER = re.compile(r"\b[Aa] (?=8|11(?:th)?\b|18(?:th)?\b)")
AN_BEFORE_CONSONANT = re.compile(
    r"\b[Aa]n (?=(?!hour|honest|honou?r|heir|herb|[A-Z]{2,}\b|[A-Z]\b|[A-Z][\W\d]|8|11|18)[^\W_AEIOUaeiou])"
)
AN_BEFORE_YOU = re.compile(
    r"\b[Aa]n (?=[Uu]nanim|[Uu]ni(?!n|m)|[Uu]s[aeiu]|[Ee]uro|one\b|once\b|[Uu]krain|[Uu]tili|ewe)"
)
A_BEFORE_LETTERS = re.compile(r"\ba (?=(?:[AEFHILMNORSX][A-Z]{1,4})\b)(?!(?:NATO|NASA|LED|LAN|SARS|RAM|ROM)\b)")
SLOT = re.compile(r"\{[^}]*\}|\{\{|\}\}|<[a-z_]+>|\[[a-z_]+\]|\b(?:None|null|nan|TODO|XXX)\b(?! of)|%s|\$\{?\w+")
DOUBLED = re.compile(r"\b(the|a|an|of|in|to|is|was|and|by|for|at|on|with) \1\b", re.IGNORECASE)
SPACING = re.compile(r" {2,}|\s[,;.?!](?!\w)|[,;](?=[^\W\d_])|\(\s|\s\)|[\t\n\r]")
STOPS = re.compile(r"(?<!\.)\.\.(?!\.)|,,|\?\?|!!|\?\.|\.\?|[,;:]\s*[.?!]")
POSSESSIVE = re.compile(r"['’]s['’]s|s['’]s['’]|['’]{2}")
ASKS = re.compile(
    r"^(?:(?:to|in|on|at|for|from|of|by|with|under|after|before|since|until|during|about|into|against) )?"
    r"(?:who|whom|whose|which|what|when|where|why|how)\b",
    re.IGNORECASE,
)
ASKS_LATER = re.compile(
    r", (?:(?:to|in|on|at|for|from|of|by|with) )?(?:who|whom|which|what|when|where|why|how many|how)\b"
)
PREPOSITION = re.compile(r"\b(?:in|of|by|from|to|with|for|at|on|against) ")
NAME_ENDS = re.compile(r"[,.?!;)]|$| and ")
BLANK = re.compile(r"_{2,}|…")
END = re.compile(r"[.?!:…_][\"'”’)]?$")
START = re.compile(r"^[\"'“‘(]?(?:[A-Z0-9À-ÖØ-ÞĀ-Ž_…]|al-)")


def broken_grammar(subject: Subject) -> Iterator[Finding]:
    """Find empty slots, wrong articles, doubled words, and sentences that do not begin or end as such."""
    for where, text in subject.texts:
        yield from ((where, message) for message in _broken(text))
    stem = subject.stem.strip()
    if not START.match(stem):
        yield "stem", "The stem does not begin with a capital letter."
    bare = QUOTED.sub("", stem)
    asks = ASKS.match(bare) or (ASKS_LATER.search(bare) and not subject.is_true_false and not BLANK.search(bare))
    if asks and "?" not in stem:
        yield "stem", "The stem asks, but has no question mark."
    elif not END.search(stem):
        yield "stem", "The stem does not end like a sentence."


def _broken(text: str) -> Iterator[str]:
    if SLOT.search(text):
        yield f'A gap of a template was not filled: "{_around(SLOT, text)}".'
    for pattern in (A_BEFORE_VOWEL, A_BEFORE_NUMBER, A_BEFORE_LETTERS):
        if pattern.search(text):
            yield f'"{_around(pattern, text)}" needs "an".'
    for pattern in (AN_BEFORE_CONSONANT, AN_BEFORE_YOU):
        if pattern.search(text):
            yield f'"{_around(pattern, text)}" needs "a".'
    if DOUBLED.search(text):
        yield f'A word stands twice: "{_around(DOUBLED, text)}".'
    if SPACING.search(text):
        yield f'A space is missing or too much: "{_around(SPACING, text)}".'
    if STOPS.search(text) or POSSESSIVE.search(text):
        yield "Two signs stand where one belongs."


def _around(pattern: re.Pattern[str], text: str) -> str:
    """Return what was found with the word after it."""
    found = pattern.search(text)
    if found is None:
        return ""
    rest = text[found.end() :].split(maxsplit=1)
    return (found[0] + (rest[0] if rest else "")).strip()


def missing_article(subject: Subject) -> Iterator[Finding]:
    """Find a name that takes "the" after a preposition without it."""
    for where, text in subject.texts if subject.lexicon else ():
        for found in PREPOSITION.finditer(text):
            rest = text[found.end() :]
            for entity in subject.lexicon.with_article(rest) if subject.lexicon else ():
                if rest.startswith(entity.label) and NAME_ENDS.match(rest, len(entity.label)):
                    yield where, f'"{entity.label}" needs "the" before it.'


GRAMMAR: tuple[Rule, ...] = (
    Rule(
        name="broken_grammar",
        find=broken_grammar,
        reason="A broken sentence distracts, and often gives the key away (an option that does not fit the article).",
        remedy="Read the sentence aloud and mend it.",
    ),
    Rule(
        name="missing_article",
        find=missing_article,
        reason='Some names take "the" in a sentence: the United States, the DF-26.',
        remedy='Put "the" before the name.',
        needs_facts=True,
    ),
)
