"""The page about the bank shows what was measured, for everybody."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy.orm import Session

from quizapp.bank.build import build
from quizapp.bank.report import Report, measure, to_json
from quizapp.core.bank import Bank
from quizapp.store import publication

Make = Callable[..., Any]
TREATY = Path(__file__).resolve().parent.parent / "generate" / "treaty"


@pytest.fixture(scope="module")
def report() -> Report:
    """Return the report of a small bank, which misses some goals."""
    return measure(build(TREATY))


@pytest.fixture
def publish_report(session: Session, bank: Bank, now: datetime.datetime) -> Callable[[str | None], None]:
    """Return a function that publishes a bank with what was measured of it."""

    def publish(kept: str | None) -> None:
        publication.publish(session, bank, [], "d1", now, report=kept)
        session.commit()

    return publish


@pytest.fixture
def page(client: FlaskClient, publish_report: Make, report: Report) -> str:
    """Return the page about the small bank."""
    publish_report(to_json(report))
    answer = client.get("/about/bank")
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert answer.status_code == 200
    return answer.text


def test_every_page_links_to_it(client: FlaskClient) -> None:
    assert '<a href="/about/bank">About this bank</a>' in client.get("/").text


def test_every_number_stands_beside_its_goal(page: str, report: Report) -> None:
    assert all(line.shown in page and f"goal: {line.goal}" in page for line in report.lines)


def test_what_falls_short_is_said_in_words(page: str, report: Report) -> None:
    assert report.missed
    assert all(f"{line.name}: {line.shown}, and the goal is {line.goal}." in page for line in report.missed)
    assert page.count("· missed</span>") == len(report.missed)


def test_a_bank_that_misses_nothing_has_no_such_list(client: FlaskClient, publish_report: Make, report: Report) -> None:
    reached = tuple(replace(line, is_reached=True) for line in report.lines)

    publish_report(to_json(replace(report, lines=reached)))

    assert "What falls short" not in client.get("/about/bank").text


def test_every_paragraph_has_a_cell_in_the_picture_and_a_row_in_the_table(page: str, report: Report) -> None:
    count = sum(len(source.paragraphs) for source in report.sources)

    assert page.count('class="strip__cell"') == count
    assert page.count('<tr><th scope="row" class="number">') == count


def test_a_source_of_unknown_length_has_no_picture(client: FlaskClient, publish_report: Make, report: Report) -> None:
    sources = tuple(replace(source, paragraphs=()) for source in report.sources)

    publish_report(to_json(replace(report, sources=sources)))

    answer = client.get("/about/bank")
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert "<figure" in answer.text
    assert 'class="strip"' not in answer.text


@pytest.mark.parametrize("kept", [None, "{}"])
def test_a_bank_that_was_not_measured_says_so(client: FlaskClient, publish_report: Make, kept: str | None) -> None:
    publish_report(kept)

    assert "Not measured yet" in client.get("/about/bank").text


def test_without_a_bank_the_page_says_what_to_do(client: FlaskClient) -> None:
    assert "quizapp bank publish" in client.get("/about/bank").text
