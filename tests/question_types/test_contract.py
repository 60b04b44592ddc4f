"""What every question of every type keeps, over the examples and the whole built bank."""

import json
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import msgspec
import pytest
from werkzeug.datastructures import MultiDict

from quizapp.core.question import Question
from quizapp.core.response import BadResponse
from quizapp.question_types import TYPED, TYPES, decode_response, encode_response, from_line, to_line

Claim = Callable[[Question[Any]], None]
SECRET = {"correct", "why", "explanation", "value", "accepted", "rejected", "refutation", "tolerance", "pairs", "key"}


def fields_in(value: Any) -> set[str]:
    """Collect the names of all fields in nested builtins; the key of a choice is not the key of a question."""
    if isinstance(value, dict):
        names = set(value) - ({"key"} if set(value) == {"key", "text"} else set())
        return names.union(*(fields_in(inner) for inner in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(fields_in(inner) for inner in value))
    return set()


def test_the_solution_earns_the_full_mark(question: Question[Any]) -> None:
    assert question.grade(question.solution()).fraction == 1


def test_the_form_of_the_solution_reads_back(question: Question[Any], form_of: Any) -> None:
    assert question.parse(form_of(question, question.solution())) == question.solution()


def test_the_page_gets_nothing_of_the_key(question: Question[Any]) -> None:
    page = msgspec.to_builtins(question.present(Random(1)))

    assert not fields_in(page) & SECRET


def test_what_is_shown_is_the_same_whatever_is_right(question: Question[Any]) -> None:
    fields = json.loads(to_line(question, 1))
    if "options" not in fields:
        return
    flipped = msgspec.convert(
        {
            **msgspec.to_builtins(question),
            "options": [
                {"text": option["text"], "correct": position == len(fields["options"]) - 1}
                for position, option in enumerate(fields["options"])
            ],
        },
        type(question),
    )

    assert flipped.present(Random(7)) == question.present(Random(7))


def test_the_same_dice_show_the_same_page(question: Question[Any]) -> None:
    assert question.present(Random("seed")) == question.present(Random("seed"))


def test_a_response_survives_being_kept(question: Question[Any]) -> None:
    kept = encode_response(question, question.solution())

    assert decode_response(question, kept) == question.solution()


def test_a_line_survives_reading(question: Question[Any]) -> None:
    line = to_line(question, 3)

    assert from_line(line) == (question, 3)
    assert to_line(*from_line(line)) == line
    assert b"\n" not in line


def test_a_response_has_one_line_of_text(question: Question[Any]) -> None:
    text = question.as_text(question.solution())

    assert text
    assert "\n" not in text


def test_an_empty_form_is_refused_with_words(question: Question[Any]) -> None:
    with pytest.raises(BadResponse, match=r"^(Choose|Write|Give) .*\.$"):
        question.parse(MultiDict())


def test_only_a_typed_response_can_be_anything(question: Question[Any], form_of: Any) -> None:
    form = form_of(question, question.solution())
    read = []
    for text in ("Amina", "4917012345"):
        with suppress(BadResponse):
            read.append(question.parse(MultiDict(dict.fromkeys(form, text))))

    assert bool(read) == isinstance(question, TYPED)


def test_parts_of_the_solution_are_all_right(question: Question[Any]) -> None:
    assert all(part.is_right and part.given == part.expected for part in question.grade(question.solution()).parts)


def test_the_rule_is_said_before_answering(question: Question[Any]) -> None:
    assert question.rule.endswith(".")


CONTRACT = [
    test_the_solution_earns_the_full_mark,
    test_the_page_gets_nothing_of_the_key,
    test_what_is_shown_is_the_same_whatever_is_right,
    test_the_same_dice_show_the_same_page,
    test_a_response_survives_being_kept,
    test_a_line_survives_reading,
    test_a_response_has_one_line_of_text,
    test_an_empty_form_is_refused_with_words,
    test_parts_of_the_solution_are_all_right,
    test_the_rule_is_said_before_answering,
]


@pytest.mark.parametrize("claim", CONTRACT, ids=lambda claim: claim.__name__.removeprefix("test_"))
def test_every_question_of_the_bank_keeps_it(claim: Claim, bank_questions: list[Question[Any]]) -> None:
    assert bank_questions
    for question in bank_questions:
        try:
            claim(question)
        except BaseException as error:
            error.add_note(f"The question is {question.id}.")
            raise


def test_the_form_of_every_solution_of_the_bank_reads_back(bank_questions: list[Question[Any]], form_of: Any) -> None:
    for question in bank_questions:
        assert question.parse(form_of(question, question.solution())) == question.solution(), question.id


def test_every_type_has_an_example_in_its_docstring() -> None:
    assert all(f'{{"type": "{name}"' in (kind.__doc__ or "") for name, kind in TYPES.items())


def test_the_example_in_the_docstring_is_a_line_of_the_bank() -> None:
    for kind in TYPES.values():
        example = (kind.__doc__ or "").split("::\n", 1)[1]
        line = " ".join(example[: example.rindex("}") + 1].split())

        assert isinstance(from_line(line.encode())[0], kind)
