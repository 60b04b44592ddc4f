"""The shipped bank has no hard flag, and few soft ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizapp.bank.read import read_bank
from quizapp.core.question import Question
from quizapp.generate.lint import Flag, linter
from quizapp.question_types import from_line

MOST_SOFT = 0.05


@pytest.fixture(scope="module")
def check(real_bank: Path) -> Callable[[Question[Any]], list[Flag]]:
    """Return lint with the facts of the shipped bank."""
    return linter(read_bank(real_bank))


@pytest.fixture(scope="module")
def questions(real_bank: Path) -> list[Question[Any]]:
    """Read the built bank."""
    return [from_line(line)[0] for line in (real_bank / "built" / "questions.jsonl").read_bytes().splitlines()]


def test_no_question_has_a_hard_flag(questions: list[Question[Any]], check: Callable[..., list[Flag]]) -> None:
    flags = [f"{one.id}: {flag.message}" for one in questions for flag in check(one) if flag.severity == "hard"]

    assert flags == []


def test_few_questions_have_a_soft_flag(questions: list[Question[Any]], check: Callable[..., list[Flag]]) -> None:
    softly = [one.id for one in questions if any(flag.severity == "soft" for flag in check(one))]

    assert len(softly) <= MOST_SOFT * len(questions)
