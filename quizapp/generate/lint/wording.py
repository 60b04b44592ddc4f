"""Words that mislead, judge, or say nothing."""

import re
from collections.abc import Iterator

from quizapp.generate.lint.flag import Finding, Rule
from quizapp.generate.lint.options import SUMMARY
from quizapp.generate.lint.subject import Subject
from quizapp.generate.lint.words import contains, found_words, listed, sentences, unquoted, words

LONGEST_STEM = 28
HARDEST_STEM = 18.0
UNNAMED = re.compile(
    r"\b(?:the|this) (?:article|text|passage|story|piece|report|dispatch|source|author|reporter|journalist|writer)\b"
    r"(?! (?:of|by|from|on|about|in|for|that)\b)",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\b(?:not|never|except|neither|nor|cannot|nobody|no one|none|incorrect|untrue)\b|"
    r"n['’]t\b|\bno (?=[a-z])|\bleast (?!at\b)",
    re.IGNORECASE,
)
PERMITTED_NEGATIVE = re.compile(r"\b(?:whether or not|not only|at least|no (?:more|fewer|less) than)\b", re.IGNORECASE)
ABSOLUTE = listed(
    "always never all every everyone everybody everything nobody nothing entirely completely totally absolutely "
    "invariably impossible only forever undoubtedly certainly"
)
PERMITTED_ABSOLUTE = re.compile(r"\b(?:all that apply|not only|first of all|above all|at all)\b", re.IGNORECASE)
PERMITTED_IN = {"compare_reports": ("only", "all")}
VAGUE = listed(
    "some several various numerous often sometimes usually frequently generally rarely occasionally seldom normally "
    "typically recently nowadays currently soon lately probably possibly perhaps somewhat fairly rather quite "
    "significantly considerable considerably etc"
) | {"a lot", "a few", "lots of", "many of", "these days", "and so on", "kind of", "sort of", "a number of"}
EVALUATION = re.compile(
    r"\b(?:reclusive|authoritarian|brutal|ruthless|notorious|infamous|tyrannical|tyrant|despotic|despot|dictator|evil|"
    r"heroic|shocking|unprecedented|rogue|so-called|radical|extremist|fanatical|controversial|dubious|iconic|brilliant|"
    r"cutting-edge|choreographed|defiant|bold|aggressive|hardline|corrupt|shameful|disastrous|historic|spectacular|"
    r"dramatic|striking|impressive|sinister|cynical|hypocritical|visionary|legendary|puppet|bloodthirsty|glorious|"
    r"outrageous|reckless|pathetic|admirable|cowardly|massive|stunning)\b",
    re.IGNORECASE,
)
ATTRIBUTED = re.compile(
    r"\b(?<!so-)(?:according to|says?|said|calls?|called|describes?|described|attributes?|attributed|quotes?|quoted|"
    r"argues?|argued|sees?|claims?|claimed|told|writes?|wrote|thinks?|considers?|judges?|in the words of|terms?|"
    r"labels?|names?|speaks?|spoke|reports?|reported|puts? it|view of|opinion of)\b",
    re.IGNORECASE,
)
PRESENT_OFFICE = re.compile(
    r"\b(?:is|are|does|has)\b.{0,80}\b(?:president|prime minister|chancellor|king|queen|leader|minister|"
    r"secretary[- ]general|head of (?:state|government)|chair(?:man|woman|person)?|governor|members?|population)\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:1\d|20)\d\d\b|\bas of\b|\baccording to\b|\b(?:report|dispatch|article|paper|table|list|speech|statement|"
    r"communiqu[eé]|treaty|charter|constitution)\b|\bat the time\b|\bnamed? (?:in|by)\b",
    re.IGNORECASE,
)
TODAY = re.compile(r"\b(?:current|currently|now|today|at present|nowadays|incumbent)\b", re.IGNORECASE)


def unnamed_source(subject: Subject) -> Iterator[Finding]:
    """Find a source that is not called by its name."""
    for where, text in subject.asked:
        for found in UNNAMED.finditer(text):
            yield where, f'"{found[0]}" does not say which source is meant.'


def plain_negative(subject: Subject) -> Iterator[Finding]:
    """Find a negative in the stem that is not in capitals.

    A statement to judge may be negative, and so may a clause that the stem takes from a fact ("that joins no bloc").
    """
    if subject.is_true_false:
        return
    clauses = [text for fact in subject.facts for text in fact.roles.values() if isinstance(text, str)]
    for found in NEGATIVE.finditer(PERMITTED_NEGATIVE.sub("", unquoted(subject.stem))):
        word = found[0].strip()
        is_in_a_clause = any(contains(clause, word) and contains(subject.stem, clause) for clause in clauses)
        if not word.isupper() and not is_in_a_clause:
            yield "stem", f'The negative "{word}" is easily overlooked.'


