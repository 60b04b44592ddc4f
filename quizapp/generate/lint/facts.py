"""What the facts behind a question forbid."""

import re
from collections.abc import Iterator

from quizapp.core.fact import Fact, Value
from quizapp.core.natural_order import natural
from quizapp.core.spelling import same_name
from quizapp.generate.lint.flag import Finding, Rule
from quizapp.generate.lint.subject import Subject
from quizapp.generate.lint.wording import DATED
from quizapp.question_types import Numeric

PAST = re.compile(
    r"\b(?:was|were|did|had|went|came|took|attended|hosted|visited|joined|gathered|arrived|met|showed|unveiled|marked|"
    r"travelled|reviewed|crossed|began|started|kicked off)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|would|plan(?:s|ned)?|expect(?:s|ed)?|due|ahead|preview(?:s|ed)?|announce[sd]?|schedule[sd]?|was to|"
    r"were to|before|intend(?:s|ed)?|set to|say|says|said|according to)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\b(?:NOT|EXCEPT|NEVER|NO)\b")
BOUND = re.compile(
    r"\b(?:more than|over|above|at least|no fewer than|about|around|roughly|approximately|nearly|almost|tens of|"
    r"hundreds of|thousands of|or more|minimum|lower bound|exceed(?:s|ed)?)\b",
    re.IGNORECASE,
)
QUOTATION = re.compile(
    r"\b(?:said|says|say|quotes?|quoted|speaker|spoke|words of|who called|who calls)\b", re.IGNORECASE
)


def no_citation(subject: Subject) -> Iterator[Finding]:
    """Find a question without a source."""
    if not subject.question.citations:
        yield "citations", "The question names no source."


def second_right(subject: Subject) -> Iterator[Finding]:
    """Find a wrong option that a fact makes right; where the stem asks what is NOT so, a right one."""
    is_negated = bool(NEGATED.search(subject.stem))
    for place, option in enumerate(subject.options, start=1):
        if option.correct == is_negated and (fact := _said_of(subject, option.text)):
            where, what = f"option {place}", "no exception" if is_negated else "right as well"
            yield where, f'"{option.text}" is {what}, says the fact {fact.id}.'


def _said_of(subject: Subject, text: str) -> Fact | None:
    """Return a fact that puts a text into the asked role."""
    twins = (
        twin
        for fact, role in _asked(subject)
        for twin in _twins(subject, fact, role)
        if _fills(subject, twin, role, text)
    )
    return next(twins, None)


def _asked(subject: Subject) -> Iterator[tuple[Fact, str]]:
    facts = {fact.id: fact for fact in subject.facts}
    for target in subject.question.targets:
        fact_id, _, role = target.rpartition(".")
        if fact_id in facts and role in facts[fact_id].roles:
            yield facts[fact_id], role


def _twins(subject: Subject, fact: Fact, role: str) -> Iterator[Fact]:
    """Yield facts that differ from this one in the asked role alone."""
    given = {name: value for name, value in fact.roles.items() if name != role}
    for other in subject.lexicon.alike(fact) if subject.lexicon else ():
        if {name: value for name, value in other.roles.items() if name != role} == given:
            yield other


def _fills(subject: Subject, fact: Fact, role: str, text: str) -> bool:
    return any(same_name(text, name) for name in _names(subject, fact.roles.get(role, "")))


def _names(subject: Subject, value: Value) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        entity = subject.lexicon.entities.get(item) if subject.lexicon and isinstance(item, str) else None
        yield from (entity.label, *entity.aliases) if entity else (str(item),)


def undated_office(subject: Subject) -> Iterator[Finding]:
    """Find a question about an office that names neither date nor source."""
    if not any(fact.type in ("holds_office", "membership") for fact, _ in _asked(subject)):
        return
    if not DATED.search(subject.stem) and not _names_source(subject):
        yield "stem", "Who holds an office changes, and the stem names neither a date nor a source."


def _names_source(subject: Subject) -> bool:
    return any(label.casefold() in subject.stem.casefold() for label in subject.source_labels)


def planned_as_done(subject: Subject) -> Iterator[Finding]:
    """Find a plan that the stem tells as done."""
    facts = subject.facts
    if not facts or any(fact.modality != "planned" for fact in facts):
        return
    if PAST.search(subject.stem) and not AHEAD.search(subject.stem):
        yield "stem", "The source speaks of a plan; the stem tells it as done."


def bound_as_value(subject: Subject) -> Iterator[Finding]:
    """Find a bound ("more than 20") that is asked as if it were the number."""
    bounded = [fact.quantity for fact in subject.facts if fact.quantity and fact.quantity.bound != "="]
    if not bounded or BOUND.search(subject.stem):
        return
    values = {quantity.value for quantity in bounded}
    question = subject.question
    if isinstance(question, Numeric) and question.value in values:
        yield "stem", "The source gives a bound, not the number itself."
    for place, option in enumerate(subject.options, start=1):
        exact = natural(option.text)
        if option.correct and exact and exact[1][0] in values and not BOUND.search(option.text):
            yield f"option {place}", f'"{option.text}" is a bound in the source, not the number itself.'


def scare_quote(subject: Subject) -> Iterator[Finding]:
    """Find a name in quotation marks that the question treats as somebody's words."""
    facts = subject.facts
    is_about_speaker = "said" in subject.question.kind or QUOTATION.search(subject.stem)
    if (
        not facts
        or not is_about_speaker
        or any(fact.type in ("quote", "claim", "told") or fact.attribution for fact in facts)
    ):
        return
    is_a_name = any(fact.type in ("nickname", "event_name") for fact in facts)
    if is_a_name and "according to" not in subject.stem.casefold() and not _names_source(subject):
        yield "stem", "The words stand in quotation marks in the source, but nobody is named who said them."


FACTS: tuple[Rule, ...] = (
    Rule(
        name="no_citation",
        find=no_citation,
        reason="Every answer here can be traced to a source.",
        remedy="Choose a source, or add one with its title and its outlet, author, date or address.",
    ),
    Rule(
        name="second_right",
        find=second_right,
        reason="Who chooses it is right, and would be told otherwise.",
        remedy="Take another option, or let students choose all that apply.",
        needs_facts=True,
    ),
    Rule(
        name="undated_office",
        find=undated_office,
        reason="Offices and memberships change: the key will be wrong one day.",
        remedy='Name the date or the source: "in September 2025", "in the News18 report".',
        needs_facts=True,
    ),
    Rule(
        name="planned_as_done",
        find=planned_as_done,
        reason="A plan is not an event; only a source that reports it as done makes it one.",
        remedy="Ask what the source announced, or cite a later source.",
        needs_facts=True,
    ),
    Rule(
        name="bound_as_value",
        find=bound_as_value,
        reason='"More than 20" is not 20.',
        remedy='Put the bound into the stem or the options: "more than how many".',
        needs_facts=True,
    ),
    Rule(
        name="scare_quote",
        find=scare_quote,
        reason="Quotation marks around a name are not the words of a speaker.",
        remedy="Ask what the name means, and name the source.",
        needs_facts=True,
    ),
)
