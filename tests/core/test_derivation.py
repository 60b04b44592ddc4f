"""What follows from facts is recomputed, with the sum in words."""

import pytest

from quizapp.core.derivation import BadDerivation, recompute, working
from quizapp.core.fact import Derivation, Fact, Value


def make_fact(name: str, **roles: Value) -> Fact:
    return Fact(id=name, type="any", source="s", topic="t", roles=roles, statement="S.", context="C.")


FACTS = {
    fact.id: fact
    for fact in (
        make_fact("day", date="2025-09-03"),
        make_fact("before", date="2015"),
        make_fact("span", years=66),
        make_fact("hour", clock="09:00", gmt="01:00"),
        make_fact("evening", clock="19:00", gmt="00:00"),
        make_fact("half", clock="09:30", gmt="01:00"),
        make_fact("nothing"),
    )
}


@pytest.mark.parametrize(
    ("formula", "inputs", "value", "shown"),
    [
        ("year_before", ("day", "span"), 1959, "2025 − 66 = 1959"),
        ("years_between", ("before", "day"), 10, "2025 − 2015 = 10"),
        ("hours_ahead", ("hour",), 8, "09:00 − 01:00 = 8 hours"),
        ("hours_ahead", ("evening",), -5, "19:00 − 00:00 = -5 hours"),
    ],
)
def test_a_formula_gives_its_value_and_its_sum(formula: str, inputs: tuple[str, ...], value: int, shown: str) -> None:
    derivation = Derivation(formula=formula, inputs=inputs)

    assert recompute(derivation, FACTS) == value
    assert working(derivation, FACTS) == shown


@pytest.mark.parametrize(
    ("formula", "inputs", "reason"),
    [
        ("guess", ("day",), "no formula"),
        ("year_before", ("day",), "takes 2 facts"),
        ("year_before", ("day", "lost"), "no fact 'lost'"),
        ("year_before", ("nothing", "span"), "no date"),
        ("year_before", ("day", "nothing"), "counts no years"),
        ("hours_ahead", ("nothing",), "no time of day"),
        ("hours_ahead", ("half",), "full hours"),
    ],
)
def test_what_cannot_be_recomputed_says_why(formula: str, inputs: tuple[str, ...], reason: str) -> None:
    with pytest.raises(BadDerivation, match=reason):
        recompute(Derivation(formula=formula, inputs=inputs), FACTS)
