"""User names and passwords that can be taken, and what is said about the others."""

import pytest

from quizapp.core.credentials import (
    BadCredentials,
    check_password,
    check_username,
    clean_nickname,
    likeness,
    username_key,
)


@pytest.mark.parametrize(
    "username", ["Ana", "ana.kovač-2", "Вучић", "O'Neill", "王小明", "さくら花子", "ｶﾞｶﾞ", "김철수", "Ø2"]
)
def test_a_name_of_one_alphabet_is_taken(username: str) -> None:
    assert check_username(username) == username


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("A", "2 to 40"),
        ("a" * 41, "2 to 40"),
        ("Аna", "one alphabet"),
        ("αnα", "one alphabet"),
        ("a\tb", "Use only"),
        ("ana\u202eb", "Use only"),
        ("ana@b", "Use only"),
        ("<b>", "Use only"),
        ("..", "at least one"),
        ("\u0301\u0302", "at least one"),
        ("Ana\ufe0f", "Use only"),
        ("Ana\u034f", "Use only"),
        ("Ana\u3164", "Use only"),
        ("ﬃ" * 40, "2 to 40"),
    ],
)
def test_a_name_that_could_deceive_is_refused_in_words(username: str, said: str) -> None:
    with pytest.raises(BadCredentials, match=said) as refused:
        check_username(username)

    assert refused.value.field == "username"


def test_spaces_around_and_between_are_tidied() -> None:
    assert check_username("  Ana   Kovač ") == "Ana Kovač"


@pytest.mark.parametrize("spelling", ["ana kovač", "ANA KOVAČ", " Ana  Kovač ", "Ana Kovac\u030c", "Ａna Kovač"])
def test_spellings_of_one_name_are_one_name(spelling: str) -> None:
    assert username_key(spelling) == "ana kovač"


@pytest.mark.parametrize(
    ("password", "role"),
    [("seven!88", "student"), ("a b c d e f g h", "teacher"), ("пароль из слов", "student"), ("x1y2" * 32, "student")],
)
def test_a_password_of_any_characters_is_taken(password: str, role: str) -> None:
    assert check_password(password, role=role, username="Ana") == password


@pytest.mark.parametrize(
    ("password", "role", "said"),
    [
        ("seven77", "student", "at least 8"),
        ("fourteen chars", "teacher", "at least 15"),
        ("fourteen chars", "administrator", "at least 15"),
        ("x1y2" * 32 + "z", "student", "at most 128"),
        ("Password123", "student", "guess"),
        ("aaaaaaaaaaaaaaaa", "teacher", "guess"),
        ("ANA KOVAČ", "student", "guess"),
    ],
)
def test_a_password_that_is_short_long_or_common_is_refused_in_words(password: str, role: str, said: str) -> None:
    with pytest.raises(BadCredentials, match=said) as refused:
        check_password(password, role=role, username="Ana Kovač")

    assert refused.value.field == "password"


@pytest.mark.parametrize(
    ("nickname", "shown"),
    [("=1+1", "=1+1"), ("  Panda \n 7 ", "Panda 7"), ("a\u202eb\u0000c", "ab c"), ("x" * 99, "x" * 40), ("\u200b", "")],
)
def test_a_nickname_loses_what_cannot_be_seen(nickname: str, shown: str) -> None:
    assert clean_nickname(nickname) == shown


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ms Pace", "Мѕ Расе"),
        ("MR COX", "МR СОХ"),
        ("Mr Cox", "ΜR СОΧ"),
        ("HOPE", "НОРЕ"),
        ("Kim", "КІМ"),
        ("TINA", "ΤΙΝΑ"),
    ],
)
def test_letters_of_other_alphabets_look_like_latin_ones(name: str, other: str) -> None:
    assert likeness(name) == likeness(other)


@pytest.mark.parametrize(("name", "other"), [("Ana", "Anna"), ("Анна", "Anna"), ("Вучић", "Vučić"), ("Нина", "Нино")])
def test_names_that_read_differently_look_different(name: str, other: str) -> None:
    assert likeness(name) != likeness(other)
