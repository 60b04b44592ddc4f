"""Cues that give the key away to somebody who knows nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator

from quizapp.core.entity import Entity
from quizapp.core.natural_order import natural
from quizapp.core.spelling import fold
from quizapp.generate.lint.flag import Finding, Rule
from quizapp.generate.lint.subject import Subject
from quizapp.generate.lint.words import STOP, contains, content_words, is_name, plain_words, words
from quizapp.question_types import Ordering, SingleChoice

LONGER = 1.25
WORDS_OF_A_LONG_KEY = 3
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")

# Names that tell a reader where their bearer is from, by their form alone.
NAME_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("china chinese", re.compile(r"^(?:xi|li|wang|zhang|hu|wen|zhou|deng|mao|jiang|liu|chen|zhao|zhu) \w+")),
    ("korea korean", re.compile(r"^(?:kim|park|lee|moon|yoon|ri|choe|choi) (?:\w+ )?\w+$")),
    ("russia russian soviet", re.compile(r"(?:ov|ev|ova|eva|putin|lavrov|yeltsin|in|sky|skiy)$")),
    ("serbia serbian croatia croatian bosnia bosnian slovenia slovenian montenegro", re.compile(r"ic$")),
    ("ukraine ukrainian belarus belarusian", re.compile(r"(?:enko|enka|chuk)$")),
    ("turkey turkiye turkish", re.compile(r"(?:oglu|dogan)$")),
    ("vietnam vietnamese", re.compile(r"^(?:nguyen|tran|pham|vo|le) ")),
    ("japan japanese", re.compile(r"(?:moto|zawa|shima|yama|kishida|abe|ishiba)$|^(?:shinzo|shigeru|fumio) ")),
    ("india indian", re.compile(r"(?:modi|singh|gandhi|nehru|kumar|shankar)$")),
    ("armenia armenian", re.compile(r"yan$")),
    ("georgia georgian", re.compile(r"(?:shvili|dze)$")),
)


def key_in_stem(subject: Subject) -> Iterator[Finding]:
    """Find the right answer standing in the stem, or the order standing in the items."""
    for text in subject.right:
        if contains(subject.stem, text):
            yield "stem", f'The stem contains the right answer "{text}".'
    if isinstance(subject.question, Ordering) and all(YEAR.search(item) for item in subject.question.items):
        yield "items", "Every item shows its year, so that the order can be read off."


def shared_word(subject: Subject) -> Iterator[Finding]:
    """Find a word of the stem that stands in right options only."""
    if not subject.wrong:
        return
    elsewhere = set().union(*(content_words(text) for text in subject.wrong))
    for text in subject.right:
        for word in sorted((content_words(text) & content_words(subject.stem)) - elsewhere):
            yield "stem", f'"{word}" stands in the stem and in the right answer, but in no other option.'


def nationality_cue(subject: Subject) -> Iterator[Finding]:
    """Find the only option whose name tells that it belongs to the country in the stem."""
    if not subject.wrong:
        return
    countries = (*_by_form(subject), *_by_fact(subject))
    pointed = [bearers for names, bearers in countries if _names_one(subject.stem, names)]
    if any(bearers & set(subject.wrong) for bearers in pointed):
        return
    for bearers in pointed:
        for text in sorted(bearers & set(subject.right)):
            yield "options", f'"{text}" is the only option whose name points to the country in the stem.'
            return


def _names_one(stem: str, names: list[str]) -> bool:
    """Say whether a stem holds one of the names; capitals count in abbreviations ("US" is not "us")."""
    return any(name in words(stem) if name.isupper() else contains(stem, name) for name in names)


def _by_form(subject: Subject) -> Iterator[tuple[list[str], set[str]]]:
    people = [text for text in (*subject.right, *subject.wrong) if is_name(text) and len(words(text)) > 1]
    for country, form in NAME_FORMS:
        yield country.split(), {text for text in people if form.search(fold(text))}


def _by_fact(subject: Subject) -> Iterator[tuple[list[str], set[str]]]:
    """Yield each country in which an option holds an office, with all options that do."""
    bearers: dict[str, set[str]] = defaultdict(set)
    countries: dict[str, Entity] = {}
    for text in (*subject.right, *subject.wrong):
        person = subject.entity(text)
        for country in subject.lexicon.led_by(person) if subject.lexicon and person else ():
            countries[country.id] = country
            bearers[country.id].add(text)
    for name, country in countries.items():
        yield [one for one in (country.label, *country.aliases, country.adjective) if one], bearers[name]


def key_longest(subject: Subject) -> Iterator[Finding]:
    """Find a key that is longer than every wrong option; a name is as long as it is."""
    if not isinstance(subject.question, SingleChoice):
        return
    key = subject.right[0]
    longest = max(len(text) for text in subject.wrong)
    if len(key) > LONGER * longest and len(words(key)) >= WORDS_OF_A_LONG_KEY and not _is_given(subject, key):
        yield "options", f'The right answer "{key}" is much longer than every other option.'


def _is_given(subject: Subject, text: str) -> bool:
    """Say whether a text is a name, or names a source, so that nobody chose how long it is."""
    return is_name(text) or any(label in text for label in subject.source_labels)


def convergence(subject: Subject) -> Iterator[Finding]:
    """Find a key that is put together of the parts that most options share."""
    if not isinstance(subject.question, SingleChoice) or len(subject.options) < WORDS_OF_A_LONG_KEY:
        return
    parts = {option.text: set(plain_words(option.text)) - STOP for option in subject.options}
    common = set.intersection(*parts.values())
    points = {text: sum(_others_with(word, text, parts) for word in own - common) for text, own in parts.items()}
    key = subject.right[0]
    sharers = {other for word in parts[key] - common for other in parts if other != key and word in parts[other]}
    shared = {word for word in parts[key] - common if _others_with(word, key, parts)}
    if len(shared) > 1 and len(sharers) > 1 and all(points[key] > points[text] for text in subject.wrong):
        yield "options", f'"{key}" is made of the parts that the other options share.'


def _others_with(word: str, text: str, parts: dict[str, set[str]]) -> int:
    return sum(word in own for other, own in parts.items() if other != text)


def option_in_stem(subject: Subject) -> Iterator[Finding]:
    """Find a wrong option that the stem names."""
    for place, option in enumerate(subject.options, start=1):
        if not option.correct and natural(option.text) is None and contains(subject.stem, option.text):
            yield f"option {place}", f'The stem itself names the wrong option "{option.text}".'


CUES: tuple[Rule, ...] = (
    Rule(
        name="key_in_stem",
        find=key_in_stem,
        reason="The question answers itself.",
        remedy="Describe the answer in the stem by something else.",
    ),
    Rule(
        name="shared_word",
        find=shared_word,
        reason="A word that only the stem and the right answer share points to the answer.",
        remedy="Use another word in the stem, or give the word to a wrong option as well.",
    ),
    Rule(
        name="nationality_cue",
        find=nationality_cue,
        reason="Who knows nothing can pick the name that sounds like the country.",
        remedy="Ask the other way round (person to country), let students match, or offer names of the same country.",
    ),
    Rule(
        name="key_longest",
        find=key_longest,
        reason="Guessers choose the longest option, because authors qualify what is right.",
        remedy="Shorten the right answer, or word the others as fully.",
    ),
    Rule(
        name="convergence",
        find=convergence,
        reason="Wrong options that each vary one part of the right answer point to what they have in common.",
        remedy="Vary the parts evenly, so that each appears equally often, or ask for one part only.",
    ),
    Rule(
        name="option_in_stem",
        find=option_in_stem,
        reason="An option that the stem names is crossed out, or chosen, without knowledge.",
        remedy="Take the name out of the stem or out of the options.",
    ),
)
