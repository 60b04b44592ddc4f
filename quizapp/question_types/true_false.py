"""A statement to judge."""

from random import Random
from typing import ClassVar

from quizapp.core.choices import check_options, choices_of, chosen, texts_by_key
from quizapp.core.mark import Mark
from quizapp.core.presentation import ChoicePage
from quizapp.core.question import Option, Question, option_key
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES

TEXTS = ("True", "False")


class TrueFalse(Question[str], frozen=True, kw_only=True, tag="true_false"):
    """Say whether a statement is true.

    As it stands in the bank, one line (citations left out)::

        {"type": "true_false", "id": "capital-kenya-false", "kind": "true_or_false",
         "stem": "True or false? Mombasa is the capital of Kenya.", "topic": "africa",
         "explanation": "Mombasa is the main port; the government sits in Nairobi.",
         "options": [
           {"text": "True", "why": "Mombasa is the main port of Kenya.",
            "refutation": {"kind": "functional", "fact_ids": ["capital-of-kenya"]}},
           {"text": "False", "correct": true, "why": "The capital is Nairobi."}]}

    The response is the key of an option. "True" always stands first.
    """

    response: ClassVar[type] = str
    rule: ClassVar[str] = RULES["one_choice"].sentence

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        """Refuse anything but the options True and False, one of them right."""
        if tuple(option.text for option in self.options) != TEXTS:
            raise ValueError('The options must be "True" and "False", in this order.')
        check_options(
            self.options,
            is_right_number=lambda number: number == 1,
            remedy="Say whether the statement is true or false.",
        )

    def present(self, rng: Random) -> ChoicePage:
        """Show True, then False."""
        return ChoicePage(choices=tuple(choices_of(self.id, TEXTS)))

    def parse(self, form: FormData) -> str:
        """Read the one ``choice``."""
        keys = chosen(form, texts_by_key(self.id, TEXTS))
        if not keys:
            raise BadResponse("Choose True or False.")
        if len(keys) > 1:
            raise BadResponse("Choose one answer only.")
        return keys[0]

    def grade(self, response: str) -> Mark:
        """Give all or nothing."""
        return Mark(fraction=float(response == self.solution()))

    def solution(self) -> str:
        """Return the key of the right option."""
        return next(option_key(self.id, option.text) for option in self.options if option.correct)

    def as_text(self, response: str) -> str:
        """Return "True" or "False"."""
        return texts_by_key(self.id, TEXTS).get(response, "")
