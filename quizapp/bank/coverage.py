"""How far questions cover the sources: facts and questions paragraph by paragraph."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from quizapp.core.bank import Bank
from quizapp.core.question import Question


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph of a source, counted from 1: how many facts were read from it and how many questions cite it."""

    number: int
    facts: int
    questions: int


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """One source: its facts, the questions that cite it, what is asked of it, and its paragraphs.

    ``targets`` counts distinct pairs of a fact and what is asked of it. ``paragraphs`` is empty where the length of the
    source is not known.
    """

    source: str
    label: str
    words: int | None
    facts: int
    questions: int
    targets: int
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def read(self) -> int:
        """Count the paragraphs from which a fact was read."""
        return sum(paragraph.facts > 0 for paragraph in self.paragraphs)


def coverage(bank: Bank, questions: Sequence[Question[Any]]) -> tuple[Coverage, ...]:
    """Return the coverage of every source of a bank, in its order."""
    read = Counter(
        place
        for fact in bank.facts.values()
        for place in {(citation.source, citation.paragraph) for citation in fact.citations}
    )
    cited = Counter(
        place
        for question in questions
        for place in {(citation.source, citation.paragraph) for citation in question.citations}
    )
    citing = Counter(source for one in questions for source in {citation.source for citation in one.citations})
    targets = {target for question in questions for target in question.targets}
    asked = Counter(bank.facts[name].source for name, _, _ in (one.rpartition(".") for one in targets))
    facts = Counter(fact.source for fact in bank.facts.values())
    return tuple(
        Coverage(
            source=source.id,
            label=source.label,
            words=source.words,
            facts=facts[source.id],
            questions=citing[source.id],
            targets=asked[source.id],
            paragraphs=tuple(
                Paragraph(number=number, facts=read[source.id, number], questions=cited[source.id, number])
                for number in range(1, (source.paragraphs or 0) + 1)
            ),
        )
        for source in bank.sources.values()
    )
