"""What a browser fetches for a first view, and that it fetches nothing but the page for the next."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from msgspec.structs import replace
from playwright.sync_api import Page

from quizapp.core.question import Question
from quizapp.question_types import MapPoint, from_line

BUILT = Path(__file__).parents[2] / "question_bank" / "built" / "questions.jsonl"
VIEW_BYTES = 30 * 1024
VIEW_REQUESTS = 8


@pytest.fixture
def asked(live_app: Flask) -> list[str]:
    """Return the list of every address that the server is asked for, in order."""
    addresses: list[str] = []
    live_app.before_request(lambda: addresses.append(request.path))
    return addresses


def received(page: Page, address: str) -> list[float]:
    """Open an address and return the bytes of each answer as they came over the line, headers included."""
    weights: list[float] = []
    devtools = page.context.new_cdp_session(page)
    devtools.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    devtools.send("Network.enable")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return weights


def test_a_first_view_is_light_and_the_next_asks_for_the_page_alone(
    open_page: Callable[..., Page], publish: Callable[..., Any], every_type: dict[str, Question[Any]], asked: list[str]
) -> None:
    publish(*every_type.values())
    page = open_page("about:blank")

    weights = received(page, "/")
    assert len(asked) == len(set(asked)) <= VIEW_REQUESTS
    assert len(weights) >= len(asked)
    assert sum(weights) <= VIEW_BYTES

    asked.clear()
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert asked == ["/"]

    page.goto("/q/asia")
    asked.clear()
    page.get_by_role("button", name="Start").click()
    page.wait_for_load_state("networkidle")
    assert [address for address in asked if address.startswith("/static/")] == []


def test_a_map_comes_as_a_file_of_its_own_once(
    open_page: Callable[..., Page], publish: Callable[..., Any], make_question: Callable[..., Any], asked: list[str]
) -> None:
    places = [one for line in BUILT.read_bytes().splitlines() if isinstance(one := from_line(line)[0], MapPoint)]
    common = {"topic": "asia", "citations": make_question().citations, "other_sources": ()}
    publish(*(replace(one, **common) for one in places if one.region == "europe"))
    page = open_page("/q/asia")
    page.wait_for_load_state("networkidle")
    asked.clear()

    page.get_by_role("button", name="Start").click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Skip").click()
    page.wait_for_load_state("networkidle")
    page.locator("[data-next]").click()
    page.wait_for_load_state("networkidle")

    assert sorted(address.rpartition("/")[2] for address in asked if address.startswith("/static/")) == [
        "europe.svg",
        "question.js",
    ]
