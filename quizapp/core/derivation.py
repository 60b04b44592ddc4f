"""The named formulas by which a value follows from the facts of a source."""

import datetime
from collections.abc import Callable, Mapping, Sequence

import msgspec

from quizapp.core.fact import Derivation, Fact


class BadDerivation(Exception):
    """A derivation cannot be recomputed; the message says why."""


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of one kind: how many facts it needs, the value it gives, and the sum in words."""

    inputs: int
    value: Callable[[Sequence[Fact]], int]
    working: Callable[[Sequence[Fact]], str]


def year(fact: Fact) -> int:
    """Return the year of a dated fact: its date, or its own derived year."""
    stated = fact.roles.get("date") or fact.roles.get("day") or fact.roles.get("year")
    try:
        return int(str(stated)[:4])
    except ValueError as error:
        raise BadDerivation(f"{fact.id} has no date to take a year from.") from error


def years(fact: Fact) -> int:
    """Return the number of years that a fact counts."""
    stated = fact.roles.get("years")
    if not isinstance(stated, int):
        raise BadDerivation(f"{fact.id} counts no years.")
    return stated


def minutes(fact: Fact, role: str) -> int:
    """Return a fact's clock time as minutes since midnight."""
    try:
        clock = datetime.time.fromisoformat(str(fact.roles.get(role)))
    except ValueError as error:
        raise BadDerivation(f"{fact.id} has no time of day in {role}.") from error
    return clock.hour * 60 + clock.minute


def hours_ahead(fact: Fact) -> int:
    """Return by how many full hours a place's clocks are ahead of Greenwich, -12…12."""
    ahead = (minutes(fact, "clock") - minutes(fact, "gmt") + 12 * 60) % (24 * 60) - 12 * 60
    if ahead % 60:
        raise BadDerivation(f"{fact.id} gives clocks that are not full hours apart.")
    return ahead // 60


FORMULAS: dict[str, Formula] = {
    # the year of the first fact's date, minus the years that the second counts.
    "year_before": Formula(
        inputs=2,
        value=lambda facts: year(facts[0]) - years(facts[1]),
        working=lambda facts: f"{year(facts[0])} − {years(facts[1])} = {year(facts[0]) - years(facts[1])}",
    ),
    # the years from the first fact's date to the second's.
    "years_between": Formula(
        inputs=2,
        value=lambda facts: year(facts[1]) - year(facts[0]),
        working=lambda facts: f"{year(facts[1])} − {year(facts[0])} = {year(facts[1]) - year(facts[0])}",
    ),
    # the hours between the two clocks of one fact.
    "hours_ahead": Formula(
        inputs=1,
        value=lambda facts: hours_ahead(facts[0]),
        working=lambda facts: f"{facts[0].roles['clock']} − {facts[0].roles['gmt']} = {hours_ahead(facts[0])} hours",
    ),
}


def recompute(derivation: Derivation, facts: Mapping[str, Fact]) -> int:
    """Return the value that a derivation gives today. Raises `BadDerivation`."""
    formula, inputs = _resolve(derivation, facts)
    return formula.value(inputs)


def working(derivation: Derivation, facts: Mapping[str, Fact]) -> str:
    """Return the sum as a reader would write it: "2025 − 66 = 1959". Raises `BadDerivation`."""
    formula, inputs = _resolve(derivation, facts)
    return formula.working(inputs)


def _resolve(derivation: Derivation, facts: Mapping[str, Fact]) -> tuple[Formula, list[Fact]]:
    """Return a derivation's formula with the facts that it takes."""
    formula = FORMULAS.get(derivation.formula)
    if formula is None:
        raise BadDerivation(f"There is no formula {derivation.formula!r}; use one of {', '.join(FORMULAS)}.")
    if len(derivation.inputs) != formula.inputs:
        raise BadDerivation(f"{derivation.formula} takes {formula.inputs} facts, not {len(derivation.inputs)}.")
    missing = [fact_id for fact_id in derivation.inputs if fact_id not in facts]
    if missing:
        raise BadDerivation(f"There is no fact {missing[0]!r}.")
    return formula, [facts[fact_id] for fact_id in derivation.inputs]
