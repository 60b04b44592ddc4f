"""The projection against its published shape, and outlines that stay closed, small and inside the map."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.equal_earth import area, clip, middle, path, project, simplify

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
DEGREES = st.tuples(st.floats(-179, 179), st.floats(-89, 89))


def test_the_middle_of_the_world_is_the_origin() -> None:
    assert project(0, 0) == (0, 0)


def test_the_equator_is_as_long_as_published() -> None:
    x, _ = project(179.9999999, 0)

    assert x == pytest.approx(2.70663, abs=1e-4)


def test_the_pole_is_as_high_as_published() -> None:
    _, y = project(0, 90)

    assert y == pytest.approx(1.31734, abs=1e-4)


def test_areas_stay_true() -> None:
    def on_map(south: float) -> float:
        corners = [project(x, y) for x, y in ((0, south), (1, south), (1, south + 1), (0, south + 1))]
        return area(corners)

    on_globe = math.sin(math.radians(61)) - math.sin(math.radians(60))
    at_equator = math.sin(math.radians(1))

    assert on_map(60) / on_map(0) == pytest.approx(on_globe / at_equator, rel=1e-3)


@given(DEGREES)
def test_another_meridian_only_turns_the_globe(place: tuple[float, float]) -> None:
    longitude, latitude = place

    assert project(longitude, latitude, meridian=longitude) == pytest.approx(project(0, latitude), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=2, max_size=40))
def test_a_simpler_line_keeps_its_ends(line: list[tuple[int, int]]) -> None:
    found = simplify([(float(x), float(y)) for x, y in line], 3)

    assert (found[0], found[-1]) == (line[0], line[-1])
    assert len(found) <= len(line)


def test_a_straight_line_needs_two_points() -> None:
    assert simplify([(0, 0), (1, 0.1), (2, 0), (9, 0)], 1) == [(0, 0), (9, 0)]


def test_what_is_outside_the_map_is_cut_off() -> None:
    found = clip([(-5, -5), (5, -5), (5, 5), (-5, 5)], 100, 100)

    assert area(found) == 25


def test_a_ring_far_outside_leaves_nothing() -> None:
    assert clip([(-9, -9), (-5, -9), (-5, -5)], 100, 100) == []


def test_a_path_has_whole_relative_steps() -> None:
    assert path([SQUARE]) == "M0 0l10 0 0 10-10 0z"


def test_a_ring_without_extent_is_not_drawn() -> None:
    assert path([[(1.0, 1.0), (1.1, 1.1), (1.2, 1.0)]]) == ""


def test_the_middle_of_a_square_is_in_its_middle() -> None:
    assert middle(SQUARE) == (5, 5)
