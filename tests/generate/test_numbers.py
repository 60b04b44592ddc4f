"""Wrong numbers and dates: none that the source's bound allows."""

import re

import pytest

from quizapp.core.fact import Quantity
from quizapp.core.numbers import read_number
from quizapp.generate.numbers import contradicts, quantity_of


@pytest.mark.parametrize(
    ("bound", "value", "is_contradicted"),
    [
        ("=", 20, False),
        ("=", 21, True),
        (">", 20, True),
        (">", 21, False),
        (">", 19, True),
        (">=", 20, False),
        (">=", 19, True),
        ("~", 21, False),
        ("~", 40, True),
    ],
)
def test_a_bound_contradicts_what_it_rules_out(bound, value, is_contradicted):
    assert contradicts(Quantity(value=20, bound=bound), value) == is_contradicted


def test_no_wrong_option_satisfies_the_bound(questions, shipped_questions):
    for question in (questions["delegates.number.single"], shipped_questions["dispatch-guests.number.single"]):
        key = next(option for option in question.options if option.correct)
        bound = max(read_number(text) for text in re.findall(r"\d+", key.text))
        assert key.text.startswith("More than")
        for option in question.options:
            highest = max(read_number(text) for text in re.findall(r"\d+", option.text))
            assert option.correct or highest <= bound


def test_a_bound_is_never_asked_as_a_number(treaty, questions):
    assert quantity_of(treaty.facts["delegates"], "number").bound == ">"
    assert "delegates.number.numeric" not in questions


def test_a_bound_is_said_in_a_statement(shipped_questions):
    for question in shipped_questions.values():
        if "dispatch-guests" in question.fact_ids and question.kind == "true_false":
            assert "more than" in question.stem


def test_numbers_and_dates_stand_in_their_order(questions):
    for name in ("since-war.years.single", "signed-on.date.single", "war-ended.year.single"):
        question = questions[name]
        numbers = [int(re.search(r"\d+", option.text)[0]) for option in question.options]
        assert question.sorted_options
        assert numbers == sorted(numbers)


def test_no_option_is_a_year_still_to_come(shipped_questions):
    for question in shipped_questions.values():
        if question.kind == "year":
            assert all(int(option.text) <= 2025 for option in question.options)


def test_a_wrong_number_known_of_something_else_says_so(shipped_questions):
    question = shipped_questions["report-modi-seven-years.years.single"]
    told = {option.text: option.why for option in question.options if not option.correct}

    assert any(f"{number} years" in why or "Ten years" in why for number, why in told.items())


def test_the_key_is_not_always_at_one_end(shipped_questions):
    places = [
        [option.correct for option in question.options].index(True)
        for question in shipped_questions.values()
        if question.kind in ("how_many", "year", "date") and question.sorted_options and len(question.options) == 4
    ]

    assert len(set(places)) == 4
