"""Checking that the entries of a bank fit together: whatever they name exists, and closures and comparisons hold."""

import re
from collections.abc import Iterator
from typing import Any

from quizapp.bank.check_fact import check_fact
from quizapp.bank.check_reference import check_reference
from quizapp.bank.entries import Entries, Entry
from quizapp.bank.fault import Fault, Finding, no_entity, no_fact, no_source
from quizapp.core.bank import Bank, Closure
from quizapp.core.entity import Entity
from quizapp.core.fact import Comparison
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.source import Source

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHA256 = re.compile(r"[0-9a-f]{64}")


def check(bank: Bank, entries: Entries) -> list[Fault]:
    """Return what is wrong between the entries of a bank, each with its file and entry."""
    found: list[Fault] = []
    broken = {fault.entry for fault in entries.faults}

    def collect(entry: Entry[Any], findings: Iterator[Finding]) -> None:
        found.extend(
            Fault(file=entry.file, entry=entry.name, field=finding.field, wrong=finding.wrong, remedy=finding.remedy)
            for finding in findings
            if finding.needs not in broken
        )

    for topic in entries.topics:
        collect(topic, _check_id(topic.record.id))
    for source in entries.sources:
        collect(source, _check_id(source.record.id))
        collect(source, check_source(source.record))
    names = _spellings(bank)
    for entity in entries.entities:
        collect(entity, _check_id(entity.record.id))
        collect(entity, check_entity(bank, entity.record, names))
    for fact in entries.facts:
        collect(fact, _check_id(fact.record.id))
        collect(fact, check_fact(bank, fact.record))
    for comparison in entries.comparisons:
        collect(comparison, check_comparison(bank, comparison.record))
    pairs = [frozenset((entry.record.fact, entry.record.other)) for entry in entries.comparisons]
    for number, comparison in enumerate(entries.comparisons):
        if pairs[number] in pairs[:number]:
            collect(comparison, iter([Finding("fact", "These two facts are compared before.", "Keep one entry.")]))
    for table in entries.reference:
        collect(table, _check_id(table.record.id))
        collect(table, check_reference(bank, table.record))
    for closure in entries.closures:
        collect(closure, check_closure(bank, closure.record))
        if not any(fault.file.startswith("facts/") for fault in entries.faults):
            collect(closure, check_closed(bank, closure.record))
    return found


def _check_id(name: str) -> Iterator[Finding]:
    if not ID.fullmatch(name):
        yield Finding("id", f"{name!r} cannot stand in an address.", "Use small letters, digits and single hyphens.")


def check_source(source: Source) -> Iterator[Finding]:
    """Yield what is wrong with a source."""
    if not source.label.startswith("the "):
        yield Finding("label", "It does not fit into a sentence.", "Begin it with an article: the News report.")
    if source.sha256 is not None and not SHA256.fullmatch(source.sha256):
        yield Finding("sha256", "It is not a SHA-256.", "Write the 64 digits that `quizapp bank verify` shows.")
    if source.url is not None and not re.match(r"https?://\S+$", source.url):
        yield Finding("url", "It is not an address of the web.", "Begin it with https://, or leave it out.")


def _spellings(bank: Bank) -> dict[tuple[str, str], set[str]]:
    """Return whose name a spelling is, within a kind of entity."""
    names: dict[tuple[str, str], set[str]] = {}
    for entity in bank.entities.values():
        for name in (entity.label, *entity.aliases):
            names.setdefault((entity.kind, name.casefold()), set()).add(entity.id)
    return names


def check_entity(bank: Bank, entity: Entity, names: dict[tuple[str, str], set[str]]) -> Iterator[Finding]:
    """Yield what is wrong with an entity; two of a kind never share a spelling."""
    for name in (entity.label, *entity.aliases):
        others = names[(entity.kind, name.casefold())] - {entity.id}
        if others:
            wrong = f"{name!r} is also a name of {min(others)}."
            yield Finding("aliases", wrong, "Take it away from one of the two, or from both.")
    if entity.part_of is not None and entity.part_of not in bank.entities:
        yield no_entity("part_of", entity.part_of)
    for attribute in entity.attributes:
        if attribute.source is not None and attribute.source not in bank.sources:
            yield no_source("attributes", attribute.source)


def check_comparison(bank: Bank, comparison: Comparison) -> Iterator[Finding]:
    """Yield what is wrong with a comparison."""
    missing = [
        (field, name)
        for field, name in (("fact", comparison.fact), ("other", comparison.other))
        if name not in bank.facts
    ]
    for field, name in missing:
        yield no_fact(field, name)
    if not missing and bank.facts[comparison.fact].source == bank.facts[comparison.other].source:
        yield Finding("other", "Both facts are of one source.", "Compare facts of two sources.")
    if comparison.topic is not None and comparison.topic not in bank.topics:
        yield Finding("topic", f"There is no topic {comparison.topic!r}.", f"Use one of {', '.join(bank.topics)}.")
    if not comparison.note.strip().endswith("."):
        yield Finding("note", "It is no full sentence.", "Say in a sentence wherein the two differ or agree.")


def check_closure(bank: Bank, closure: Closure) -> Iterator[Finding]:
    """Yield what a closure names and the bank does not have."""
    if closure.source not in bank.sources:
        yield no_source("source", closure.source)
    declared = FACT_TYPES.get(closure.type)
    if declared is None:
        yield Finding("type", f"There is no fact type {closure.type!r}.", f"Use one of {', '.join(FACT_TYPES)}.")
        return
    for role in (closure.role, *closure.given):
        if role not in declared.roles:
            yield Finding(
                "role", f"A fact of type {closure.type} has no {role!r}.", f"Use {', '.join(declared.roles)}."
            )


def check_closed(bank: Bank, closure: Closure) -> Iterator[Finding]:
    """Yield that no fact belongs to a closure, which then closes nothing."""
    if not any(
        fact.source == closure.source
        and fact.type == closure.type
        and all(fact.roles.get(role) == value for role, value in closure.given.items())
        for fact in bank.facts.values()
    ):
        yield Finding("given", "No fact of that source belongs to it.", "Write the values as the facts have them.")
