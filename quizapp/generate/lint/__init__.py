"""The rules of good questions, as advice to a teacher and as a wall for the bank."""

from typing import Any

from quizapp.core.bank import Bank
from quizapp.core.question import Question
from quizapp.generate.lint.cues import CUES
from quizapp.generate.lint.facts import FACTS
from quizapp.generate.lint.flag import Flag, Rule
from quizapp.generate.lint.grammar import GRAMMAR
from quizapp.generate.lint.options import OPTIONS
from quizapp.generate.lint.subject import Subject
from quizapp.generate.lint.wording import WORDING

RULES: tuple[Rule, ...] = (*CUES, *OPTIONS, *WORDING, *GRAMMAR, *FACTS)

__all__ = ["RULES", "Flag", "Rule", "lint"]


def lint(question: Question[Any], *, bank: Bank | None = None) -> list[Flag]:
    """Return what is wrong with a question, the hard flags first.

    Without a bank only the rules of text run, as for a teacher's question; with one also those of the facts.
    """
    subject = Subject(question=question, bank=bank)
    flags = [flag for rule in RULES if bank is not None or not rule.needs_facts for flag in rule.flags(subject)]
    return sorted(flags, key=lambda flag: flag.severity)
