"""Whether questions about two sources follow from what the editor noted of them."""

import re
from collections.abc import Iterator
from typing import Any

from quizapp.bank.ledger import Ledger
from quizapp.core.fact import Fact, Stance

# The words by which a reader knows each stance, as patterns.
WORDS: dict[Stance, str] = {
    "agrees": "the same",
    "qualifies": "stren|stron",
    "contradicts": "contradict",
    "announces": "beforehand",
}


def audit_source(ledger: Ledger, question: Any, fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with "which source says so": its own alone, where no other one agrees."""
    label = _label(ledger, fact.id)
    stances = _stances(ledger, fact)
    if not stances:
        yield "key", f"Nobody noted what another source says of {fact.id}."
    for place, option in enumerate(question.options, start=1):
        is_said = label in option.text and "agrees" not in stances.values()
        if option.correct != is_said:
            yield f"option {place}", f'"{option.text}": of {fact.id} the facts say otherwise.'


def audit_stance(ledger: Ledger, question: Any, fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with "how does the other source speak of it": the stance that the editor noted."""
    stances = _stances(ledger, fact).items()
    noted = {stance for other, stance in stances if _label(ledger, other) in question.stem}
    if len(noted) != 1:
        yield "key", f"The editor noted {len(noted)} stances towards {fact.id}."
    for place, option in enumerate(question.options, start=1):
        meant = {stance for stance, words in WORDS.items() if re.search(words, option.text.casefold())}
        if option.correct != bool(meant & noted):
            yield f"option {place}", f'"{option.text}": of {fact.id} the comparison says otherwise.'


def _label(ledger: Ledger, fact_id: str) -> str:
    """Return how stems and options call the source of a fact: its label, without its date."""
    return ledger.sources[ledger.facts[fact_id].source].label.split(" of ")[0]


def _stances(ledger: Ledger, fact: Fact) -> dict[str, Stance]:
    """Return the stances of facts of other sources towards this one; a comparison can be read from both sides."""
    found: dict[str, Stance] = {}
    for pair in ledger.comparisons(fact.id):
        if pair.fact == fact.id:
            found[pair.other] = pair.stance
        elif pair.other == fact.id:
            found[pair.fact] = "agrees" if pair.stance == "announces" else pair.stance
    return {other: stance for other, stance in found.items() if ledger.facts[other].source != fact.source}
