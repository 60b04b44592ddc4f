"""A number to give."""

import math
from random import Random
from typing import ClassVar

from quizapp.core.mark import Mark
from quizapp.core.numbers import number_text, read_number
from quizapp.core.presentation import NumericPage
from quizapp.core.question import Question
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES, within


class Numeric(Question[float], frozen=True, kw_only=True, tag="numeric"):
    """Give a number.

    As it stands in the bank, one line (citations left out)::

        {"type": "numeric", "id": "independence-kenya", "kind": "year",
         "stem": "In which year did Kenya become independent?", "topic": "africa",
         "explanation": "Independence came in December, after four years of talks in London.",
         "value": 1963, "tolerance": 0, "unit": ""}

    The response is a float. ``tolerance`` is in the same unit as ``value``, bounds included.
    """

    response: ClassVar[type] = float
    rule: ClassVar[str] = RULES["within_margin"].sentence

    value: float
    tolerance: float = 0
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse what is not a number, and a tolerance below zero."""
        if not math.isfinite(self.value):
            raise ValueError("Give the right answer as a number.")
        if not math.isfinite(self.tolerance) or self.tolerance < 0:
            raise ValueError("Give a tolerance of 0 or more.")

    def present(self, rng: Random) -> NumericPage:
        """Show the unit and the margin."""
        return NumericPage(unit=self.unit, margin=number_text(self.tolerance) if self.tolerance else "")

    def parse(self, form: FormData) -> float:
        """Read the ``number``, with or without its unit."""
        text = (form.get("number") or "").strip()
        if not text:
            raise BadResponse("Write a number.")
        if self.unit and text.casefold().endswith(self.unit.casefold()):
            text = text[: -len(self.unit)].strip()
        value = read_number(text)
        if value is None:
            raise BadResponse("Write the answer as a number in digits, for example 12 or 2.5.")
        return value

    def grade(self, response: float) -> Mark:
        """Give all within the tolerance, nothing outside."""
        return Mark(fraction=float(within(response, self.value, self.tolerance)))

    def solution(self) -> float:
        """Return the value."""
        return float(self.value)

    def as_text(self, response: float) -> str:
        """Write the number with its unit."""
        return f"{number_text(response)} {self.unit}".strip()
