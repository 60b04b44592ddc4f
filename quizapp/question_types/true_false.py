"""A statement to judge."""

from random import Random
from typing import ClassVar

from quizapp.core.choices import choices_of
from quizapp.core.one_choice import OneChoice
from quizapp.core.presentation import ChoicePage

TEXTS = ("True", "False")


class TrueFalse(OneChoice, frozen=True, kw_only=True, tag="true_false"):
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

    prompt: ClassVar[str] = "Choose True or False."
    remedy: ClassVar[str] = "Say whether the statement is true or false."

    def __post_init__(self) -> None:
        """Refuse anything but the options True and False, one of them right."""
        if tuple(option.text for option in self.options) != TEXTS:
            raise ValueError('The options must be "True" and "False", in this order.')
        super().__post_init__()

    def present(self, rng: Random) -> ChoicePage:
        """Show True, then False."""
        return ChoicePage(choices=tuple(choices_of(self.id, TEXTS)))
