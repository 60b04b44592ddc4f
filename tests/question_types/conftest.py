"""Examples of every type, and forms made from responses."""

from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from quizapp.core.question import Option, Question
from quizapp.question_types import (
    MapPoint,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
    from_line,
)

BUILT = Path(__file__).parents[2] / "question_bank" / "built" / "questions.jsonl"
COMMON = {"kind": "example", "explanation": "Because.", "topic": "africa"}


def options(*texts: str, right: int = 1) -> tuple[Option, ...]:
    """Make options of which the first ``right`` ones are right."""
    return tuple(Option(text=text, correct=place < right) for place, text in enumerate(texts))


EXAMPLES: tuple[Question[Any], ...] = (
    SingleChoice(id="single", stem="Capital of Kenya?", options=options("Nairobi", "Mombasa", "Kampala"), **COMMON),
    SingleChoice(id="sorted", stem="When?", options=options("1961", "1962", "1963"), sorted_options=True, **COMMON),
    MultipleChoice(id="multiple", stem="Which?", options=options("A", "B", "C", "D", "E", right=3), **COMMON),
    TrueFalse(id="true", stem="Nairobi is a city.", options=options("True", "False"), **COMMON),
    Numeric(id="year", stem="In which year?", value=1963, **COMMON),
    Numeric(id="share", stem="What share?", value=2.5, tolerance=0.5, unit="%", **COMMON),
    ShortText(id="short", stem="Who?", accepted=("Aleksandar Vučić", "Vučić"), rejected=("Lukashenko",), **COMMON),
    Matching(
        id="matching",
        stem="Match.",
        pairs=(("Kenya", "Nairobi"), ("Uganda", "Kampala"), ("Rwanda", "Kigali")),
        extra=("Mombasa",),
        **COMMON,
    ),
    Matching(id="twice", stem="Match.", pairs=(("Ankara", "Asia"), ("Rome", "Europe"), ("Delhi", "Asia")), **COMMON),
    Ordering(id="ordering", stem="Put in order.", items=("A", "B", "C", "D"), **COMMON),
    MapPoint(
        id="map", stem="Where?", options=options("Kenya", "Uganda"), region="africa", places=("KEN", "UGA"), **COMMON
    ),
)


def bank_questions() -> list[Question[Any]]:
    """Read the built bank where there is one."""
    if not BUILT.exists():
        return []
    return [from_line(line)[0] for line in BUILT.read_bytes().splitlines()]


def form_of(question: Question[Any], response: Any) -> MultiDict[str, str]:
    """Make the form that a browser would post for a response."""
    match question:
        case Numeric():
            return MultiDict({"number": repr(response)})
        case ShortText():
            return MultiDict({"text": response})
        case Matching():
            return MultiDict({f"match-{row}": choice for row, choice in response.items()})
        case Ordering():
            return MultiDict({f"place-{item}": str(place) for place, item in enumerate(response, start=1)})
        case MultipleChoice():
            return MultiDict([("choice", key) for key in response])
    return MultiDict({"choice": response})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that asks for a ``question`` over all examples."""
    if "question" in metafunc.fixturenames:
        metafunc.parametrize("question", EXAMPLES, ids=[question.id for question in EXAMPLES])


@pytest.fixture(scope="session", name="bank_questions")
def bank_questions_fixture() -> list[Question[Any]]:
    """Hand the questions of the built bank to tests."""
    return bank_questions()


@pytest.fixture(name="form_of")
def form_of_fixture() -> Any:
    """Hand `form_of` to tests."""
    return form_of


@pytest.fixture(scope="session")
def examples() -> dict[str, Question[Any]]:
    """Hand the examples to tests, by id."""
    return {question.id: question for question in EXAMPLES}
