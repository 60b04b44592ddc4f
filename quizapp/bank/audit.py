"""The independent check of a built bank: every key and every refutation derived anew, without the generator's code."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from quizapp.bank.audit_comparisons import audit_source, audit_stance
from quizapp.bank.audit_readings import (
    Reading,
    bare,
    fillers,
    names_source,
    readings,
    says,
    siblings,
    span,
    stands_in,
    stated_span,
    without_source,
)
from quizapp.bank.audit_refutations import doubt, true_of
from quizapp.bank.ledger import Ledger, runs
from quizapp.core.bank import Bank
from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.question import Option, Question, Refutation
from quizapp.core.spelling import fold
from quizapp.question_types import (
    MapPoint,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
)

EXCEPTION = re.compile(r"\b(?:NOT|EXCEPT)\b")
NEGATED = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a question that the facts do not bear out; ``where`` is "key", "option 2", "citations" …"""

    question_id: str
    where: str
    message: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.question_id}: {self.where}: {self.message}"


def audit(bank: Bank, questions: Iterable[Question[Any]]) -> list[Failure]:
    """Return everything in the questions that cannot be derived from the facts."""
    ledger = Ledger(bank)
    return [
        Failure(question_id=question.id, where=where, message=message)
        for question in questions
        for where, message in _audited(ledger, question)
    ]


def _audited(ledger: Ledger, question: Question[Any]) -> Iterator[tuple[str, str]]:
    unknown = [name for name in question.fact_ids if name not in ledger.facts]
    if unknown or not question.fact_ids:
        yield "fact_ids", f"There is no fact {', '.join(unknown) or 'at all'}."
        return
    asked = readings(ledger, question.targets)
    if not asked or len(asked) < len(question.targets):
        yield "targets", "They do not name roles of facts."
        return
    yield from _citations(ledger, question)
    fact, role = asked[0]
    if role in COMPARISONS:
        yield from COMPARISONS[role](ledger, question, fact)
        return
    yield from CHECKS[type(question)](ledger, question, asked)


def _citations(ledger: Ledger, question: Question[Any]) -> Iterator[tuple[str, str]]:
    for citation in question.citations:
        fact = ledger.facts.get(citation.fact_id or "")
        own = fact.citations if fact else ()
        if not any((one.source, one.sha256) == (citation.source, citation.sha256) for one in own):
            yield (
                "citations",
                f"Paragraph {citation.paragraph} of {citation.source} is cited for no fact of the question.",
            )
    cited = {citation.fact_id for citation in question.citations}
    for fact_id in question.fact_ids:
        if fact_id not in cited and ledger.facts[fact_id].derived is None:
            yield "citations", f"The fact {fact_id} is not cited."


def _choice(ledger: Ledger, question: Any, asked: list[Reading]) -> Iterator[tuple[str, str]]:
    is_exception = EXCEPTION.search(question.stem) is not None
    for place, option in enumerate(question.options, start=1):
        if option.correct == is_exception:
            yield from ((f"option {place}", found) for found in _wrong(ledger, question, asked, option, is_exception))
        elif not _is_said(ledger, question, asked, option.text, one_source=is_exception):
            yield f"option {place}" if is_exception else "key", f'No fact says "{option.text}".'


def _wrong(ledger: Ledger, question: Any, asked: list[Reading], option: Option, is_exception: bool) -> Iterator[str]:
    """Yield why what should not be so may be so; of an exception asked for, that is the key."""
    refutation = Refutation(kind="closed_set", fact_ids=question.fact_ids) if is_exception else option.refutation
    found = doubt(ledger, question.stem, question.targets, option.text, refutation)
    if found:
        yield f'"{option.text}": {found}.'


def _is_said(ledger: Ledger, question: Any, asked: list[Reading], text: str, *, one_source: bool) -> bool:
    return any(_fits(ledger, fact, role, text) for fact, role in asked) or (
        one_source and true_of(ledger, question.stem, asked, text) is not None
    )


def _fits(ledger: Ledger, fact: Fact, role: str, text: str) -> bool:
    """Say whether a right option is the filler, or the span that the stated number lies in."""
    if says(ledger, fact, role, text):
        return True
    stated, given = stated_span(fact, role), span(text)
    return bool(stated and given and given[0] <= stated[0] and stated[1] <= given[1])


def _true_false(ledger: Ledger, question: Any, asked: list[Reading]) -> Iterator[tuple[str, str]]:
    fact, asked_role = asked[0]
    stem = without_source(ledger, fact, bare(question.stem))
    is_true = question.options[0].correct
    unsaid = [role for role in fact.roles if not stands_in(ledger, fact, role, stem)]
    exchanged = {role: texts for role in unsaid if (texts := _put_in_place(ledger, fact, role, stem))}
    missing = [role for role in unsaid if role in exchanged or _is_essential(ledger, fact, role, asked_role, question)]
    if not fact.holds:
        if is_true != (NEGATED.search(stem) is not None):
            yield "key", f"The fact {fact.id} denies it; the stem and the key do not agree with that."
    elif is_true and missing:
        yield "key", f"The statement is called true, but does not say the {' and the '.join(missing)} of {fact.id}."
    elif not is_true and not missing:
        yield "key", f"The statement is called false, but says all that {fact.id} says."
    elif not is_true:
        refutation = question.options[0].refutation
        for role, texts in exchanged.items():
            found = [doubt(ledger, question.stem, (f"{fact.id}.{role}",), text, refutation) for text in texts]
            if all(found):
                yield "key", f'The statement with "{texts[0]}" may be true: {found[0]}.'


