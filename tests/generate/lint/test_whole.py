"""The soft flags that only a whole bank can have."""

from typing import Any

import pytest

from quizapp.core.question import Option, Question
from quizapp.generate import generate
from quizapp.generate.lint import lint_whole
from quizapp.question_types import SingleChoice

COUNT = 40


def bank_of(count: int = COUNT, **fields: Any) -> list[Question[Any]]:
    """Make so many questions, each with an answer and a pattern of its own unless one is given."""
    return [
        SingleChoice(
            id=f"q{n}",
            kind="example",
            explanation="So it was.",
            topic="lake",
            **{
                "stem": "Which of these small boats came to the big lake first?",
                "template": f"example.boat.name{n}.0",
                "options": (Option(text=f"Boat {n}", correct=True), Option(text="Raft"), Option(text="Tug")),
            }
            | {name: value(n) for name, value in fields.items()},
        )
        for n in range(count)
    ]


def rules(questions: list[Question[Any]], **given: Any) -> list[str]:
    return [flag.rule for flag in lint_whole(questions, **given)]


def test_a_varied_bank_has_no_flag() -> None:
    assert lint_whole(bank_of()) == []


@pytest.mark.parametrize(("alike", "flagged"), [(6, False), (7, True)])
def test_one_pattern_may_have_fifteen_in_a_hundred_questions(alike: int, flagged: bool) -> None:
    questions = bank_of(template=lambda n: f"example.boat.{'name' if n < alike else n}.{n % 2}")

    assert ("template_share" in rules(questions)) is flagged


@pytest.mark.parametrize(("alike", "flagged"), [(2, False), (3, True)])
def test_one_answer_may_be_right_five_times_in_a_hundred(alike: int, flagged: bool) -> None:
    questions = bank_of(
        options=lambda n: (Option(text="Gull" if n < alike else f"Boat {n}", correct=True), Option(text="Tug"))
    )

    assert ("key_share" in rules(questions)) is flagged


def test_long_words_throughout_are_flagged() -> None:
    hard = (
        "Which intergovernmental organisation institutionalised multilateral telecommunications "
        "standardisation notwithstanding considerable jurisdictional disagreements?"
    )

    assert rules(bank_of(stem=lambda n: hard)) == ["reading_level"]


def test_a_source_that_is_hardly_asked_about_is_flagged_with_its_facts(treaty: Any) -> None:
    questions = [one for one in generate(treaty) if not any("paper-dam" in target for target in one.targets)]
    half = [one for one in questions if not any("office" in target for target in one.targets)]

    flags = [flag for flag in lint_whole(half, bank=treaty) if flag.rule == "coverage"]

    assert len(half) >= 20
    assert "paper-dam" in flags[0].message


def test_every_flag_says_why_and_what_to_do() -> None:
    flags = lint_whole(bank_of(template=lambda n: "one.two.three.0"))

    assert [(flag.severity, bool(flag.reason), bool(flag.remedy)) for flag in flags] == [("soft", True, True)]
    assert flags[0].message == "40 of 40 questions have this pattern, more than 15 %."


def test_a_handful_of_questions_is_no_bank() -> None:
    assert lint_whole(bank_of(19, template=lambda n: "one.two.three.0")) == []
