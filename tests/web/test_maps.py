"""The maps as pages draw them: small, with every place of the bank, and a page that says whose borders they are."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from quizapp.core.citation import Citation
from quizapp.core.presentation import ChoicePage
from quizapp.question_types import MapPoint, from_line
from quizapp.web.chart import chart, regions

BUILT = Path(__file__).parents[2] / "question_bank" / "built" / "questions.jsonl"
MOST_BYTES = 10_000


@pytest.fixture(scope="module", name="asked")
def asked_fixture() -> list[MapPoint]:
    """Read the map questions of the built bank."""
    read = (from_line(line)[0] for line in BUILT.read_bytes().splitlines())
    return [question for question in read if isinstance(question, MapPoint)]


@pytest.fixture(name="opened")
def opened_fixture(client: FlaskClient, publish: Callable[..., Any], asked: list[MapPoint]) -> str:
    """Publish one map question of Europe and open it; return its address."""
    question = next(one for one in asked if one.region == "europe")
    own = replace(question, topic="asia", citations=(Citation(source="almanac", paragraph=2),), other_sources=())
    publish(own)
    return str(client.post("/q/all", follow_redirects=True).request.path)


def test_each_place_of_the_bank_can_be_drawn(asked: list[MapPoint]) -> None:
    for question in asked:
        crop = regions()[question.region]
        assert all(place in crop.shapes or place in crop.points for place in question.places), question.id


def test_a_map_has_a_shape_or_a_point_for_each_choice(asked: list[MapPoint]) -> None:
    for question in asked:
        page = question.present(None)  # type: ignore[arg-type]
        drawn = chart(page)
        assert drawn
        assert [spot.key for spot in drawn.spots] == [choice.key for choice in page.choices]


def test_before_the_answer_no_place_has_a_state(asked: list[MapPoint]) -> None:
    drawn = chart(asked[0].present(None))  # type: ignore[arg-type]

    assert drawn
    assert {spot.state for spot in drawn.spots} == {""}


def test_a_disputed_area_is_neither_land_nor_choice() -> None:
    for crop in regions().values():
        assert set(crop.disputed) <= set(crop.shapes)


def test_other_choices_have_no_map() -> None:
    assert chart(ChoicePage(choices=())) is None


def test_the_page_of_a_map_is_small(client: FlaskClient, opened: str) -> None:
    assert len(gzip.compress(client.get(opened).data)) < MOST_BYTES


def test_a_map_needs_no_style_of_its_own(client: FlaskClient, opened: str) -> None:
    page = client.get(opened).text

    assert "<style" not in page
    assert not re.search(r"\sstyle=", page)


def test_the_feedback_marks_the_right_place(client: FlaskClient, opened: str, asked: list[MapPoint]) -> None:
    key = next(one for one in asked if one.region == "europe").solution()

    page = client.post(opened, data={"choice": key}, follow_redirects=True).text

    assert "Correct." in page
    assert re.search(f'data-spot="{key}" [^>]*class="map__spot--right"', page)


def test_the_policy_names_every_disputed_area(client: FlaskClient) -> None:
    page = client.get("/about/maps").text

    assert "Natural Earth" in page
    for crop in regions().values():
        assert all(text in page for text in crop.disputed.values())
