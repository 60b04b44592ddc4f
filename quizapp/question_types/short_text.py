"""A name or a few words to write."""

import unicodedata
from random import Random
from typing import ClassVar

from quizapp.core.mark import Mark
from quizapp.core.presentation import TextPage
from quizapp.core.question import Question
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES
from quizapp.core.spelling import STEPS, how_accepted, same

LONGEST = 200
UNWRITABLE = ("Cc", "Cs", "Co", "Cn")


class ShortText(Question[str], frozen=True, kw_only=True, tag="short_text"):
    """Write a name.

    As it stands in the bank, one line (citations left out)::

        {"type": "short_text", "id": "capital-kenya-written", "kind": "capital",
         "stem": "What is the capital of Kenya called?", "topic": "africa",
         "explanation": "The name comes from a Maasai word for cool water.",
         "accepted": ["Nairobi", "Nairobi City"], "rejected": ["Mombasa", "Kampala"]}

    The response is the text as written, its spaces collapsed. ``accepted`` starts with the spelling to display;
    ``rejected`` are names of other entities, which no tolerance for slips may accept.
    """

    response: ClassVar[type] = str
    rule: ClassVar[str] = RULES["same_name"].sentence

    accepted: tuple[str, ...]
    rejected: tuple[str, ...] = ()
    hint: str = ""

    def __post_init__(self) -> None:
        """Refuse empty spellings, and a name that is both accepted and rejected."""
        if not self.accepted:
            raise ValueError("Give at least one accepted answer.")
        for name in self.accepted:
            if len(name) > LONGEST or not STEPS["accents"](name):
                raise ValueError(f'Nobody could write the accepted answer "{name[:40]}". Use a few words.')
            if how_accepted(name, self.accepted, self.rejected) is None:
                raise ValueError(f'"{name}" is both accepted and rejected. Take it out of one list.')

    def present(self, rng: Random) -> TextPage:
        """Show the hint."""
        return TextPage(hint=self.hint)

    def parse(self, form: FormData) -> str:
        """Read the ``text``."""
        text = " ".join(unicodedata.normalize("NFC", form.get("text") or "").split())
        if len(text) > LONGEST:
            raise BadResponse(f"Shorten the answer to at most {LONGEST} characters.")
        if any(unicodedata.category(sign) in UNWRITABLE for sign in text):
            raise BadResponse("The answer holds a character that cannot be read. Use letters, digits and spaces.")
        if not same(text):
            raise BadResponse("Write an answer.")
        return text

    def grade(self, response: str) -> Mark:
        """Give all for an accepted spelling."""
        return Mark(fraction=float(how_accepted(response, self.accepted, self.rejected) is not None))

    def solution(self) -> str:
        """Return the spelling to display."""
        return " ".join(unicodedata.normalize("NFC", self.accepted[0]).split())

    def as_text(self, response: str) -> str:
        """Return what was written."""
        return response
