"""Spellings of one name are told from names of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.spelling import fold, how_accepted, nearest, same_name


@pytest.mark.parametrize(
    ("text", "name", "step"),
    [
        ("vučić", "Vučić", "same"),
        ("  Xi   Jinping ", "Xi Jinping", "same"),
        ("ＮＡＴＯ", "NATO", "same"),
        ("Kim Jong-un", "Kim Jong Un", "signs"),
        ("Kim Jong\u2011Un", "Kim Jong Un", "signs"),
        ("KimJongUn", "Kim Jong Un", "signs"),
        ("Peoples Daily", "People\u2019s Daily", "signs"),
        ('"Guam killer"', "Guam Killer", "signs"),
        ("the DF-26", "DF-26", "signs"),
        ("DF26", "DF-26", "signs"),
        ("df 26", "DF-26", "signs"),
        ("U.S.A.", "USA", "signs"),
        ("Vucic", "Vučić", "accents"),
        ("Erdogan", "Erdoğan", "accents"),
        ("Turkiye", "Türkiye", "accents"),
        ("Lodz", "Łódź", "accents"),
        ("Pezeshkain", "Pezeshkian", "slip"),
        ("Pezeshkin", "Pezeshkian", "slip"),
        ("Putim", "Putin", "slip"),
        ("0", "0", "same"),
    ],
)
def test_a_spelling_is_accepted_at_its_step(text: str, name: str, step: str) -> None:
    assert how_accepted(text, [name]) == step


@pytest.mark.parametrize(
    ("text", "name", "rejected"),
    [
        ("DF-21", "DF-26", []),
        ("DF-25", "DF-26", []),
        ("DG-26", "DF-26", []),
        ("Missile DF-27", "Missile DF-26", []),
        ("Modo", "Modi", []),
        ("Putrim", "Putin", []),
        ("Zambia", "Gambia", ["Zambia"]),
        ("Kambia", "Gambia", ["Zambia"]),
        ("Kim Jong Il", "Kim Jong Un", ["Kim Jong Il"]),
        ("Kim", "Kim Jong Un", ["Kim"]),
        ("", "Putin", []),
        ("...", "Putin", []),
        ("1959", "1960", []),
    ],
)
def test_another_name_is_never_accepted(text: str, name: str, rejected: list[str]) -> None:
    assert how_accepted(text, [name], rejected) is None


def test_a_slip_beside_a_number_is_forgiven_in_the_words_only() -> None:
    assert how_accepted("Axis of Upheval 7", ["Axis of Upheaval 7"]) == "slip"
    assert how_accepted("Axis of Upheaval 8", ["Axis of Upheaval 7"]) is None


def test_marks_of_other_scripts_are_kept() -> None:
    assert fold("\u0439") == "\u0439"


def test_the_nearest_name_is_found() -> None:
    assert nearest("Putim", ["Modi", "Putin"]) == "Putin"
    assert nearest("Putim", []) is None


def test_one_name_has_many_spellings() -> None:
    assert same_name("Kim Jong-un", "KIM JONG UN")
    assert not same_name("DF-26", "DF-21")


NAMES = st.text("abčdéfg xyz-'’19", min_size=1, max_size=12)


@given(NAMES, st.lists(NAMES, max_size=3), st.lists(NAMES, max_size=4))
def test_a_rejected_name_is_never_accepted(text: str, accepted: list[str], rejected: list[str]) -> None:
    assert how_accepted(text, accepted, [*rejected, text]) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(text: str, name: str) -> None:
    assert how_accepted(text, [name]) in ("same", "signs", "accents", "slip", None)


@given(st.text(max_size=40))
def test_folding_leaves_single_spaces_and_no_capitals(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
    assert fold(text.lower()) == fold(text) or not text.isascii()
