"""One place on a map, chosen on the map or in the list beside it."""

from random import Random
from typing import ClassVar

from quizapp.core.choices import choices_of
from quizapp.core.one_choice import OneChoice
from quizapp.core.presentation import MapPage


class MapPoint(OneChoice, frozen=True, kw_only=True, tag="map_point"):
    """Choose one place.

    As it stands in the bank, one line (citations left out)::

        {"type": "map_point", "id": "office-map", "kind": "map_location", "region": "europe",
         "stem": "Find on the map the country whose prime minister spoke first.", "topic": "europe",
         "explanation": "He spoke before the others because his country held the chair.",
         "options": [
           {"text": "Bulgaria", "why": "Sofia is the capital of Bulgaria.",
            "refutation": {"kind": "functional", "fact_ids": ["office"], "rows": ["countries.BG"]}},
           {"text": "Slovakia", "correct": true, "why": "He is Prime Minister of Slovakia."}],
         "places": ["BGR", "SVK"]}

    The response is the key of an option. ``region`` names the map, ``places`` tells for each option its shape (an ISO
    3166-1 alpha-3 code) or point there. Options stand in the order given, that of the alphabet.
    """

    prompt: ClassVar[str] = "Choose a place on the map or in the list."

    region: str
    places: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse options that are empty, alike, not right exactly once, or without a place of their own."""
        super().__post_init__()
        if len(set(self.places)) != len(self.options) or len(self.places) != len(self.options):
            raise ValueError("Give each option a place of its own on the map.")

    def present(self, rng: Random) -> MapPage:
        """Show the options in the order of the alphabet, each with its place."""
        return MapPage(
            choices=tuple(choices_of(self.id, (option.text for option in self.options))),
            region=self.region,
            places=self.places,
        )
