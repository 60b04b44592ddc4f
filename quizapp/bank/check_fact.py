"""Checking one fact: its roles fit its type, it is cited, derived rightly, and said in a full sentence."""

import datetime
import re
from collections.abc import Iterator

from quizapp.bank.fault import Finding, no_entity, no_fact, no_source
from quizapp.core.bank import Bank
from quizapp.core.citation import Citation
from quizapp.core.derivation import BadDerivation, recompute
from quizapp.core.fact import Fact, Value
from quizapp.core.fact_types import FACT_TYPES, MAGNITUDES, Role
from quizapp.core.passage import ANCHOR_WORDS, normalise
from quizapp.core.source import Source

MOST_QUOTED_WORDS = 8
MOST_WORDS = 45
STRONG = re.compile(r"\b(?:only|first|never|largest|biggest|greatest)\b", re.IGNORECASE)
SELECTOR = ("paragraph", "start", "length", "sha256", "anchor")


def check_fact(bank: Bank, fact: Fact) -> Iterator[Finding]:
    """Yield what is wrong with a fact, as field, fault and remedy."""
    yield from check_references(bank, fact)
    yield from check_roles(bank, fact)
    yield from check_citations(bank, fact)
    yield from check_numbers(bank, fact)
    yield from check_sentences(bank, fact)


def check_references(bank: Bank, fact: Fact) -> Iterator[Finding]:
    """Yield what a fact names and the bank does not have."""
    if fact.source not in bank.sources:
        yield no_source("source", fact.source)
    if fact.topic not in bank.topics:
        yield Finding("topic", f"There is no topic {fact.topic!r}.", f"Use one of {', '.join(bank.topics)}.")
    for field, name in (("attribution", fact.attribution), ("via", fact.via)):
        if name is not None and name not in bank.entities:
            yield no_entity(field, name)


def check_roles(bank: Bank, fact: Fact) -> Iterator[Finding]:
    """Yield where the roles of a fact do not fit its type."""
    declared = FACT_TYPES.get(fact.type)
    if declared is None:
        yield Finding("type", f"There is no fact type {fact.type!r}.", f"Use one of {', '.join(FACT_TYPES)}.")
        return
    for name in fact.roles:
        if name not in declared.roles:
            yield Finding("roles", f"A fact of type {fact.type} has no {name!r}.", f"Use {', '.join(declared.roles)}.")
    for name, role in declared.roles.items():
        value = fact.roles.get(name)
        if value is None:
            if not role.optional:
                yield Finding("roles", f"{name} is missing.", "Write down who or what it is.")
            continue
        if isinstance(value, tuple) != role.many:
            wanted = "a list" if role.many else "one value"
            yield Finding("roles", f"{name} must be {wanted}.", "Add or take away the brackets.")
            continue
        for filler in value if isinstance(value, tuple) else (value,):
            yield from _check_filler(bank, name, role, filler)


def _check_filler(bank: Bank, name: str, role: Role, filler: Value) -> Iterator[Finding]:
    """Yield why a value cannot fill a role."""
    kind = role.kinds[0]
    if kind == "number":
        if not isinstance(filler, int | float):
            yield Finding("roles", f"{name} must be a number.", "Write it in digits, without quotation marks.")
    elif not isinstance(filler, str) or not filler.strip():
        yield Finding("roles", f"{name} must be a text.", "Write it in quotation marks.")
    elif kind == "date":
        yield from _check_time(name, filler, is_clock=False)
    elif kind == "clock":
        yield from _check_time(name, filler, is_clock=True)
    elif kind == "quote":
        if len(filler.split()) > MOST_QUOTED_WORDS:
            yield Finding("roles", f"{name} quotes more than {MOST_QUOTED_WORDS} words.", "Quote fewer.")
    elif kind == "text":
        if name == "amount" and filler not in MAGNITUDES:
            yield Finding("roles", f"{filler!r} is no order of magnitude.", f"Use one of {', '.join(MAGNITUDES)}.")
    elif filler not in bank.entities:
        yield no_entity("roles", filler)
    elif bank.entities[filler].kind not in role.kinds:
        wrong = f"{name}: {filler} is of the kind {bank.entities[filler].kind}."
        yield Finding("roles", wrong, f"Name one of the kind {' or '.join(role.kinds)}.")


def _check_time(name: str, text: str, *, is_clock: bool) -> Iterator[Finding]:
    try:
        if is_clock:
            datetime.time.fromisoformat(text)
        elif not re.fullmatch(r"\d{4}", text):
            datetime.date.fromisoformat(text)
    except ValueError:
        form = "09:00" if is_clock else "2025-09-03, or as a year alone"
        yield Finding("roles", f"{name}: {text!r} cannot be read.", f"Write it as {form}.")


