"""Verifying a bank against a reader's own copy of a source: is every cited passage really there?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec

from quizapp.core.bank import Bank
from quizapp.core.citation import Citation
from quizapp.core.passage import Location, State, digest, locate, paragraphs


class UnknownSource(Exception):
    """The bank has no source of this id; the message lists those it has."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Where one citation of a fact was found in a copy."""

    fact_id: str
    citation: Citation
    location: Location

    def __str__(self) -> str:
        """Say it in one line: "report-date: paragraph 3, “September 3, 2025”: exact"."""
        place = f'{self.fact_id}: paragraph {self.citation.paragraph}, "{self.citation.anchor}": {self.location.state}'
        if self.location.paragraph is None or self.location.state == "exact":
            return place
        return f"{place}, now in paragraph {self.location.paragraph}"


def verify(bank: Bank, source_id: str, text: str) -> list[Verdict]:
    """Look for every passage that the bank cites from a source in a copy of it.

    The verdicts come in the order of the facts, antecedents after the citations of each. Raises `UnknownSource`.
    """
    if source_id not in bank.sources:
        raise UnknownSource(f"There is no source {source_id!r} in the bank; it has {', '.join(bank.sources)}.")
    copy = paragraphs(text)
    places: dict[tuple[object, ...], Location] = {}
    verdicts: list[Verdict] = []
    for fact_id, citation in cited(bank, source_id):
        selector = (citation.paragraph, citation.start, citation.length, citation.sha256)
        if selector not in places:
            places[selector] = locate(citation, copy)
        verdicts.append(Verdict(fact_id=fact_id, citation=citation, location=places[selector]))
    return verdicts


def cited(bank: Bank, source_id: str) -> Iterator[tuple[str, Citation]]:
    """Yield every passage that a fact cites from a source, with the fact's id."""
    for fact in bank.facts.values():
        for citation in (*fact.citations, *fact.antecedents):
            if citation.source == source_id:
                yield fact.id, citation


def summary(verdicts: Sequence[Verdict]) -> dict[State, int]:
    """Count the verdicts of each state, in the order from exact to missing."""
    counts = Counter(verdict.location.state for verdict in verdicts)
    return {state: counts[state] for state in get_args(State)}


def is_verified(verdicts: Sequence[Verdict]) -> bool:
    """Say whether every passage was found, character by character; a look-alike never counts."""
    return all(verdict.location.is_exact for verdict in verdicts)


def is_same_copy(bank: Bank, source_id: str, text: str) -> bool:
    """Say whether a copy is, after normalising, the very text that the facts were read from."""
    return bank.sources[source_id].sha256 == digest(text)
