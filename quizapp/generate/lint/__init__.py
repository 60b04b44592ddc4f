"""The rules of good questions, as advice to a teacher and as a wall for the bank."""

from collections.abc import Callable
from typing import Any

from quizapp.core.bank import Bank
from quizapp.core.question import Question
from quizapp.generate.lint.cues import CUES
from quizapp.generate.lint.facts import FACTS
from quizapp.generate.lint.flag import Flag, Rule
from quizapp.generate.lint.grammar import GRAMMAR
from quizapp.generate.lint.lexicon import Lexicon
from quizapp.generate.lint.options import OPTIONS
from quizapp.generate.lint.subject import Subject
from quizapp.generate.lint.whole import lint_whole
from quizapp.generate.lint.wording import WORDING

RULES: tuple[Rule, ...] = (*CUES, *OPTIONS, *WORDING, *GRAMMAR, *FACTS)

__all__ = ["RULES", "Flag", "Rule", "lint", "lint_whole", "linter"]


def linter(bank: Bank | None) -> Callable[[Question[Any]], list[Flag]]:
    """Return the check of any question: with a bank by all rules, without one by the rules of text alone."""
    lexicon = Lexicon(bank) if bank else None
    rules = [rule for rule in RULES if lexicon or not rule.needs_facts]

    def check(question: Question[Any]) -> list[Flag]:
        subject = Subject(question=question, lexicon=lexicon)
        return sorted((flag for rule in rules for flag in rule.flags(subject)), key=lambda flag: flag.severity)

    return check


def lint(question: Question[Any], *, bank: Bank | None = None) -> list[Flag]:
    """Return what is wrong with one question, the hard flags first; for many take `linter`."""
    return linter(bank)(question)
