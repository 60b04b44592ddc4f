"""Regions of the world as maps: what is cut out of a topology, and the file in which it is kept."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from quizapp.core.equal_earth import Point, area, clip, middle, path, project, simplify

WIDTH = 900
TOLERANCE = 1.3
SMALLEST = 9.0
SMALL = 75


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What part of the world a map shows: west, south, east and north in degrees; ``title`` goes on in "Map of …"."""

    title: str
    west: float
    south: float
    east: float
    north: float

    @property
    def meridian(self) -> float:
        """Return the longitude that stands upright."""
        return (self.west + self.east) / 2


class Crop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A region as it is kept: its size in units, and the outline of each country in it by alpha-3 code.

    ``source`` says what it was drawn from, with licence and digest.
    ``labels`` are where names stand; ``points`` are places that a question may ask for. ``disputed``
    tells of disputed shapes who claims them. ``globe_land`` and ``globe_frame`` are the locator, 100 units wide.
    """

    source: str
    title: str
    width: int
    height: int
    shapes: dict[str, str]
    labels: dict[str, tuple[int, int]] = {}
    points: dict[str, tuple[int, int]] = {}
    disputed: dict[str, str] = {}
    globe_land: str = ""
    globe_frame: str = ""


class Frame:
    """Where places of the globe stand on the map of a region, in units from its upper left corner."""

    def __init__(self, region: Region) -> None:
        self.meridian = region.meridian
        edge = [
            project(longitude, latitude, meridian=region.meridian)
            for longitude in (region.west, region.meridian, region.east)
            for latitude in (region.south, (region.south + region.north) / 2, region.north)
        ]
        self.left, self.top = min(x for x, _ in edge), max(y for _, y in edge)
        self.scale = WIDTH / (max(x for x, _ in edge) - self.left)
        self.height = round((self.top - min(y for _, y in edge)) * self.scale)

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a place stands."""
        x, y = project(longitude, latitude, meridian=self.meridian)
        return (x - self.left) * self.scale, (self.top - y) * self.scale


def crop(
    region: Region,
    lines: Sequence[Sequence[Point]],
    rings: Mapping[str, Sequence[Sequence[int]]],
    *,
    places: Mapping[str, Point],
    disputed: Mapping[str, str],
    source: str = "",
) -> Crop:
    """Draw a region: every border once made simple, so that neighbours still meet, then cut at the edges."""
    frame = Frame(region)
    drawn = [simplify([frame.place(*point) for point in line], TOLERANCE) for line in lines]
    cut = {name: _cut(frame, drawn, numbers) for name, numbers in rings.items()}
    shapes = {name: shape for name, outline in cut.items() if (shape := path(outline))}
    spots = {name: frame.place(*place) for name, place in places.items()}
    land, outline = globe(region, lines, rings)
    return Crop(
        source=source,
        title=region.title,
        width=WIDTH,
        height=frame.height,
        shapes=dict(sorted(shapes.items())),
        labels={name: _label(cut[name][0]) for name in sorted(shapes)},
        points={
            name: (round(x), round(y)) for name, (x, y) in spots.items() if 0 <= x <= WIDTH and 0 <= y <= frame.height
        },
        disputed={name: told for name, told in disputed.items() if name in shapes},
        globe_land=land,
        globe_frame=outline,
    )


def _cut(frame: Frame, drawn: Sequence[Sequence[Point]], numbers: Sequence[Sequence[int]]) -> list[list[Point]]:
    found = [clip(ring, WIDTH, frame.height) for one in numbers if not _is_torn(ring := joined(drawn, one))]
    found = sorted((ring for ring in found if ring), key=area, reverse=True)
    return [ring for place, ring in enumerate(found) if area(ring) >= SMALLEST or (place == 0 and area(ring) > 1)]


def _label(ring: Sequence[Point]) -> tuple[int, int]:
    """Return where the name of a country stands: in its middle, or above it where it would cover the whole."""
    x, y = middle(ring)
    top = min(point[1] for point in ring)
    is_small = max(point[1] for point in ring) - top < SMALL and area(ring) < SMALL * SMALL / 2
    return (x, round(top) - 20) if is_small and top > SMALL else (x, y)


def _is_torn(ring: Sequence[Point]) -> bool:
    """Say whether a ring runs across the far side of the globe, where the projection is cut open."""
    return any(abs(a[0] - b[0]) > 2 * WIDTH for a, b in pairwise(ring))


def joined(lines: Sequence[Sequence[Point]], numbers: Sequence[int]) -> list[Point]:
    """Join lines to a ring; ``~n`` is line n backwards."""
    ring: list[Point] = []
    for number in numbers:
        line = list(lines[number]) if number >= 0 else list(reversed(lines[~number]))
        ring += line[1:] if ring else line
    return ring


def globe(
    region: Region, lines: Sequence[Sequence[Point]], rings: Mapping[str, Sequence[Sequence[int]]]
) -> tuple[str, str]:
    """Draw the whole world 100 units wide, for the locator: its land, and the region's frame."""
    scale = 50 / abs(project(180, 0)[0])

    def place(longitude: float, latitude: float) -> Point:
        x, y = project(longitude, latitude)
        return 50 + x * scale, 24.5 - y * scale

    drawn = [simplify([place(*point) for point in line], 0.9) for line in lines]
    outlines = [joined(drawn, numbers) for all_numbers in rings.values() for numbers in all_numbers]
    steps = [share / 8 for share in range(9)]
    wide, high = region.east - region.west, region.north - region.south
    west = [place(region.west, region.south + high * step) for step in steps]
    east = [place(_wrapped(region.east), region.south + high * step) for step in reversed(steps)]
    north = [place(_wrapped(region.west + wide * step), region.north) for step in steps]
    return path([ring for ring in outlines if area(ring) > 4]), path([[*west, *north, *east]])


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180 if longitude != 180 else 180.0
