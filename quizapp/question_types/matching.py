"""Pairs to put together."""

from random import Random
from typing import ClassVar

from quizapp.core.choices import UNKNOWN, check_texts, choices_of, shuffled, texts_by_key
from quizapp.core.mark import Mark, Part
from quizapp.core.natural_order import natural_order
from quizapp.core.presentation import MatchingPage
from quizapp.core.question import Question, option_key
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES, pairs_share


class Matching(Question[dict[str, str]], frozen=True, kw_only=True, tag="matching"):
    """Choose the partner of each row.

    As it stands in the bank, one line (citations left out)::

        {"type": "matching", "id": "capitals-east-africa", "kind": "match_capitals",
         "stem": "Match each state with its capital.", "topic": "africa",
         "explanation": "All three are inland cities on the plateau.",
         "pairs": [["Kenya", "Nairobi"], ["Uganda", "Kampala"], ["Rwanda", "Kigali"]],
         "extra": ["Mombasa"],
         "whys": ["The government sits in Nairobi.", "Kampala lies by Lake Victoria.", "Kigali lies in the middle."]}

    The response maps the key of each row to the key of a choice. Equal right-hand texts are one choice; ``extra`` are
    choices that belong to no row; ``whys`` has one sentence for each pair, or is empty.
    """

    response: ClassVar[type] = dict[str, str]
    rule: ClassVar[str] = RULES["pairs_share"].sentence

    pairs: tuple[tuple[str, str], ...]
    extra: tuple[str, ...] = ()
    whys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that are alike or empty, and choices that leave nothing to choose."""
        check_texts([left for left, _ in self.pairs], name="row", at_least=2)
        check_texts(self._choices(), name="choice", at_least=2)
        if len(self._choices()) != len({right for _, right in self.pairs}) + len(self.extra):
            raise ValueError("A choice that belongs to no row repeats one that does. Remove it.")
        if self.whys and len(self.whys) != len(self.pairs):
            raise ValueError("Give one explanation for each pair, or none.")

    def present(self, rng: Random) -> MatchingPage:
        """Show shuffled rows, and the choices shuffled unless they have a natural order."""
        choices = choices_of(self.id, self._choices())
        order = natural_order(tuple(choice.text for choice in choices))
        in_order = sorted(zip(order, choices, strict=True), key=lambda pair: pair[0]) if order else []
        return MatchingPage(
            rows=shuffled(choices_of(self.id, (left for left, _ in self.pairs)), rng),
            choices=tuple(choice for _, choice in in_order) or shuffled(choices, rng),
        )

    def parse(self, form: FormData) -> dict[str, str]:
        """Read ``match-<row key>`` of every row."""
        rows = texts_by_key(self.id, (left for left, _ in self.pairs))
        posted = {key: form.get(f"match-{key}") or "" for key in rows}
        missing = [text for key, text in rows.items() if not posted[key]]
        if len(missing) == len(rows):
            raise BadResponse("Choose an answer for each row.")
        if missing:
            raise BadResponse("Choose an answer for " + " and ".join(f'"{text}"' for text in missing) + " as well.")
        if not set(posted.values()) <= set(texts_by_key(self.id, self._choices())):
            raise BadResponse(UNKNOWN)
        return posted

    def grade(self, response: dict[str, str]) -> Mark:
        """Give each right pair its share."""
        texts = texts_by_key(self.id, self._choices())
        given = [texts.get(response.get(option_key(self.id, left), "")) for left, _ in self.pairs]
        expected = [right for _, right in self.pairs]
        parts = tuple(
            Part(label=left, given=text or "", expected=right, is_right=text == right)
            for (left, right), text in zip(self.pairs, given, strict=True)
        )
        return Mark(fraction=pairs_share(given, expected), parts=parts)

    def solution(self) -> dict[str, str]:
        """Return the partner of every row."""
        return {option_key(self.id, left): option_key(self.id, right) for left, right in self.pairs}

    def as_text(self, response: dict[str, str]) -> str:
        """List the pairs in the order of the bank."""
        texts = texts_by_key(self.id, self._choices())
        return "; ".join(
            f"{left} → {texts.get(response.get(option_key(self.id, left), ''), '')}" for left, _ in self.pairs
        )

    def _choices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(right for _, right in self.pairs), *self.extra)))
