"""Maps as the templates draw them: the shapes that can be chosen, and everything around them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from quizapp.core.atlas import Crop
from quizapp.core.presentation import MapPage

MAPS = Path(__file__).parent / "maps"
LABEL_ROOM = 190


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place that can be chosen: the outline ``d`` of a country, or a point; ``state`` is that after the answer.

    ``x`` and ``y`` are where its name stands, ``anchor`` which side of it is there.
    """

    key: str
    text: str
    d: str = ""
    x: int = 0
    y: int = 0
    anchor: str = "start"
    state: str = ""


class Hatched(msgspec.Struct, frozen=True, kw_only=True):
    """A disputed area and who claims it."""

    d: str
    text: str


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A map of a region: ``land`` is what cannot be chosen."""

    title: str
    width: int
    height: int
    land: str
    spots: tuple[Spot, ...]
    disputed: tuple[Hatched, ...]
    globe_land: str
    globe_frame: str


@cache
def regions() -> dict[str, Crop]:
    """Read the maps, once, by name."""
    return {file.stem: msgspec.json.decode(file.read_bytes(), type=Crop) for file in sorted(MAPS.glob("*.json"))}


def chart(page: object, states: Mapping[str, str] | None = None) -> Chart | None:
    """Draw the map of a question; ``states`` are those of the options by their text, once they are told."""
    crop = regions().get(page.region) if isinstance(page, MapPage) else None
    if crop is None or not isinstance(page, MapPage):
        return None
    told = states or {}
    offered = dict(zip(page.places, page.choices, strict=True))
    return Chart(
        title=crop.title,
        width=crop.width,
        height=crop.height,
        land="".join(d for name, d in crop.shapes.items() if name not in offered and name not in crop.disputed),
        spots=tuple(
            _spot(crop, place, choice.key, choice.text, told.get(choice.text, "")) for place, choice in offered.items()
        ),
        disputed=tuple(Hatched(d=crop.shapes[name], text=text) for name, text in crop.disputed.items()),
        globe_land=crop.globe_land,
        globe_frame=crop.globe_frame,
    )


def _spot(crop: Crop, place: str, key: str, text: str, state: str) -> Spot:
    if place in crop.points:
        x, y = crop.points[place]
        return Spot(key=key, text=text, x=x, y=y, anchor="end" if x > crop.width - LABEL_ROOM else "start", state=state)
    x, y = crop.labels.get(place, (0, 0))
    return Spot(key=key, text=text, d=crop.shapes.get(place, ""), x=x, y=y, anchor="middle", state=state)
