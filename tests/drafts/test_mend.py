"""A half-written question can be looked at, whatever has been typed."""

from random import Random
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.question import Question
from quizapp.drafts.draft import KINDS, Draft, DraftOption, DraftPair
from quizapp.drafts.mend import preview_of
from quizapp.drafts.text import tidy

typed = st.text(st.sampled_from(ascii_lowercase[:3] + " .…1-" + "\u200d"), max_size=4).map(tidy)
rows = st.lists(st.builds(DraftOption, text=typed, why=typed, correct=st.booleans()), max_size=5).map(tuple)
pairs = st.lists(st.builds(DraftPair, left=typed, right=typed), max_size=4).map(tuple)
texts = st.lists(typed, max_size=4).map(tuple)
drafts = st.builds(
    Draft,
    kind=st.sampled_from(list(KINDS)),
    stem=typed,
    words=typed,
    options=rows,
    is_true=st.sampled_from([None, True, False]),
    number=typed,
    tolerance=typed,
    accepted=texts,
    rejected=texts,
    pairs=pairs,
    extra=texts,
    items=texts,
    paragraph=typed,
)


@given(drafts)
def test_any_draft_can_be_previewed(draft: Draft) -> None:
    question = preview_of(draft, "t-1")

    assert isinstance(question, Question)
    assert question.present(Random(1))


@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_form_can_be_previewed(kind: str) -> None:
    assert preview_of(Draft(kind=kind), "t-1").stem


def test_the_options_typed_so_far_are_shown() -> None:
    draft = Draft(stem="Which port?", options=(DraftOption(text="Lamu"), DraftOption(text="Tanga")))

    question = preview_of(draft, "t-1")

    assert {choice.text for choice in question.present(Random(1)).choices} == {"Lamu", "Tanga"}
