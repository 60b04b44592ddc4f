"""What wrong and partly right responses earn, and which questions are refused."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.question import Option, Question, option_key
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
    to_line,
)

PLACES = (Option(text="Kenya", correct=True), Option(text="Uganda"))
COMMON = {"id": "q", "kind": "example", "stem": "Which?", "explanation": "Because.", "topic": "africa"}


@pytest.mark.parametrize(
    ("letters", "fraction"), [("ABC", 1), ("AB", 2 / 3), ("ABD", 1 / 6), ("ABDE", 0), ("ABCDE", 0), ("", 0), ("D", 0)]
)
def test_several_choices_are_balanced(examples: dict[str, Question[Any]], letters: str, fraction: float) -> None:
    response = tuple(option_key("multiple", letter) for letter in letters)

    assert examples["multiple"].grade(response).fraction == pytest.approx(fraction)


@pytest.mark.parametrize(("letters", "fraction"), [("BACD", 5 / 6), ("BCDA", 1 / 2), ("DCBA", 0), ("ABCD", 1)])
def test_an_order_is_marked_by_its_pairs(examples: dict[str, Question[Any]], letters: str, fraction: float) -> None:
    response = tuple(option_key("ordering", letter) for letter in letters)

    assert examples["ordering"].grade(response).fraction == pytest.approx(fraction)


@given(st.permutations("ABCD"))
def test_all_orders_lie_between_none_and_all(examples: dict[str, Question[Any]], letters: list[str]) -> None:
    mark = examples["ordering"].grade(tuple(option_key("ordering", letter) for letter in letters))

    assert 0 <= mark.fraction <= 1
    assert (mark.fraction == 1) == (letters == list("ABCD"))


def test_every_right_pair_earns_its_share(examples: dict[str, Question[Any]]) -> None:
    response = dict(examples["matching"].solution())
    response[option_key("matching", "Kenya")] = option_key("matching", "Mombasa")

    mark = examples["matching"].grade(response)

    assert mark.fraction == pytest.approx(2 / 3)
    assert [(part.label, part.given, part.expected) for part in mark.parts if not part.is_right] == [
        ("Kenya", "Mombasa", "Nairobi")
    ]


def test_equal_partners_are_one_choice(examples: dict[str, Question[Any]]) -> None:
    solution = examples["twice"].solution()

    assert solution[option_key("twice", "Ankara")] == solution[option_key("twice", "Delhi")]


@pytest.mark.parametrize(("value", "fraction"), [(2.0, 1), (3.0, 1), (1.99, 0), (3.01, 0)])
def test_the_bounds_of_a_tolerance_belong_to_it(
    examples: dict[str, Question[Any]], value: float, fraction: float
) -> None:
    assert examples["share"].grade(value).fraction == fraction


@given(st.floats(-1e9, 1e9), st.floats(0, 1e6))
def test_value_plus_tolerance_is_right(value: float, tolerance: float) -> None:
    question = Numeric(value=value, tolerance=tolerance, **COMMON)

    assert question.grade(value + tolerance).fraction == 1
    assert question.grade(value - tolerance).fraction == 1


def test_a_year_next_to_the_right_one_is_wrong(examples: dict[str, Question[Any]]) -> None:
    assert examples["year"].grade(1964.0).fraction == 0


def test_partners_with_a_natural_order_are_shown_in_it() -> None:
    question = Matching(pairs=(("a", "1963"), ("b", "1957"), ("c", "1961")), **COMMON)

    assert [choice.text for choice in question.present(Random(5)).choices] == ["1957", "1961", "1963"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: SingleChoice(options=(Option(text="A"), Option(text="B")), **COMMON), "exactly one"),
        (lambda: SingleChoice(options=(Option(text="A", correct=True),), **COMMON), "at least 2"),
        (lambda: SingleChoice(options=(Option(text="A", correct=True), Option(text="a ")), **COMMON), "read the same"),
        (lambda: SingleChoice(options=(Option(text="A", correct=True), Option(text=" ")), **COMMON), "empty option"),
        (lambda: MultipleChoice(options=(Option(text="A"), Option(text="B")), **COMMON), "at least one"),
        (
            lambda: MultipleChoice(options=(Option(text="A", correct=True), Option(text="B", correct=True)), **COMMON),
            "at least one wrong",
        ),
        (lambda: TrueFalse(options=(Option(text="Yes", correct=True), Option(text="No")), **COMMON), '"True"'),
        (lambda: Numeric(value=float("nan"), **COMMON), "as a number"),
        (lambda: Numeric(value=1, tolerance=-1, **COMMON), "0 or more"),
        (lambda: ShortText(accepted=(), **COMMON), "at least one accepted"),
        (lambda: ShortText(accepted=("...",), **COMMON), "Nobody could write"),
        (lambda: ShortText(accepted=("Kim",), rejected=("KIM",), **COMMON), "both accepted and rejected"),
        (lambda: Matching(pairs=(("a", "x"),), **COMMON), "at least 2"),
        (lambda: Matching(pairs=(("a", "x"), ("a", "y")), **COMMON), "read the same"),
        (lambda: Matching(pairs=(("a", "x"), ("b", "y")), extra=("x",), **COMMON), "repeats one"),
        (lambda: Matching(pairs=(("a", "x"), ("b", "y")), whys=("only one",), **COMMON), "each pair"),
        (lambda: Ordering(items=("a", "a"), **COMMON), "read the same"),
        (lambda: MapPoint(options=PLACES, region="africa", places=("KEN",), **COMMON), "place of its own"),
        (lambda: MapPoint(options=PLACES, region="africa", places=("KEN", "KEN"), **COMMON), "place of its own"),
        (lambda: MapPoint(options=PLACES[:1], region="africa", places=("KEN",), **COMMON), "at least 2"),
    ],
)
def test_a_question_without_an_answer_cannot_be_made(make: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_a_line_whose_key_was_changed_is_refused(examples: dict[str, Question[Any]]) -> None:
    line = to_line(examples["single"], 1).replace(b'"key":["Nairobi"]', b'"key":["Mombasa"]')

    with pytest.raises(ValueError, match="does not name the right answer"):
        from_line(line)
