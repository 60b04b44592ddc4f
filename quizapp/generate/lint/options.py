"""Options that do not belong together."""

import math
import re
from collections.abc import Iterator
from itertools import combinations

from quizapp.core.natural_order import natural, natural_order
from quizapp.core.numbers import read_number
from quizapp.core.spelling import same_name
from quizapp.generate.lint.flag import Finding, Rule
from quizapp.generate.lint.subject import Subject
from quizapp.generate.lint.words import contains
from quizapp.question_types import MultipleChoice, SingleChoice

NUMBER = r"(\d[\d.,' ]*\d|\d)"
ABOVE = re.compile(rf"(?:more than|over|above|at least|from|no fewer than) {NUMBER}|{NUMBER}(?: or more| and more|\+)")
BELOW = re.compile(
    rf"(?:fewer than|less than|under|below|at most|up to|no more than) {NUMBER}|{NUMBER} or (?:fewer|less)"
)
RANGE = re.compile(rf"(?:between |from )?{NUMBER} ?(?:-|–|to|and) ?{NUMBER}")
SUMMARY = re.compile(
    r"^(?:(?:all|none|both|neither|any|some|either|two) of (?:the|these|those|them)(?: \w+)*|all answers.*|none|all|"
    r"both|neither|both [a-d] and [a-d]|[a-d] (?:and|&) [a-d]|(?:no|neither) answer.*)\.?$",
    re.IGNORECASE,
)


def mixed_kinds(subject: Subject) -> Iterator[Finding]:
    """Find options of different kinds: numbers beside names, people beside places, sentences beside words."""
    texts = [option.text for option in subject.options]
    numbered = {found[0] if (found := natural(text)) else "" for text in texts}
    entities = [subject.entity(text) for text in texts]
    kinds = {entity.kind for entity in entities if entity}
    endings = {text.rstrip().endswith((".", "!", "?")) for text in texts}
    if len(numbered) > 1:
        yield "options", "Some options are numbers or dates of one kind, others are not."
    if all(entities) and len(kinds) > 1:
        yield "options", f"The options are of different kinds: {', '.join(sorted(kinds))}."
    if len(endings) > 1:
        yield "options", "Some options are sentences, others are not."


def overlapping(subject: Subject) -> Iterator[Finding]:
    """Find two options that say the same, or of which one contains the other."""
    for one, other in combinations([option.text for option in subject.options], 2):
        if _overlap(subject, one, other):
            yield "options", f'"{one}" and "{other}" overlap.'


def _overlap(subject: Subject, one: str, other: str) -> bool:
    if same_name(one, other):
        return True
    spans = _span(one), _span(other)
    if spans[0] and spans[1]:
        return max(spans[0][0], spans[1][0]) <= min(spans[0][1], spans[1][1])
    if natural(one) and natural(other):
        return False
    first, second = subject.entity(one), subject.entity(other)
    if first and second:
        return first.id == second.id or second.id == first.part_of or first.id == second.part_of
    return contains(one, other) or contains(other, one)


def _span(text: str) -> tuple[float, float] | None:
    """Read "more than 20", "10 to 20" or "15" as the numbers that satisfy it."""
    plain = " ".join(text.casefold().split())
    between = RANGE.search(plain)
    if between:
        low, high = read_number(between[1]), read_number(between[2])
        return (low, high) if low is not None and high is not None else None
    for pattern, is_low in ((ABOVE, True), (BELOW, False)):
        found = pattern.search(plain)
        value = read_number(found[1] or found[2]) if found else None
        if value is not None:
            is_open = not re.search(r"at least|from|or more|and more|at most|up to|or fewer|or less|no ", plain)
            edge = math.nextafter(value, math.inf if is_low else -math.inf) if is_open else value
            return (edge, math.inf) if is_low else (-math.inf, edge)
    exact = natural(plain)
    return (exact[1][0], exact[1][0]) if exact and exact[0].startswith("number") else None


def unsorted(subject: Subject) -> Iterator[Finding]:
    """Find numbers or dates that do not stand in their order."""
    question = subject.question
    if not isinstance(question, SingleChoice | MultipleChoice):
        return
    order = natural_order(tuple(option.text for option in question.options))
    if order is None:
        return
    if list(order) != sorted(order):
        yield "options", "The numbers or dates do not stand in ascending order."
    elif not question.sorted_options:
        yield "options", "The numbers or dates would be shuffled."


def summary_option(subject: Subject) -> Iterator[Finding]:
    """Find "all of the above" and its kin."""
    for place, option in enumerate(subject.options, start=1):
        if SUMMARY.match(option.text.strip()):
            yield f"option {place}", f'"{option.text}" speaks about the other options.'


def unrefuted(subject: Subject) -> Iterator[Finding]:
    """Find a wrong option of the bank without a refutation."""
    for place, option in enumerate(subject.options, start=1):
        if not option.correct and option.refutation is None:
            yield f"option {place}", f'Nothing shows that "{option.text}" is wrong.'


OPTIONS: tuple[Rule, ...] = (
    Rule(
        name="mixed_kinds",
        find=mixed_kinds,
        reason="An option of another kind is crossed out without knowledge.",
        remedy="Offer options of one kind, era and level.",
    ),
    Rule(
        name="overlapping",
        find=overlapping,
        reason="If one of two overlapping options is right, so may the other be.",
        remedy="Change one of them so that they exclude each other.",
    ),
    Rule(
        name="unsorted",
        find=unsorted,
        reason="Numbers and dates out of order cost reading time and look like a trick.",
        remedy="Sort them in ascending order and keep the order.",
    ),
    Rule(
        name="summary_option",
        find=summary_option,
        reason="Who knows two right options knows the answer; and options are shuffled, so that nothing is above.",
        remedy='Remove it, or make the question "choose all that apply".',
    ),
    Rule(
        name="unrefuted",
        find=unrefuted,
        reason="A wrong option that nothing refutes may be true: a source does not say everything.",
        remedy="Refute it by a fact, or name the source in the stem, or use another option.",
        needs_facts=True,
    ),
)
