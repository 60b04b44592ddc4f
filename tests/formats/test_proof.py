"""The proof is one valid page with everything that a reader must judge."""

import re

import html5lib
import pytest

from quizapp.core.bank import Bank, Topic
from quizapp.core.citation import Citation
from quizapp.core.question import Option, Question, Refutation
from quizapp.core.source import Source
from quizapp.formats.proof import proof_page
from quizapp.question_types import MapPoint, Matching, Numeric, Ordering, ShortText, SingleChoice

COMMON = {
    "kind": "example",
    "explanation": "The ferry has run since 1950.",
    "topic": "lake",
    "citations": (Citation(source="herald", paragraph=3, anchor="the old ferry"),),
}


@pytest.fixture
def bank() -> Bank:
    return Bank(
        topics={"lake": Topic(id="lake", title="The lake & its boats", description="Boats.")},
        sources={"herald": Source(id="herald", label="the Coast Herald report")},
        entities={},
        facts={},
    )


@pytest.fixture
def questions() -> list[Question]:
    refutation = Refutation(kind="closed_set", fact_ids=("ferry-came",), rows=("boats.tern",))
    return [
        SingleChoice(
            id="boat",
            stem="Which boat <came> first?",
            options=(
                Option(text="Gull", correct=True),
                Option(text="Tern", why="The Tern came later.", refutation=refutation),
            ),
            **COMMON,
        ),
        Numeric(id="year", stem="In which year did the ferry begin?", value=1950, **COMMON),
        ShortText(id="name", stem="Who steered it?", accepted=("Ada Brandt", "Brandt"), rejected=("Ilse",), **COMMON),
        Matching(
            id="match",
            stem="Match boats and piers.",
            pairs=(("Gull", "North"), ("Tern", "South")),
            extra=("West",),
            **COMMON,
        ),
        MapPoint(
            id="map",
            stem="Find the harbour.",
            options=(Option(text="Elmwick", correct=True), Option(text="Norland", why="It has no coast.")),
            region="coast",
            places=("ELM", "NOR"),
            **COMMON,
        ),
        Ordering(id="order", stem="Put the boats in order.", items=("Gull", "Tern", "Skua"), **COMMON | {"topic": "x"}),
    ]


def test_the_page_is_valid_and_needs_no_other_file(bank: Bank, questions: list[Question]) -> None:
    page = proof_page(bank, questions)

    html5lib.HTMLParser(strict=True).parse(page)
    assert re.findall(r"(?:src|href|@import|url)\b", page) == []


def test_every_question_stands_there_with_a_box_to_tick(bank: Bank, questions: list[Question]) -> None:
    page = proof_page(bank, questions)

    assert page.count("☐") == len(questions)
    assert "Other topics" in page


@pytest.mark.parametrize(
    "told",
    [
        "Which boat &lt;came&gt; first?",
        "The lake &amp; its boats",
        "Gull",
        "The Tern came later. [closed set: ferry-came, boats.tern]",
        "the Coast Herald report, paragraph 3, look for “the old ferry”",
        "1950",
        "also: Brandt",
        "never accepted: Ilse",
        "Gull → North",
        "It has no coast.",
        "West",
        "<li>Skua</li>",
        "The ferry has run since 1950.",
    ],
)
def test_the_page_tells_what_a_reader_must_judge(bank: Bank, questions: list[Question], told: str) -> None:
    assert told in proof_page(bank, questions)
