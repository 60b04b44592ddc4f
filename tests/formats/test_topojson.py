"""A topology with two neighbours is read into shared lines and rings."""

import json

from quizapp.formats.topojson import read_topology

TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [-10, 20]},
    "arcs": [[[0, 0], [2, 0], [0, 2]], [[2, 2], [-2, -2]], [[2, 2], [4, 0], [-6, -2]]],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "properties": {"a3": "ONE"}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "properties": {"a3": "TWO"}, "arcs": [[[2, -2]]]},
                {"type": "Polygon", "properties": {"a3": "ONE"}, "arcs": [[2]]},
            ],
        }
    },
}


def test_lines_are_decoded_from_their_steps() -> None:
    topology = read_topology(json.dumps(TOPOLOGY).encode(), "countries")

    assert topology.lines[0] == ((-10, 20), (-9, 20), (-9, 21))


def test_parts_of_a_country_are_its_rings() -> None:
    topology = read_topology(json.dumps(TOPOLOGY).encode(), "countries")

    assert topology.rings == {"ONE": ((0, 1), (2,)), "TWO": ((2, -2),)}