def check_citations(bank: Bank, fact: Fact) -> Iterator[Finding]:
    """Yield what a fact's citations lack."""
    if not fact.citations and fact.derived is None:
        yield Finding("citations", "There is none.", "Let `quizapp bank cite` write one.")
    for field, citations in (("citations", fact.citations), ("antecedents", fact.antecedents)):
        for citation in citations:
            for wrong, remedy in _check_citation(bank.sources.get(fact.source), fact, citation):
                yield Finding(field, wrong, remedy)


def _check_citation(source: Source | None, fact: Fact, citation: Citation) -> Iterator[tuple[str, str]]:
    missing = [name for name in SELECTOR if getattr(citation, name) is None]
    if missing or not citation.sketch:
        yield f"It lacks {', '.join(missing or ['sketch'])}.", "Let `quizapp bank cite` write it anew."
    if citation.source != fact.source:
        yield f"It cites {citation.source}.", "Cite the fact's own source; another source's words are another fact."
    if citation.quote is not None:
        yield "It holds text of the source.", "Take the quote away; the bank ships no text of its sources."
    if citation.anchor is not None and not 1 <= len(citation.anchor.split()) <= ANCHOR_WORDS:
        yield "Its anchor is too long.", f"Use at most {ANCHOR_WORDS} words."
    if source and source.paragraphs and citation.paragraph and not 1 <= citation.paragraph <= source.paragraphs:
        yield f"There is no paragraph {citation.paragraph}.", f"Its source has {source.paragraphs}."


def check_numbers(bank: Bank, fact: Fact) -> Iterator[Finding]:
    """Yield where a quantity or a derived value is not what the fact says."""
    stated = next((fact.roles[name] for name in ("number", "years", "year") if name in fact.roles), None)
    if stated is None:
        return
    if "year" not in fact.roles and fact.quantity is None:
        yield Finding("quantity", "It is missing.", "Write value, unit and bound of the number.")
    if fact.quantity is not None and fact.quantity.value != stated:
        yield Finding("quantity", f"Its value is not the {stated} of the roles.", "Write the same number in both.")
    missing = [name for name in (fact.derived.inputs if fact.derived else ()) if name not in bank.facts]
    for name in missing:
        yield no_fact("derived", name)
    if fact.derived is not None and not missing:
        try:
            result = recompute(fact.derived, bank.facts)
        except BadDerivation as error:
            yield Finding("derived", f"{error}", "Mend the formula or its inputs.")
            return
        if result != stated:
            yield Finding("derived", f"The formula gives {result}, not {stated}.", "Correct the role or the inputs.")


def check_sentences(bank: Bank, fact: Fact) -> Iterator[Finding]:
    """Yield where the statement or the context is no full sentence, or hides whose word it is."""
    for field, text in (("statement", fact.statement), ("context", fact.context)):
        if not re.fullmatch(r"[\"“]?[A-Z0-9].*[.!?][\"”]?", text.strip(), re.DOTALL) or len(text.split()) < 4:
            yield Finding(field, "It is no full sentence.", "Begin it with a capital letter, end it with a full stop.")
        if len(text.split()) > MOST_WORDS:
            yield Finding(
                field, f"It has more than {MOST_WORDS} words.", "Say it more shortly, or make two facts of it."
            )
    if normalise(fact.statement).casefold() == normalise(fact.context).casefold():
        yield Finding("context", "It repeats the statement.", "Tell what stands around it.")
    if _needs_a_name(fact) and not _names_whose_word(bank, fact):
        yield Finding(
            "statement", "It does not say whose word this is.", "Begin it with According to …, and name them."
        )


def _needs_a_name(fact: Fact) -> bool:
    """Say whether a statement must name who says so: opinions, claims, plans, negatives, superlatives, "only"."""
    is_strong = STRONG.search(re.sub(r'"[^"]*"', "", fact.statement)) is not None
    return is_strong or not fact.holds or fact.complete or fact.modality != "asserted" or fact.attribution is not None


def _names_whose_word(bank: Bank, fact: Fact) -> bool:
    """Say whether a statement names its source or the one who holds what it says."""
    names: list[str] = []
    if fact.source in bank.sources:
        label = bank.sources[fact.source].label.removeprefix("the ")
        names += [label, label.split(" of ")[0]]
    if fact.attribution in bank.entities:
        holder = bank.entities[fact.attribution]
        names += [holder.label, *holder.aliases, *([holder.short] if holder.short else [])]
    text = normalise(fact.statement).casefold()
    return any(normalise(name).casefold() in text for name in names)
