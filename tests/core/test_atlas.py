"""A region cut out of an invented topology."""

from quizapp.core.atlas import WIDTH, Frame, Region, crop

REGION = Region(title="the Two Lands", west=0, south=0, east=20, north=10)
# two squares that share their border, and a third far away.
LINES = (
    ((10.0, 2.0), (10.0, 8.0)),
    ((10.0, 8.0), (4.0, 8.0), (4.0, 2.0), (10.0, 2.0)),
    ((10.0, 8.0), (16.0, 8.0), (16.0, 2.0), (10.0, 2.0)),
    ((100.0, 2.0), (110.0, 2.0), (110.0, 8.0), (100.0, 2.0)),
)
RINGS = {"WES": ((0, 1),), "EAS": ((~0, ~2),), "FAR": ((3,),)}


def test_a_region_holds_what_lies_in_it() -> None:
    drawn = crop(REGION, LINES, RINGS, places={}, disputed={})

    assert list(drawn.shapes) == ["EAS", "WES"]


def test_neighbours_share_their_border() -> None:
    drawn = crop(REGION, LINES, RINGS, places={}, disputed={})

    assert drawn.labels["WES"][0] < WIDTH / 2 < drawn.labels["EAS"][0]


def test_a_place_stands_where_its_degrees_are() -> None:
    drawn = crop(REGION, LINES, RINGS, places={"port": (10, 5), "far": (100, 5)}, disputed={})

    assert list(drawn.points) == ["port"]
    assert abs(drawn.points["port"][0] - WIDTH / 2) <= 1


def test_only_disputes_on_the_map_are_told() -> None:
    drawn = crop(REGION, LINES, RINGS, places={}, disputed={"EAS": "claimed by both", "FAR": "claimed by none"})

    assert drawn.disputed == {"EAS": "claimed by both"}


def test_the_corners_of_a_region_lie_on_the_map() -> None:
    frame = Frame(REGION)

    for longitude in (0, 20):
        for latitude in (0, 10):
            x, y = frame.place(longitude, latitude)
            assert -1 <= x <= WIDTH + 1
            assert -1 <= y <= frame.height + 1
