"""Numbers, dates and times have an order of their own."""

import pytest

from quizapp.core.natural_order import natural, natural_order


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("1945", "1959", "2018"), "number"),
        (("7 years", "66 years", "80 years"), "number year"),
        (("9 km", "1,200 km"), "number km"),
        (("2 September 2025", "3 September 2025", "1 May 2026"), "date"),
        (("September 2, 2025", "3 September 2025"), "date"),
        (("3 May", "4 June"), "date"),
        (("May 2025", "June 2025"), "date"),
        (("8 a.m.", "9 a.m.", "1 p.m."), "clock"),
        (("09:00", "13:30"), "clock"),
    ],
)
def test_what_stands_in_order_is_known_to(texts: tuple[str, ...], kind: str) -> None:
    order = natural_order(texts)

    assert order is not None
    assert list(order) == sorted(set(order))
    assert {found[0] for text in texts if (found := natural(text))} == {kind}


@pytest.mark.parametrize(
    "texts", [("DF-26", "DF-21D"), ("1945", "Beijing"), ("7 years", "3 May 2025"), ("May", "June")]
)
def test_other_texts_have_no_order(texts: tuple[str, ...]) -> None:
    assert natural_order(texts) is None


def test_noon_and_midnight_are_told_apart() -> None:
    assert natural_order(("12 a.m.", "11 a.m.", "12 p.m."))
    assert natural("12 a.m.") == ("clock", (0.0, 0.0))
    assert natural("12 p.m.") == ("clock", (12.0, 0.0))
