"""Typed text is made regular, not rewritten."""

import pytest

from quizapp.drafts.text import lines, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two\twords \n", "two words"),
        ("Vuc\u030cic\u0301", "Vučić"),
        ("left\u202eright\x00", "leftright"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200d", ""),
        ("", ""),
    ],
    ids=["spaces", "accents", "controls", "joiner", "only invisible", "empty"],
)
def test_a_typed_text_is_made_regular(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_lines_that_say_nothing_are_left_out() -> None:
    assert lines("one\n\n  two \r\n \n") == ("one", "two")
