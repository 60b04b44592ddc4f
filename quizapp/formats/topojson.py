"""Reading TopoJSON: the countries of an atlas as rings of longitude and latitude, each border decoded once."""

from typing import Any

import msgspec

from quizapp.core.equal_earth import Point


class Topology(msgspec.Struct, frozen=True, kw_only=True):
    """Lines that countries share, and for each country (by its ``a3`` code) the rings that these lines make.

    A ring is a tuple of line numbers; ``~n`` is line n read backwards (TopoJSON specification 2.1.4).
    """

    lines: tuple[tuple[Point, ...], ...]
    rings: dict[str, tuple[tuple[int, ...], ...]]


def read_topology(content: bytes, layer: str) -> Topology:
    """Decode the named object of a quantised topology of polygons."""
    data: dict[str, Any] = msgspec.json.decode(content)
    (scale_x, scale_y), (start_x, start_y) = data["transform"]["scale"], data["transform"]["translate"]
    lines: list[tuple[Point, ...]] = []
    for arc in data["arcs"]:
        x = y = 0
        line: list[Point] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((start_x + x * scale_x, start_y + y * scale_y))
        lines.append(tuple(line))
    rings: dict[str, tuple[tuple[int, ...], ...]] = {}
    for geometry in data["objects"][layer]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        name = geometry["properties"]["a3"]
        rings[name] = (*rings.get(name, ()), *(tuple(ring) for polygon in parts for ring in polygon))
    return Topology(lines=tuple(lines), rings=rings)
