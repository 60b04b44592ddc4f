"""Several right options among wrong ones."""

from random import Random
from typing import ClassVar

from quizapp.core.choices import check_options, choices_of, chosen, shuffled
from quizapp.core.mark import Mark, Part
from quizapp.core.presentation import ChoicePage
from quizapp.core.question import Option, Question, option_key
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES, balanced


class MultipleChoice(Question[tuple[str, ...]], frozen=True, kw_only=True, tag="multiple_choice"):
    """Choose all options that apply.

    As it stands in the bank, one line (citations left out)::

        {"type": "multiple_choice", "id": "neighbours-kenya", "kind": "neighbours",
         "stem": "Which of these states border Kenya?", "topic": "africa",
         "explanation": "Kenya has five neighbours on land.",
         "options": [
           {"text": "Uganda", "correct": true, "why": "Uganda lies to the west of Kenya."},
           {"text": "Somalia", "correct": true, "why": "Somalia lies to the east of Kenya."},
           {"text": "Rwanda", "why": "Rwanda borders Uganda and Tanzania.",
            "refutation": {"kind": "closed_set", "fact_ids": ["neighbours-of-kenya"]}}]}

    The response is a tuple of option keys, in the order of the options. ``sorted_options`` keeps the given order.
    """

    response: ClassVar[type] = tuple[str, ...]
    rule: ClassVar[str] = RULES["balanced"].sentence

    options: tuple[Option, ...]
    sorted_options: bool = False

    def __post_init__(self) -> None:
        """Refuse options that are empty or alike, and sets without a right or without a wrong one."""
        check_options(
            self.options,
            is_right_number=lambda number: 0 < number < len(self.options),
            remedy="Mark at least one option as right and leave at least one wrong.",
        )

    def present(self, rng: Random) -> ChoicePage:
        """Show the options, shuffled unless their order is their own."""
        choices = choices_of(self.id, (option.text for option in self.options))
        return ChoicePage(choices=tuple(choices) if self.sorted_options else shuffled(choices, rng), many=True)

    def parse(self, form: FormData) -> tuple[str, ...]:
        """Read every ``choice``."""
        keys = [option_key(self.id, option.text) for option in self.options]
        posted = chosen(form, keys)
        if not posted:
            raise BadResponse("Choose at least one answer.")
        return tuple(key for key in keys if key in posted)

    def grade(self, response: tuple[str, ...]) -> Mark:
        """Give right choices their share and take wrong ones off, with one part for each option."""
        right = {option_key(self.id, option.text) for option in self.options if option.correct}
        wrong = {option_key(self.id, option.text) for option in self.options if not option.correct}
        parts = tuple(
            Part(
                label=option.text,
                given=_word(is_chosen=option_key(self.id, option.text) in response),
                expected=_word(is_chosen=option.correct),
                is_right=(option_key(self.id, option.text) in response) == option.correct,
            )
            for option in self.options
        )
        return Mark(fraction=balanced(set(response), right, wrong), parts=parts)

    def solution(self) -> tuple[str, ...]:
        """Return the keys of all right options."""
        return tuple(option_key(self.id, option.text) for option in self.options if option.correct)

    def as_text(self, response: tuple[str, ...]) -> str:
        """List the chosen options."""
        return "; ".join(option.text for option in self.options if option_key(self.id, option.text) in response)


def _word(*, is_chosen: bool) -> str:
    return "chosen" if is_chosen else "not chosen"
