"""An editor gets a citation as a line of TOML."""

import tomllib

import pytest

from quizapp.bank.cite import cite
from quizapp.core.passage import BadPassage


def test_a_snippet_is_one_line_of_toml_without_the_passage(article: str) -> None:
    snippet = cite(article, "herald", 3, anchor="41 years ago")

    fields = tomllib.loads(f"citations = [{snippet}]")["citations"][0]

    assert "\n" not in snippet
    assert (fields["paragraph"], fields["start"], fields["anchor"]) == (3, 0, "41 years ago")
    assert "storm" not in snippet


def test_a_sentence_is_named_by_its_number_or_its_first_words(article: str) -> None:
    assert cite(article, "herald", 2, starts="work begins") == cite(article, "herald", 2, first=2)


def test_first_words_that_no_sentence_has_are_told(article: str) -> None:
    with pytest.raises(BadPassage, match="0 sentences"):
        cite(article, "herald", 2, starts="Nobody")
