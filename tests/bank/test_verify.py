"""A reader's own copy tells whether a bank cites rightly."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.bank.read import read_bank
from quizapp.bank.verify import UnknownSource, is_same_copy, is_verified, summary, verify

Write = Callable[..., Path]


def test_the_copy_that_was_read_is_verified(write_bank: Write, article: str) -> None:
    bank = read_bank(write_bank())

    verdicts = verify(bank, "herald", article)

    assert summary(verdicts) == {"exact": 2, "moved": 0, "ambiguous": 0, "changed": 0, "missing": 0}
    assert is_verified(verdicts)
    assert is_same_copy(bank, "herald", article)


@pytest.mark.parametrize(
    ("edit", "state"),
    [
        (lambda text: f"Advertisement\n{text}", "moved"),
        (lambda text: text + text, "ambiguous"),
        (lambda text: text.replace("a new wall", "a better wall"), "changed"),
        (lambda text: text.splitlines()[0], "missing"),
    ],
    ids=["moved", "ambiguous", "changed", "missing"],
)
def test_another_copy_is_told_apart(write_bank: Write, article: str, edit: Callable[[str], str], state: str) -> None:
    verdicts = verify(read_bank(write_bank()), "herald", edit(article))

    assert {verdict.location.state for verdict in verdicts} == {state}
    assert is_verified(verdicts) == (state == "moved")


def test_a_verdict_says_where_a_passage_stands_now(write_bank: Write, article: str) -> None:
    verdict = verify(read_bank(write_bank()), "herald", f"Advertisement\n{article}")[0]

    assert str(verdict) == 'mayor: paragraph 2, "Mayor Ada Brandt": moved, now in paragraph 3'


def test_an_unknown_source_is_named_with_those_that_exist(write_bank: Write, article: str) -> None:
    with pytest.raises(UnknownSource, match=r"gazette.*herald"):
        verify(read_bank(write_bank()), "gazette", article)
