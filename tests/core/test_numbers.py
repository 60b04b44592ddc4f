"""Numbers are read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.numbers import number_text, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("66", 66),
        (" 66 ", 66),
        ("-2.5", -2.5),
        ("\u22122,5", -2.5),
        ("+7", 7),
        ("2.", 2),
        (".5", 0.5),
        (",5", 0.5),
        ("0,500", 0.5),
        ("1,234", 1234),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("26 000", 26000),
        ("26\u00a0000", 26000),
        ("26\u202f000,5", 26000.5),
        ("26'000", 26000),
        ("26\u2019000", 26000),
        ("１９５９", 1959),
        ("٦٦", 66),
        ("3.142", 3.142),
    ],
)
def test_a_number_is_read(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", ",", "sixty-six", "1e5", "inf", "nan", "0x10", "1_000", "1,2,3", "1.2.3", "--1", "12 34", "½"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert read_number(text) is None


@given(st.floats(-1e12, 1e12).map(lambda value: round(value, 3)))
def test_what_is_written_is_read_back(value: float) -> None:
    assert read_number(f"{value:.3f}") == pytest.approx(value)


@given(st.integers(-(10**12), 10**12))
def test_grouped_integers_are_read_with_every_separator(value: int) -> None:
    grouped = f"{value:,}"

    assert read_number(grouped) == value
    assert read_number(grouped.replace(",", " ")) == value
    assert read_number(grouped.replace(",", "'")) == value
    assert read_number(grouped.replace(",", ".") + ",0") == value


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert read_number(text) is None or isinstance(read_number(text), float)


@pytest.mark.parametrize(("value", "text"), [(66.0, "66"), (2.5, "2.5"), (-0.0, "0"), (1959, "1959")])
def test_a_number_is_written_plainly(value: float, text: str) -> None:
    assert number_text(value) == text
