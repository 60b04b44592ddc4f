"""A card states what is known of a source, says what is not, and leads to the words."""

import datetime

import pytest

from quizapp.core.card import card, deep_link, written_out
from quizapp.core.citation import Citation
from quizapp.core.source import Source

CITATION = Citation(source="atlas", paragraph=3, anchor="seat of government", says="It names the seat of government.")
ALMANAC = Source(id="almanac", label="the almanac")
SOURCES = {ALMANAC.id: ALMANAC}


def test_a_source_that_states_nothing_is_told_by_its_label() -> None:
    shown = card("almanac", [], SOURCES)

    assert (shown.label, shown.unknown) == (
        "the almanac",
        "Outlet, author, title, date and web address not stated in our copy.",
    )


def test_an_unknown_source_keeps_its_id() -> None:
    assert card("lost", [], SOURCES).label == "lost"


@pytest.mark.parametrize(
    ("url", "citation", "link"),
    [
        (None, CITATION, None),
        ("javascript:alert(1)", CITATION, None),
        ("https://a.example/x", Citation(source="s"), "https://a.example/x"),
        ("https://a.example/x", CITATION, "https://a.example/x#:~:text=seat%20of%20government"),
        ("https://a.example/x#top", CITATION, "https://a.example/x#top:~:text=seat%20of%20government"),
        (
            "https://a.example/x",
            Citation(source="s", anchor="well-known, here", prefix="is", suffix="& there"),
            "https://a.example/x#:~:text=is-,well%2Dknown%2C%20here,-%26%20there",
        ),
    ],
    ids=["no address", "not of the web", "no words", "anchor", "fragment of its own", "marks that mean something"],
)
def test_a_link_leads_to_the_words(url: str | None, citation: Citation, link: str | None) -> None:
    assert deep_link(url, citation) == link


def test_a_day_is_written_out() -> None:
    assert written_out(datetime.date(2022, 3, 2)) == "2 March 2022"
