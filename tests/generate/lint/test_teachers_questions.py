"""Lint reads whatever a teacher types, and advises as a colleague would."""

import time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizapp.core.citation import Citation
from quizapp.core.question import Option
from quizapp.generate.lint import lint
from quizapp.question_types import Ordering, ShortText, SingleChoice, TrueFalse

COMMON: dict[str, Any] = {
    "id": "t",
    "kind": "single_choice",
    "topic": "asia",
    "explanation": "",
    "citations": (Citation(source="s"),),
}


def choice(stem: str, *texts: str, sorted_options: bool = False) -> SingleChoice:
    """Make a single choice, the right option first."""
    options = tuple(Option(text=text, correct=place == 0) for place, text in enumerate(texts))
    return SingleChoice(stem=stem, options=options, sorted_options=sorted_options, **COMMON)


def rules(question: Any) -> set[str]:
    """Name the rules that a question breaks."""
    return {flag.rule for flag in lint(question)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            choice("Who is the president of China?", "Xi Jinping", "Emmanuel Macron", "Joe Biden"),
            {"undated", "nationality_cue"},
        ),
        (choice("What is the capital of Kenya?", "Nairobi", "Mombasa", "Kisumu"), set()),
        (choice("When did India become independent?", "1947", "1945", "1950"), {"unsorted"}),
        (choice("When did India become independent?", "1945", "1947", "1950", sorted_options=True), set()),
        (choice("Which is not a member of NATO as of 2025?", "Austria", "Norway", "Turkey"), {"plain_negative"}),
        (choice("Which is NOT a member of NATO as of 2025?", "Austria", "Norway", "Turkey"), set()),
        (
            choice("According to the text, who won?", "Ada", "Ben", "All of the above"),
            {"unnamed_source", "summary_option"},
        ),
        (choice("How many states joined in 2004?", "10", "More than 5", "3"), {"overlapping", "mixed_kinds"}),
        (
            choice("which treaty founded the EEC", "Treaty of Rome", "Treaty of Nice", "Treaty of Paris"),
            {"broken_grammar"},
        ),
        (choice("Which sea lies east of Korea?", "Sea of Japan", "Yellow Sea", "Red Sea"), set()),
        (
            TrueFalse(
                stem="Bhutan is an kingdom.",
                options=(Option(text="True", correct=True), Option(text="False")),
                **COMMON,
            ),
            {"broken_grammar"},
        ),
        (ShortText(stem="Who wrote Silent Spring?", accepted=("Rachel Carson", "Carson"), **COMMON), set()),
        (
            Ordering(stem="Put in order.", items=("1945: peace", "1957: Rome", "1992: Maastricht"), **COMMON),
            {"key_in_stem"},
        ),
    ],
    ids=lambda value: getattr(value, "stem", None),
)
def test_advice_is_what_a_colleague_would_say(question: Any, expected: set[str]) -> None:
    assert rules(question) == expected


@given(st.text(min_size=1, max_size=300), st.lists(st.text(min_size=1, max_size=80), min_size=2, max_size=5))
def test_any_text_can_be_linted(stem: str, texts: list[str]) -> None:
    try:
        question = choice(stem, *texts)
    except ValueError:
        assume(condition=False)
    else:
        assert all(flag.message and flag.remedy for flag in lint(question))


@pytest.mark.parametrize(
    "piece", ["a ", "1,", "1 ", '"', "the ", "more than ", "A-", "' ", "(", ". A", "not ", "is the "]
)
def test_a_long_text_is_linted_quickly(piece: str) -> None:
    question = choice(piece * 2000, piece * 200 + "x", piece * 200 + "y")
    start = time.process_time()

    lint(question)

    assert time.process_time() - start < 2
