"""What only the whole bank shows: one pattern or one answer too often, parts of a source that nobody asks about."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Any

from quizapp.core.bank import Bank
from quizapp.core.question import Question
from quizapp.generate.lint.flag import Flag
from quizapp.generate.lint.wording import reading_level
from quizapp.question_types import MapPoint, SingleChoice

FEWEST = 20
TEMPLATE_SHARE = 0.15
KEY_SHARE = 0.05
ASKED_SHARE = 0.95
READING_LEVEL = 12.0


def lint_whole(questions: Sequence[Question[Any]], *, bank: Bank | None = None) -> list[Flag]:
    """Return the soft flags of many questions as a whole; fewer than 20 are no bank, and have none.

    ``where`` names what is meant: a pattern, an answer, a source. Coverage is only measured with a bank.
    """
    if len(questions) < FEWEST:
        return []
    return [*_template(questions), *_key(questions), *(_coverage(questions, bank) if bank else ()), *_level(questions)]


def templates(questions: Iterable[Question[Any]]) -> Counter[str]:
    """Count the questions of each pattern, its wordings together; those without one are left out."""
    return Counter(question.template.rpartition(".")[0] for question in questions if question.template)


def keys(questions: Iterable[Question[Any]]) -> Counter[str]:
    """Count how often each text is the one right option, in a list or on a map."""
    choices = (question for question in questions if isinstance(question, SingleChoice | MapPoint))
    return Counter(option.text for question in choices for option in question.options if option.correct)


def largest_share(counts: Counter[str], total: int) -> float:
    """Return the share of the most frequent one, 0…1."""
    return max(counts.values(), default=0) / total if total else 0.0


def asked_facts(questions: Iterable[Question[Any]]) -> set[str]:
    """Return the ids of the facts that questions ask."""
    return {target.rpartition(".")[0] for question in questions for target in question.targets}


def mean_reading_level(questions: Iterable[Question[Any]]) -> float:
    """Return the mean reading level of the stems that are long enough to have one, as years of schooling."""
    return fmean([level for question in questions if (level := reading_level(question.stem)) is not None] or [0.0])


def _template(questions: Sequence[Question[Any]]) -> list[Flag]:
    return [
        Flag(
            rule="template_share",
            severity="soft",
            where=f"template {name}",
            message=f"{count} of {len(questions)} questions have this pattern, more than {100 * TEMPLATE_SHARE:.0f} %.",
            reason="Who has met a pattern a few times answers the pattern instead of the question.",
            remedy="Ask other facts, or ask these in another way.",
        )
        for name, count in templates(questions).most_common()
        if count > TEMPLATE_SHARE * len(questions)
    ]


def _key(questions: Sequence[Question[Any]]) -> list[Flag]:
    counts = keys(questions)
    if counts.total() < FEWEST:
        return []
    return [
        Flag(
            rule="key_share",
            severity="soft",
            where=f'answer "{text}"',
            message=f"It is right in {count} of {counts.total()} choices, more than {100 * KEY_SHARE:.0f} %.",
            reason="An answer that is often right is a good guess.",
            remedy="Ask about others, or use this answer as a wrong option elsewhere.",
        )
        for text, count in counts.most_common()
        if count > KEY_SHARE * counts.total()
    ]


def _coverage(questions: Sequence[Question[Any]], bank: Bank) -> list[Flag]:
    asked = asked_facts(questions)
    flags: list[Flag] = []
    for source in bank.sources.values():
        own = [fact.id for fact in bank.facts.values() if fact.source == source.id]
        unasked = [name for name in own if name not in asked]
        if own and len(unasked) > (1 - ASKED_SHARE) * len(own):
            flags.append(
                Flag(
                    rule="coverage",
                    severity="soft",
                    where=f"source {source.id}",
                    message=f"{len(unasked)} of {len(own)} facts are asked by no question: {', '.join(unasked)}.",
                    reason="What nobody asks about, nobody learns here.",
                    remedy="Find out why these facts give no question: a missing wording, or no refuted option.",
                )
            )
    return flags


def _level(questions: Sequence[Question[Any]]) -> list[Flag]:
    level = mean_reading_level(questions)
    if level <= READING_LEVEL:
        return []
    return [
        Flag(
            rule="reading_level",
            severity="soft",
            where="stems",
            message=f"On the average they read like a text for year {level:.0f} of schooling.",
            reason="Who reads in a second language should be asked about the world, not about long words.",
            remedy="Use shorter words and sentences in the patterns that recur.",
        )
    ]
