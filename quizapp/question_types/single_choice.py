"""One right option among several."""

from random import Random

from quizapp.core.choices import choices_of, shuffled
from quizapp.core.one_choice import OneChoice
from quizapp.core.presentation import ChoicePage


class SingleChoice(OneChoice, frozen=True, kw_only=True, tag="single_choice"):
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

    sorted_options: bool = False

    def present(self, rng: Random) -> ChoicePage:
        """Show the options, shuffled unless their order is their own."""
        choices = choices_of(self.id, (option.text for option in self.options))
        return ChoicePage(choices=tuple(choices) if self.sorted_options else shuffled(choices, rng))
