"""Phrases of questions that are answered on a map."""

from quizapp.generate.phrases.shapes import Ask

ASKS: dict[str, Ask] = {
    "holds_office": Ask(
        slot="of",
        stems=(
            "find on the map the {of:noun} of which {person} was {office:the} {then}.",
            "of which {of:noun} on this map was {person} {office:the} {then}?",
        ),
        kind="map_location",
    ),
    "event_place": Ask(
        slot="place",
        stems=(
            "find on the map the {place:noun} in which {event} [took place|was planned to take place].",
            "which {place:noun} on this map [was|was to be] the scene of {event}?",
        ),
        kind="map_location",
        names_source=False,
    ),
}