def _is_essential(ledger: Ledger, fact: Fact, role: str, asked_role: str, question: Any) -> bool:
    """Say whether a statement that leaves a role out says less than the fact.

    A text that only tells what it is about may be left out, and so may the document that "according to" names.
    """
    declared = FACT_TYPES[fact.type].roles[role]
    entity = ledger.entities.get(str(fact.roles[role]))
    if entity and entity.kind == "document" and names_source(ledger, fact, question.stem):
        return False
    return declared.kinds != ("text",) or declared.verbatim or role == asked_role


def _put_in_place(ledger: Ledger, fact: Fact, role: str, stem: str) -> list[str]:
    """Return the texts in a statement that could stand for the role and belong to no role of the fact."""
    kinds = FACT_TYPES[fact.type].roles[role].kinds
    own = {name for value in fact.roles.values() for name in (value if isinstance(value, tuple) else (value,))}
    rest = f" {fold(stem)} "
    for name in fact.roles:
        for forms in fillers(ledger, fact, name):
            for form in sorted(forms, key=len, reverse=True):
                rest = rest.replace(f" {fold(form)} ", " | ")
    found: list[str] = []
    for run in runs(rest):
        entity = ledger.entity(run)
        if entity and entity.kind in kinds and entity.id not in own:
            found.append(entity.label)
        if ledger.is_told(fact.type, role, run):
            found.append(run)
    return list(dict.fromkeys(found))


def _numeric(ledger: Ledger, question: Any, asked: list[Reading]) -> Iterator[tuple[str, str]]:
    for fact, role in asked:
        stated = stated_span(fact, role)
        if stated is None:
            yield "key", f"The fact {fact.id} states no number."
        elif stated[0] == stated[1] and question.value != stated[0]:
            yield "key", f"The fact {fact.id} states {stated[0]:g}, not {question.value:g}."
        elif stated[0] != stated[1] and not re.search(r"more than|at least|over|about", question.stem, re.IGNORECASE):
            yield "key", f"The fact {fact.id} states a bound, which the stem asks as a value."


def _short_text(ledger: Ledger, question: Any, asked: list[Reading]) -> Iterator[tuple[str, str]]:
    for text in question.accepted:
        if not any(says(ledger, fact, role, text) for fact, role in asked):
            yield "accepted", f'No fact says "{text}".'
    for text in question.rejected:
        other = true_of(ledger, question.stem, asked, text)
        if other:
            yield "rejected", f'"{text}" is right, says the fact {other.id}.'
    for fact, role in asked:
        yield from _other_answers(ledger, question, fact, role)


def _other_answers(ledger: Ledger, question: Any, fact: Fact, role: str) -> Iterator[tuple[str, str]]:
    """Yield what else would be right, where the stem leaves more than one answer open."""
    givens = FACT_TYPES[fact.type].unique.get(role)
    is_named = names_source(ledger, fact, question.stem)
    if givens is None and not is_named:
        yield "stem", f"More than one {role} may be true, and the stem does not name the source."
    for other in siblings(ledger, fact, role, one_source=is_named):
        texts = [forms[0] for forms in fillers(ledger, other, role)]
        if other.holds and not any(fold(text) in map(fold, question.accepted) for text in texts):
            yield "accepted", f'"{", ".join(texts)}" is right as well, says the fact {other.id}.'


def _matching(ledger: Ledger, question: Any, asked: list[Reading]) -> Iterator[tuple[str, str]]:
    facts = [ledger.facts[fact_id] for fact_id in question.fact_ids]
    choices = {*(right for _, right in question.pairs), *question.extra}
    types = {fact.type for fact, _ in asked}
    for place, (left, right) in enumerate(question.pairs, start=1):
        if not any(_links(ledger, fact, left, right) for fact in facts):
            yield f"row {place}", f'No fact links "{left}" with "{right}".'
        for other in sorted(choices - {right}):
            naming = [fact for name in sorted(types) for fact in ledger.naming(name, left) if fact.holds]
            found = next((fact for fact in naming if _links(ledger, fact, left, other)), None)
            if found:
                yield f"row {place}", f'"{left}" goes with "{other}" as well, says the fact {found.id}.'


def _links(ledger: Ledger, fact: Fact, left: str, right: str) -> bool:
    """Say whether a fact has both texts as fillers of different roles."""
    one = [role for role in fact.roles if says(ledger, fact, role, left)]
    other = [role for role in fact.roles if says(ledger, fact, role, right)]
    return any(first != second for first in one for second in other)


def _ordering(ledger: Ledger, question: Any, asked: list[Reading]) -> Iterator[tuple[str, str]]:
    times = [_time(fact) for fact, _ in asked]
    if len(times) != len(question.items) or not all(times):
        yield "key", "The facts do not date every item."
    elif times != sorted(times) or len(set(times)) < len(times):
        yield "key", f"The items are not in the order of their dates: {', '.join(times)}."
    for place, ((fact, _), item) in enumerate(zip(asked, question.items, strict=False), start=1):
        if not any(stands_in(ledger, fact, role, item) for role in fact.roles):
            yield f"item {place}", f'"{item}" is nothing that the fact {fact.id} speaks of.'


def _time(fact: Fact) -> str:
    """Return when a fact took place, as it sorts."""
    stated = next((fact.roles[role] for role in ("date", "day", "year") if role in fact.roles), fact.time)
    return str(stated or "")


COMPARISONS: dict[str, Callable[[Ledger, Any, Fact], Iterator[tuple[str, str]]]] = {
    "source": audit_source,
    "stance": audit_stance,
}
CHECKS: dict[type[Question[Any]], Callable[[Ledger, Any, list[Reading]], Iterator[tuple[str, str]]]] = {
    SingleChoice: _choice,
    MultipleChoice: _choice,
    TrueFalse: _true_false,
    Numeric: _numeric,
    ShortText: _short_text,
    Matching: _matching,
    Ordering: _ordering,
    MapPoint: _choice,
}
