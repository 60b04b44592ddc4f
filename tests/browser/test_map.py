"""A question on a map: by pointer, by keyboard, without a script, and what it shows after the answer."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from quizapp.core.citation import Citation
from quizapp.core.question import Question
from quizapp.question_types import MapPoint, from_line

BUILT = Path(__file__).parents[2] / "question_bank" / "built" / "questions.jsonl"
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1440)]


@pytest.fixture
def on_maps(publish: Callable[..., Any]) -> list[MapPoint]:
    """Publish one question of the shipped bank for each map."""
    read = [from_line(line)[0] for line in BUILT.read_bytes().splitlines()]
    chosen: dict[str, MapPoint] = {
        question.region: replace(
            question, topic="asia", citations=(Citation(source="almanac", paragraph=2),), other_sources=()
        )
        for question in read
        if isinstance(question, MapPoint)
    }
    publish(*chosen.values())
    return list(chosen.values())


def start(open_page: Callable[..., Page], **look: Any) -> Page:
    """Open the first question of a quiz."""
    page = open_page("/q/all", **look)
    page.get_by_role("button", name="Start").click()
    return page


def test_a_click_on_the_map_chooses_in_the_list(open_page: Callable[..., Page], on_maps: list[Question[Any]]) -> None:
    page = start(open_page)
    expect(page.locator(".map-question--live")).to_be_visible()
    spot = page.locator("[data-spot]").nth(2)
    key = spot.get_attribute("data-spot")

    spot.click()

    expect(page.locator(f'input[value="{key}"]')).to_be_checked()
    expect(spot).to_have_class(re.compile("map__spot--chosen"))
    expect(page.locator(".map__name")).to_have_text(spot.text_content() or "")


def test_a_choice_in_the_list_shows_on_the_map(open_page: Callable[..., Page], on_maps: list[Question[Any]]) -> None:
    page = start(open_page)
    expect(page.locator(".shortcuts-open")).to_be_visible()

    page.keyboard.press("3")

    key = page.locator(".choice__input:checked").get_attribute("value")
    expect(page.locator(f'[data-spot="{key}"]')).to_have_class(re.compile("map__spot--chosen"))


def test_without_a_script_the_list_is_enough(open_page: Callable[..., Page], on_maps: list[Question[Any]]) -> None:
    page = start(open_page, scripts=False)

    page.locator(".choice").first.click()
    page.get_by_role("button", name="Check").click()

    expect(page.locator("#verdict")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_pages_of_a_map_have_no_violation(
    open_page: Callable[..., Page],
    violations: Callable[[Page], list[str]],
    on_maps: list[Question[Any]],
    scheme: str,
    width: int,
) -> None:
    page = start(open_page, scheme=scheme, width=width)
    found: list[str] = []
    for _ in on_maps:
        page.locator(".choice").first.click()
        found += violations(page)
        page.get_by_role("button", name="Check").click()
        expect(page.locator(".map .map__spot--right")).to_have_count(1)
        found += violations(page)
        page.locator("[data-next]").click()
    page.goto("/about/maps")

    assert [*found, *violations(page)] == []
