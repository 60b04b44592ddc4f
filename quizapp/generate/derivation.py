"""The sum behind a derived number, for readers to check."""

from itertools import permutations

from quizapp.core.bank import Bank
from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES


def sum_of(bank: Bank, fact: Fact) -> str:
    """Write how a derived number follows from its inputs, "2025 − 66 = 1959.", or nothing where none fits."""
    if not fact.derived:
        return ""
    result = next(iter(numbers_of(fact)), None)
    inputs = [number for name in fact.derived.inputs if name in bank.facts for number in numbers_of(bank.facts[name])]
    for one, other in permutations(inputs, 2):
        if one - other == result:
            return f"{one:g} − {other:g} = {result:g}."
        if one + other == result:
            return f"{one:g} + {other:g} = {result:g}."
    return ""


def numbers_of(fact: Fact) -> list[float]:
    """List the numbers that a fact states, and the years of its dates."""
    found = [fact.quantity.value] if fact.quantity else []
    for name, role in FACT_TYPES[fact.type].roles.items():
        value = fact.roles.get(name)
        if role.kinds == ("number",) and isinstance(value, int | float) and value not in found:
            found.append(float(value))
        if role.kinds == ("date",) and isinstance(value, str) and value[:4].isdigit():
            found.append(float(value[:4]))
    return found