def absolute_word(subject: Subject) -> Iterator[Finding]:
    """Find "always", "never" and their kin where no fact of the question says so."""
    for where, text in subject.asked:
        if SUMMARY.match(text.strip()):
            continue
        for word in found_words(PERMITTED_ABSOLUTE.sub("", text), ABSOLUTE):
            if word not in PERMITTED_IN.get(subject.question.kind, ()) and not _said_by_a_fact(subject, word):
                yield where, f'"{word}" is an absolute word.'


def vague_word(subject: Subject) -> Iterator[Finding]:
    """Find "often", "several" and their kin where no fact of the question says so."""
    for where, text in subject.asked:
        for word in found_words(text, VAGUE):
            if not _said_by_a_fact(subject, word):
                yield where, f'"{word}" means something else to every reader.'


def _said_by_a_fact(subject: Subject, word: str) -> bool:
    return any(contains(fact.statement, word) for fact in subject.told)


def long_stem(subject: Subject) -> Iterator[Finding]:
    """Find a stem of more than 28 words."""
    count = len(words(subject.stem))
    if count > LONGEST_STEM:
        yield "stem", f"The stem has {count} words."


def unattributed(subject: Subject) -> Iterator[Finding]:
    """Find a judging word in a sentence that names nobody who holds it."""
    for where, text in subject.texts:
        for sentence in sentences(text):
            if ATTRIBUTED.search(sentence):
                continue
            for found in EVALUATION.finditer(unquoted(sentence)):
                yield where, f'"{found[0]}" is a judgement, and the sentence does not say whose.'


def undated(subject: Subject) -> Iterator[Finding]:
    """Find a question about what holds now, without a date or a source."""
    if DATED.search(subject.stem):
        return
    if TODAY.search(unquoted(subject.stem)) or PRESENT_OFFICE.search(subject.stem):
        yield "stem", "The answer changes with time, and the stem names neither a date nor a source."


def hard_reading(subject: Subject) -> Iterator[Finding]:
    """Find a stem that is hard to read."""
    level = reading_level(subject.stem)
    if level is not None and level > HARDEST_STEM:
        yield "stem", f"The stem reads like a text for year {level:.0f} of schooling."


def reading_level(stem: str) -> float | None:
    """Return the years of schooling that a stem asks for, names aside; ``None`` where too few plain words stand in it.

    It is the automated readability index (Senter and Smith 1967).
    """
    plain = [word for word in words(unquoted(stem)) if not word[0].isupper() and not word[0].isdigit()]
    if len(plain) < LONGEST_STEM // 4:
        return None
    per_sentence = len(words(stem)) / max(1, len(sentences(stem)))
    return 4.71 * sum(map(len, plain)) / len(plain) + 0.5 * per_sentence - 21.43


WORDING: tuple[Rule, ...] = (
    Rule(
        name="unnamed_source",
        find=unnamed_source,
        reason="In a quiz there is no article at hand, and several sources may speak of it.",
        remedy='Name the source: "the News18 report", "the Beijing dispatch of 2 September 2025".',
    ),
    Rule(
        name="plain_negative",
        find=plain_negative,
        reason="A negative that is read over turns knowledge into a wrong answer.",
        remedy="Ask for what is so, or write the negative in capitals: NOT.",
    ),
    Rule(
        name="absolute_word",
        find=absolute_word,
        reason="Little is always or never so: students cross such options out, and one exception makes the key wrong.",
        remedy="Take the word out, or quote who says so.",
    ),
    Rule(
        name="vague_word",
        find=vague_word,
        reason="Readers differ in what a vague word means, so that more than one answer can be defended.",
        remedy="Give the number or the date, or take the word out.",
    ),
    Rule(
        name="long_stem",
        find=long_stem,
        reason="A long stem tests reading.",
        remedy=f"Cut it to {LONGEST_STEM} words: what is background can go into the explanation.",
    ),
    Rule(
        name="unattributed",
        find=unattributed,
        reason="A judgement without its holder is ours, and a quiz should have none.",
        remedy='Say whose judgement it is ("according to …"), or take the word out.',
    ),
    Rule(
        name="undated",
        find=undated,
        reason="Offices and memberships change: the key will be wrong one day.",
        remedy='Name the date or the source: "in September 2025", "according to the …".',
    ),
    Rule(
        name="hard_reading",
        find=hard_reading,
        reason="Who reads in a second language should be asked about the world, not about long words.",
        remedy="Use shorter words, or two sentences.",
        severity="soft",
    ),
)
