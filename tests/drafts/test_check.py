"""What blocks a teacher's question, and what does not."""

from collections.abc import Callable
from typing import Any

import pytest

from quizapp.drafts.check import BadDraft, build, find_problems
from quizapp.drafts.draft import KINDS, Draft, DraftOption, DraftPair
from quizapp.question_types import from_line, to_line

MakeDraft = Callable[..., Draft]


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_draft_of_each_kind_becomes_a_question_that_its_solution_answers(
    make_draft: MakeDraft, kind: str
) -> None:
    question = build(make_draft(kind), "t-1")

    assert question.grade(question.solution()).fraction == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_built_question_survives_its_line(make_draft: MakeDraft, kind: str) -> None:
    question = build(make_draft(kind), "t-1")

    assert from_line(to_line(question, 3)) == (question, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_draft_lacks_its_key_its_source_and_its_topic(kind: str) -> None:
    fields = {problem.field for problem in find_problems(Draft(kind=kind))}

    assert {"source", "topic"} < fields
    assert fields & {"options", "is_true", "number", "accepted", "pairs", "items", "words"}


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("single_choice", {"stem": ""}, "stem"),
        ("single_choice", {"options": (DraftOption(text="A"), DraftOption(text="B"))}, "options"),
        (
            "single_choice",
            {"options": (DraftOption(text="A", correct=True), DraftOption(text="B", correct=True))},
            "options",
        ),
        ("single_choice", {"options": (DraftOption(text="A", correct=True), DraftOption(text="a"))}, "options"),
        (
            "single_choice",
            {"options": (DraftOption(text="A"), DraftOption(text="B"), DraftOption(correct=True))},
            "options",
        ),
        (
            "multiple_choice",
            {"options": (DraftOption(text="A", correct=True), DraftOption(text="B", correct=True))},
            "options",
        ),
        ("true_false", {"is_true": None}, "is_true"),
        ("numeric", {"number": "many"}, "number"),
        ("numeric", {"number": "inf"}, "number"),
        ("numeric", {"tolerance": "-1"}, "tolerance"),
        ("short_text", {"accepted": ()}, "accepted"),
        ("short_text", {"accepted": ("Lamu",), "rejected": ("lamu",)}, "accepted"),
        ("matching", {"pairs": (DraftPair(left="A", right="B"),)}, "pairs"),
        (
            "matching",
            {"pairs": (DraftPair(left="A", right="B"), DraftPair(left="C", right="D"), DraftPair(left="E"))},
            "pairs",
        ),
        ("matching", {"extra": ("Tanga",)}, "pairs"),
        ("ordering", {"items": ("one", "two")}, "items"),
        ("ordering", {"items": tuple(str(number) for number in range(13))}, "items"),
        ("who_said_it", {"words": ""}, "words"),
        ("single_choice", {"source": None}, "source"),
        ("single_choice", {"paragraph": "0"}, "paragraph"),
        ("single_choice", {"topic": ""}, "topic"),
        ("essay", {}, "kind"),
    ],
)
def test_a_draft_is_blocked_at_the_field_to_mend(
    make_draft: MakeDraft, kind: str, changes: dict[str, Any], field: str
) -> None:
    draft = make_draft(kind, **changes) if kind in KINDS else Draft(kind=kind)

    assert [problem.field for problem in find_problems(draft)] == [field]


def test_a_bad_draft_lists_all_its_problems_at_once(make_draft: MakeDraft) -> None:
    with pytest.raises(BadDraft) as caught:
        build(make_draft(stem="", source=None, topic=""), "t-1")

    assert [problem.field for problem in caught.value.problems] == ["stem", "source", "topic"]


def test_who_said_it_asks_whom_the_source_names(make_draft: MakeDraft) -> None:
    question = build(make_draft("who_said_it"), "t-1")

    assert (
        question.stem == "To whom does “A harbour reopens” (The Coast Paper) attribute the words “the quay is ready”?"
    )
    assert question.citations[0].quote == "the quay is ready"
