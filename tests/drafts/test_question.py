"""A question goes back into the form it came from."""

from collections.abc import Callable

import pytest

from quizapp.drafts.draft import KINDS, Draft
from quizapp.drafts.question import draft_of, question_of

MakeDraft = Callable[..., Draft]


@pytest.mark.parametrize("kind", KINDS)
def test_editing_nothing_changes_nothing(make_draft: MakeDraft, kind: str) -> None:
    draft = make_draft(kind)
    question = question_of(draft, "t-1")

    again = question_of(draft_of(question, draft.source), "t-1")

    assert again == question


def test_a_large_number_is_written_in_digits(make_draft: MakeDraft) -> None:
    draft = make_draft("numeric", number="12500000", tolerance="0.05")

    again = draft_of(question_of(draft, "t-1"), None)

    assert (again.number, again.tolerance) == ("12500000", "0.05")
