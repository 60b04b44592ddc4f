"""A teacher's source must be findable."""

import datetime

import pytest

from quizapp.drafts.source import SourceDraft, make_source, source_problems

WHOLE = {"title": "A harbour reopens", "outlet": "The Coast Paper", "dated_on": "2024-05-06"}


@pytest.mark.parametrize(
    "fields",
    [
        WHOLE,
        {**WHOLE, "outlet": "", "author": "Asha Mwangi"},
        {**WHOLE, "dated_on": "", "url": "https://coast.example/harbour"},
    ],
)
def test_title_speaker_and_place_or_time_are_enough(fields: dict[str, str]) -> None:
    assert source_problems(SourceDraft(**fields)) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "source_title"),
        ({"outlet": ""}, "outlet"),
        ({"dated_on": ""}, "dated_on"),
        ({"dated_on": "6 May"}, "dated_on"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "https:///harbour"}, "url"),
        ({"url": "https://coast example"}, "url"),
        ({"url": "https://[coast.example"}, "url"),
    ],
)
def test_what_is_missing_is_said_at_its_field(changes: dict[str, str], field: str) -> None:
    problems = source_problems(SourceDraft(**{**WHOLE, **changes}))

    assert [problem.field for problem in problems] == [field]


def test_what_is_not_stated_stays_unknown() -> None:
    source = make_source(SourceDraft(**WHOLE), "s-1")

    assert (source.author, source.url, source.dated_on) == (None, None, datetime.date(2024, 5, 6))
    assert source.label == "“A harbour reopens” (The Coast Paper)"
