"""A flag that lint raises, and the rule behind it."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from quizapp.generate.lint.subject import Subject

Severity = Literal["hard", "soft"]
Finding = tuple[str, str]


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """One flaw: the rule, where it stands ("stem", "option 2"), what is wrong, why it matters, how to mend it."""

    rule: str
    severity: Severity
    where: str
    message: str
    reason: str
    remedy: str


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of good questions; ``find`` yields where and what is wrong. A fact rule runs only with a bank."""

    name: str
    find: Callable[[Subject], Iterator[Finding]]
    reason: str
    remedy: str
    severity: Severity = "hard"
    needs_facts: bool = False

    def flags(self, subject: Subject) -> list[Flag]:
        """Return every place where a question breaks the rule."""
        return [
            Flag(
                rule=self.name,
                severity=self.severity,
                where=where,
                message=message,
                reason=self.reason,
                remedy=self.remedy,
            )
            for where, message in self.find(subject)
        ]
