"""An invented treaty and the shipped bank, each with the questions that its facts give."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from quizapp.bank.read import read_bank
from quizapp.core.bank import Bank
from quizapp.core.question import Question
from quizapp.generate import generate

HERE = Path(__file__).resolve().parent
Questions = dict[str, Question[Any]]


def by_id(bank: Bank) -> Questions:
    """Build a bank's questions."""
    return {question.id: question for question in generate(bank)}


@pytest.fixture(scope="session")
def treaty() -> Bank:
    """Return facts of an invented report about an invented accord."""
    return read_bank(HERE / "treaty")


@pytest.fixture(scope="session")
def questions(treaty: Bank) -> Questions:
    """Return the questions about the accord."""
    return by_id(treaty)


@pytest.fixture(scope="session")
def shipped() -> Bank:
    """Return the bank that is shipped."""
    return read_bank(HERE.parent.parent / "question_bank")


@pytest.fixture(scope="session")
def shipped_questions(shipped: Bank) -> Questions:
    """Return the shipped questions."""
    return by_id(shipped)


@pytest.fixture(scope="session")
def build() -> Callable[[Bank], Questions]:
    """Build a bank's questions, by id."""
    return by_id


@pytest.fixture(scope="session")
def with_fact() -> Callable[..., Bank]:
    """Return a bank in which one fact has other fields."""

    def change(bank: Bank, fact_id: str, **fields: Any) -> Bank:
        return replace(bank, facts={**bank.facts, fact_id: replace(bank.facts[fact_id], **fields)})

    return change
