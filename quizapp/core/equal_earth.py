"""The Equal Earth projection, and outlines made smaller: pure geometry in degrees and in units of a map."""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
# Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of GIS 33 (2019), equation 1.
COEFFICIENTS = (1.340264, -0.081106, 0.000893, 0.003796)
M = math.sqrt(3) / 2


def project(longitude: float, latitude: float, *, meridian: float = 0.0) -> Point:
    """Return x to the east and y to the north of a place in degrees, in radii of the globe; areas stay true."""
    turned = math.radians((longitude - meridian + 180) % 360 - 180)
    theta = math.asin(M * math.sin(math.radians(latitude)))
    a1, a2, a3, a4 = COEFFICIENTS
    square = theta * theta
    sixth = square**3
    x = turned * math.cos(theta) / (M * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)))
    y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return x, y


def simplify(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Leave out points that lie within ``tolerance`` of the line between those that stay (Douglas and Peucker 1973)."""
    if len(line) < 3:
        return list(line)
    kept = {0, len(line) - 1}
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        far, at = max(
            ((_distance(line[index], line[first], line[last]), index) for index in range(first + 1, last)),
            default=(0.0, first),
        )
        if far > tolerance:
            kept.add(at)
            open_spans += [(first, at), (at, last)]
    return [line[index] for index in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a segment."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    share = min(1.0, max(0.0, share))
    return math.hypot(point[0] - start[0] - share * dx, point[1] - start[1] - share * dy)


def clip(ring: Sequence[Point], width: float, height: float) -> list[Point]:
    """Cut a ring off at the edges of a map (Sutherland and Hodgman 1974)."""
    found = list(ring)
    for axis, edge, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        given, found = found, []
        for index, point in enumerate(given):
            before = given[index - 1]
            inside, was_inside = (sign * (one[axis] - edge) >= 0 for one in (point, before))
            if inside != was_inside:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                found.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                found.append(point)
    return found


def area(ring: Sequence[Point]) -> float:
    """Return the area of a ring."""
    return (
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2 if ring else 0
    )


def middle(ring: Sequence[Point]) -> tuple[int, int]:
    """Return the centroid of a ring."""
    x = y = total = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y, total = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross, total + 3 * cross
    return (round(x / total), round(y / total)) if total else (round(ring[0][0]), round(ring[0][1]))


def path(rings: Sequence[Sequence[Point]]) -> str:
    """Write rings as the ``d`` of an SVG path, in whole units and relative steps."""
    return "".join(_subpath(ring) for ring in rings)


def _subpath(ring: Sequence[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole) if a != b]
    if len(steps) < 2:
        return ""
    moves = "".join(f"{' ' if x >= 0 else ''}{x}{' ' if y >= 0 else ''}{y}" for x, y in steps)
    return f"M{whole[0][0]} {whole[0][1]}l{moves.lstrip()}z"
