"""Whatever is posted, a form is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from quizapp.core.question import Question, option_key
from quizapp.core.response import BadResponse

IDS = ("single", "multiple", "true", "year", "share", "short", "matching", "twice", "ordering", "map")
TEXTS = ("Nairobi", "Mombasa", "A", "B", "C", "D", "True", "Kenya", "Uganda", "Rwanda", "Kigali", "Asia", "Rome")


def fields(question_id: str) -> st.SearchStrategy[MultiDict[str, str]]:
    """Draw forms with known and unknown fields and values."""
    keys = st.sampled_from([option_key(question_id, text) for text in TEXTS])
    names = (
        st.sampled_from(["choice", "number", "text"])
        | keys.map(lambda key: f"match-{key}")
        | keys.map(lambda key: f"place-{key}")
        | st.text(max_size=8)
    )
    anything = st.text(st.characters(), max_size=300)
    values = keys | st.integers(-1, 6).map(str) | st.floats().map(str) | anything
    return st.lists(st.tuples(names, values), max_size=12).map(MultiDict)


@pytest.mark.parametrize("question_id", IDS)
@given(data=st.data())
def test_a_form_is_read_and_marked_or_refused(examples: dict[str, Question[Any]], question_id: str, data: Any) -> None:
    question = examples[question_id]
    form = data.draw(fields(question_id))

    try:
        response = question.parse(form)
    except BadResponse:
        return

    assert 0 <= question.grade(response).fraction <= 1
    assert isinstance(question.as_text(response), str)


@pytest.mark.parametrize(
    ("question_id", "posted", "words"),
    [
        ("single", [("choice", "")], "Choose an answer."),
        ("single", [("choice", "0123456789")], "does not belong"),
        ("map", [("choice", "")], "Choose a place on the map or in the list."),
        ("multiple", [("choice", "")], "Choose at least one answer."),
        ("year", [("number", "nineteen")], "in digits"),
        ("year", [("number", "1e3")], "in digits"),
        ("year", [("number", "9" * 500)], "in digits"),
        ("year", [("number", "inf")], "in digits"),
        ("short", [("text", "   ")], "Write an answer."),
        ("short", [("text", "\u200b")], "Write an answer."),
        ("short", [("text", "x" * 201)], "at most 200"),
        ("short", [("text", "a\x00b")], "cannot be read"),
        ("short", [("text", "a\ud800b")], "cannot be read"),
    ],
)
def test_a_refusal_says_what_to_do(
    examples: dict[str, Question[Any]], question_id: str, posted: list[tuple[str, str]], words: str
) -> None:
    with pytest.raises(BadResponse, match=words):
        examples[question_id].parse(MultiDict(posted))


def test_two_choices_for_one_are_refused(examples: dict[str, Question[Any]]) -> None:
    keys = [option_key("single", "Nairobi"), option_key("single", "Mombasa")]

    with pytest.raises(BadResponse, match="one answer only"):
        examples["single"].parse(MultiDict([("choice", key) for key in keys]))


def test_the_same_choice_twice_counts_once(examples: dict[str, Question[Any]]) -> None:
    key = option_key("multiple", "A")

    assert examples["multiple"].parse(MultiDict([("choice", key), ("choice", key)])) == (key,)


def test_a_row_left_empty_is_named(examples: dict[str, Question[Any]], form_of: Any) -> None:
    question = examples["matching"]
    form = form_of(question, question.solution())
    form.poplist(f"match-{option_key('matching', 'Uganda')}")

    with pytest.raises(BadResponse, match='"Uganda"'):
        question.parse(form)


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("1", "1", "2", "3"), 'Place 1 is given twice, to "A" and "B"'),
        (("1", "2", "3", ""), 'Give a place to "D"'),
        (("1", "2", "3", "5"), 'from 1 to 4: look at "D"'),
        (("1", "2", "3", "four"), 'look at "D"'),
        (("0", "1", "2", "3"), 'look at "A"'),
    ],
)
def test_a_faulty_order_is_explained(examples: dict[str, Question[Any]], places: tuple[str, ...], words: str) -> None:
    form = MultiDict(
        {f"place-{option_key('ordering', text)}": place for text, place in zip("ABCD", places, strict=True)}
    )

    with pytest.raises(BadResponse, match=words):
        examples["ordering"].parse(form)


def test_a_number_may_carry_its_unit(examples: dict[str, Question[Any]]) -> None:
    assert examples["share"].parse(MultiDict({"number": " 2,5 % "})) == 2.5
