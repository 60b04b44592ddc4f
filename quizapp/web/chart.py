"""Maps as the templates draw them: the shapes that can be chosen, and everything around them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from quizapp.core.atlas import Crop
from quizapp.core.presentation import MapPage

MAPS = Path(__file__).parent / "maps"
LABEL_ROOM = 190
ASIDE = 22
BELOW = 9


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place that can be chosen: a ``shape`` of the sheet or a point; ``state`` comes after the answer.

    ``x`` and ``y`` are where its name stands, ``anchor`` which side of the name is there.
    """

    key: str
    text: str
    x: int
    y: int
    anchor: str
    state: str
    shape: str = ""
    point: tuple[int, int] | None = None


class Hatched(msgspec.Struct, frozen=True, kw_only=True):
    """A disputed area and who claims it."""

    d: str
    text: str


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A map of a region; ``sheet`` is the static file with its outlines."""

    title: str
    width: int
    height: int
    sheet: str
    spots: tuple[Spot, ...]
    disputed: tuple[Hatched, ...]
    globe_frame: str


@cache
def regions() -> dict[str, Crop]:
    """Read the maps, once, by name."""
    return {file.stem: msgspec.json.decode(file.read_bytes(), type=Crop) for file in sorted(MAPS.glob("*.json"))}


def sheet(crop: Crop) -> str:
    """Draw the outlines of a region as a file of its own; pages refer to its shapes by name and give them colours."""
    shapes = "".join(f'<path id="{name}" d="{d}"/>' for name, d in crop.shapes.items() if name not in crop.disputed)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {crop.width} {crop.height}">'
        f'<g id="land">{shapes}</g><path id="globe" d="{crop.globe_land}"/></svg>'
    )


def chart(page: object, states: Mapping[str, str] | None = None) -> Chart | None:
    """Draw the map of a question; ``states`` are those of the options by their text, once they are told."""
    crop = regions().get(page.region) if isinstance(page, MapPage) else None
    if crop is None or not isinstance(page, MapPage):
        return None
    told = states or {}
    return Chart(
        title=crop.title,
        width=crop.width,
        height=crop.height,
        sheet=f"maps/{page.region}.svg",
        spots=tuple(
            _spot(crop, place, choice.key, choice.text, told.get(choice.text, ""))
            for place, choice in zip(page.places, page.choices, strict=True)
        ),
        disputed=tuple(Hatched(d=crop.shapes[name], text=text) for name, text in crop.disputed.items()),
        globe_frame=crop.globe_frame,
    )


def _spot(crop: Crop, place: str, key: str, text: str, state: str) -> Spot:
    if place in crop.points:
        x, y = crop.points[place]
        anchor, aside = ("end", -ASIDE) if x > crop.width - LABEL_ROOM else ("start", ASIDE)
        return Spot(key=key, text=text, x=x + aside, y=y + BELOW, anchor=anchor, state=state, point=(x, y))
    x, y = crop.labels.get(place, (0, 0))
    return Spot(key=key, text=text, x=x, y=y + BELOW, anchor="middle", state=state, shape=place)
