"""What the question types share in which one option is chosen."""

from typing import ClassVar

from quizapp.core.choices import check_options, chosen, texts_by_key
from quizapp.core.mark import Mark
from quizapp.core.question import Option, Question, option_key
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES


class OneChoice(Question[str], frozen=True, kw_only=True):
    """A question whose response is the key of one option; a type says how the options are shown.

    ``prompt`` asks for an answer where none was chosen, ``remedy`` is told to an author who marks no option as right.
    """

    response: ClassVar[type] = str
    rule: ClassVar[str] = RULES["one_choice"].sentence
    prompt: ClassVar[str] = "Choose an answer."
    remedy: ClassVar[str] = "Mark exactly one option as right."

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        """Refuse options that are empty, alike, or not right exactly once."""
        check_options(self.options, is_right_number=lambda number: number == 1, remedy=self.remedy)

    def parse(self, form: FormData) -> str:
        """Read the one ``choice``."""
        keys = chosen(form, self._texts())
        if not keys:
            raise BadResponse(self.prompt)
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
        return self._texts().get(response, "")

    def _texts(self) -> dict[str, str]:
        return texts_by_key(self.id, (option.text for option in self.options))
