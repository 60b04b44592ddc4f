"""One right option among several."""

from random import Random
from typing import ClassVar

from quizapp.core.choices import check_options, choices_of, chosen, shuffled, texts_by_key
from quizapp.core.mark import Mark
from quizapp.core.presentation import ChoicePage
from quizapp.core.question import Option, Question, option_key
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES


class SingleChoice(Question[str], frozen=True, kw_only=True, tag="single_choice"):
    """Choose one option.

    As it stands in the bank, one line (citations left out)::

        {"type": "single_choice", "id": "capital-kenya", "kind": "capital",
         "stem": "Which city is the capital of Kenya?", "topic": "africa",
         "explanation": "Nairobi has been the seat of government since before independence.",
         "options": [
           {"text": "Nairobi", "correct": true, "why": "Nairobi is the capital of Kenya."},
           {"text": "Mombasa", "why": "Mombasa is the main port of Kenya.",
            "refutation": {"kind": "functional", "fact_ids": ["capital-of-kenya"]}},
           {"text": "Kampala", "why": "Kampala is the capital of Uganda.",
            "refutation": {"kind": "functional", "fact_ids": ["capital-of-kenya"]}}]}

    The response is the key of an option. ``sorted_options`` keeps the given order; else options are shuffled.
    """

    response: ClassVar[type] = str
    rule: ClassVar[str] = RULES["one_choice"].sentence

    options: tuple[Option, ...]
    sorted_options: bool = False

    def __post_init__(self) -> None:
        """Refuse options that are empty, alike, or not right exactly once."""
        check_options(
            self.options, is_right_number=lambda number: number == 1, remedy="Mark exactly one option as right."
        )

    def present(self, rng: Random) -> ChoicePage:
        """Show the options, shuffled unless their order is their own."""
        choices = choices_of(self.id, (option.text for option in self.options))
        return ChoicePage(choices=tuple(choices) if self.sorted_options else shuffled(choices, rng))

    def parse(self, form: FormData) -> str:
        """Read the one ``choice``."""
        keys = chosen(form, texts_by_key(self.id, (option.text for option in self.options)))
        if not keys:
            raise BadResponse("Choose an answer.")
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
        """Return the text of the chosen option."""
        return texts_by_key(self.id, (option.text for option in self.options)).get(response, "")
