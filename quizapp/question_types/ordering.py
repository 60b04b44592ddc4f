"""Items to put in order."""

from random import Random
from typing import ClassVar

from quizapp.core.choices import check_texts, choices_of, shuffled, texts_by_key
from quizapp.core.mark import Mark, Part
from quizapp.core.presentation import OrderingPage
from quizapp.core.question import Question, option_key
from quizapp.core.response import BadResponse, FormData
from quizapp.core.scoring import RULES, order_pairs


class Ordering(Question[tuple[str, ...]], frozen=True, kw_only=True, tag="ordering"):
    """Number the items from first to last.

    As it stands in the bank, one line (citations left out)::

        {"type": "ordering", "id": "independence-east-africa", "kind": "timeline",
         "stem": "Put these events in order.", "topic": "africa",
         "explanation": "The three became independent within three years.",
         "items": ["Tanganyika becomes independent", "Uganda becomes independent", "Kenya becomes independent"],
         "first_label": "earliest", "last_label": "latest"}

    ``items`` stand in the right order. The response is a tuple of all item keys in the order given.
    """

    response: ClassVar[type] = tuple[str, ...]
    rule: ClassVar[str] = RULES["order_pairs"].sentence

    items: tuple[str, ...]
    first_label: str = "earliest"
    last_label: str = "latest"

    def __post_init__(self) -> None:
        """Refuse items that are empty or alike."""
        check_texts(self.items, name="item", at_least=2)

    def present(self, rng: Random) -> OrderingPage:
        """Show the items shuffled."""
        return OrderingPage(
            items=shuffled(choices_of(self.id, self.items), rng),
            first_label=self.first_label,
            last_label=self.last_label,
        )

    def parse(self, form: FormData) -> tuple[str, ...]:
        """Read ``place-<item key>`` of every item, each place from 1 to the number of items once."""
        items = texts_by_key(self.id, self.items)
        posted = {key: (form.get(f"place-{key}") or "").strip() for key in items}
        missing = [text for key, text in items.items() if not posted[key]]
        if len(missing) == len(items):
            raise BadResponse(f"Give each item a place from 1 to {len(items)}.")
        if missing:
            raise BadResponse("Give a place to " + " and ".join(f'"{text}"' for text in missing) + " as well.")
        places = {str(number): number for number in range(1, len(items) + 1)}
        at: dict[int, str] = {}
        for key, text in items.items():
            place = places.get(posted[key])
            if place is None:
                raise BadResponse(f'Use whole numbers from 1 to {len(items)}: look at "{text}".')
            if place in at:
                raise BadResponse(f'Place {place} is given twice, to "{items[at[place]]}" and "{text}". Change one.')
            at[place] = key
        return tuple(at[place] for place in sorted(at))

    def grade(self, response: tuple[str, ...]) -> Mark:
        """Give each pair of items in the right order its share."""
        expected = self.solution()
        parts = tuple(
            Part(
                label=text,
                given=f"place {response.index(key) + 1}" if key in response else "",
                expected=f"place {place}",
                is_right=response[place - 1 : place] == (key,),
            )
            for place, (key, text) in enumerate(zip(expected, self.items, strict=True), start=1)
        )
        return Mark(fraction=order_pairs(response, expected), parts=parts)

    def solution(self) -> tuple[str, ...]:
        """Return the keys in the right order."""
        return tuple(option_key(self.id, text) for text in self.items)

    def as_text(self, response: tuple[str, ...]) -> str:
        """List the items in the order given."""
        items = texts_by_key(self.id, self.items)
        return "; ".join(f"{place}. {items.get(key, '')}" for place, key in enumerate(response, start=1))
