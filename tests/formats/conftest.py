"""Rows with defaults: a test states only what it is about."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from quizapp.core.report import AnswerRow, ScoreRow

MORNING = datetime.datetime(2025, 9, 3, 8, 15, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def make_score() -> Callable[..., ScoreRow]:
    def build(**changes: Any) -> ScoreRow:
        row = ScoreRow(
            attempt_id="a1", user_id=1, name="Ana", quiz="All topics", score=7, max=10, percent=70, status="submitted",
            started_at=MORNING, finished_at=MORNING + datetime.timedelta(minutes=5),
        )  # fmt: skip
        return type(row)(**{name: changes.get(name, getattr(row, name)) for name in row.__struct_fields__})

    return build


@pytest.fixture(scope="session")
def make_answer() -> Callable[..., AnswerRow]:
    def build(**changes: Any) -> AnswerRow:
        row = AnswerRow(
            attempt_id="a1", user_id=1, name="Ana", quiz="All topics", position=1, question_id="q1",
            question_revision=1, type="short_text", kind="short_answer", stem="Who?", response="Vucic",
            correct_answer="Aleksandar Vučić", score=1, max=1, status="answered", answered_at=MORNING,
            source_id="report", source_label="the report", source_url=None, paragraph=4, anchor="Aleksandar Vučić",
        )  # fmt: skip
        return type(row)(**{name: changes.get(name, getattr(row, name)) for name in row.__struct_fields__})

    return build
