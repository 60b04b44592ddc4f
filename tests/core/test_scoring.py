"""The rules of partial credit, against worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.scoring import RULES, balanced, order_pairs, pairs_share, within

LETTERS = "ABCDEFG"


@pytest.mark.parametrize(
    ("chosen", "share"), [("ABC", 1), ("AB", 2 / 3), ("ABD", 1 / 6), ("ABDE", 0), ("ABCDE", 0), ("", 0), ("DE", 0)]
)
def test_right_minus_wrong_is_balanced(chosen: str, share: float) -> None:
    assert balanced(set(chosen), set("ABC"), set("DE")) == pytest.approx(share)


@given(st.sets(st.sampled_from(LETTERS)), st.integers(1, 6))
def test_balanced_lies_between_none_and_all(chosen: set[str], right: int) -> None:
    share = balanced(chosen, set(LETTERS[:right]), set(LETTERS[right:]))

    assert 0 <= share <= 1
    assert (share == 1) == (chosen == set(LETTERS[:right]))


@pytest.mark.parametrize(("given_order", "share"), [("ABCD", 1), ("BACD", 5 / 6), ("BCDA", 1 / 2), ("DCBA", 0)])
def test_an_order_earns_its_pairs(given_order: str, share: float) -> None:
    assert order_pairs(given_order, "ABCD") == pytest.approx(share)


def test_an_item_that_is_missing_orders_nothing() -> None:
    assert order_pairs("AB", "ABC") == pytest.approx(1 / 3)


def test_pairs_share_counts_rows() -> None:
    assert pairs_share(["x", None, "z", "y"], ["x", "y", "z", "x"]) == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("value", "tolerance", "is_in"),
    [(0.3, 0.1, True), (0.1, 0.1, True), (0.31, 0.1, False), (0.2, 0, True), (0.2001, 0, False)],
)
def test_bounds_are_inclusive_despite_binary_fractions(value: float, tolerance: float, is_in: bool) -> None:
    assert within(value, 0.2, tolerance) is is_in


def test_every_rule_is_one_sentence_for_students() -> None:
    assert all(rule.name == name and rule.sentence.endswith(".") for name, rule in RULES.items())
