"""Numbers and times that the bank knows of something else: the wrong options that teach most."""

from collections.abc import Iterator

from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.generate.world import World

YEARS = "year"


def known_numbers(world: World, fact: Fact, slot: str, question_id: str) -> dict[float, Fact]:
    """Return the exact numbers of the same unit that other facts state, each with one of these facts."""
    unit = _unit(fact, slot)
    types = [
        name for name, declared in FACT_TYPES.items() if any(_counts(one.kinds) for one in declared.roles.values())
    ]
    near = (other for name in types for other in world.others(question_id, name) if other.id != fact.id and other.holds)
    found: dict[float, Fact] = {}
    for other in sorted(near, key=lambda one: (one.source != fact.source, one.id)):
        for value in _numbers(other, unit):
            found.setdefault(value, other)
    return found


def known_times(world: World, fact: Fact, kind: str, question_id: str) -> dict[str, Fact]:
    """Return the dates or clock times that stand in some fact, the fact's own other ones included."""
    types = [name for name, declared in FACT_TYPES.items() if any(kind in one.kinds for one in declared.roles.values())]
    near = [fact, *(other for name in types for other in world.others(question_id, name) if other.holds)]
    found: dict[str, Fact] = {}
    for other in near:
        for role, declared in FACT_TYPES[other.type].roles.items():
            value = other.roles.get(role)
            if kind in declared.kinds and isinstance(value, str):
                found.setdefault(value, other)
    return found


def _counts(kinds: tuple[str, ...]) -> bool:
    return bool({"number", "date"} & set(kinds))


def _unit(fact: Fact, role: str) -> str:
    return YEARS if role == YEARS else f"{fact.type} number" if not fact.quantity else fact.quantity.unit


def _numbers(fact: Fact, unit: str) -> Iterator[float]:
    """Yield what a fact counts in a unit; of the unit ``year`` the years themselves that it names."""
    if unit == YEARS:
        stated = (str(fact.roles.get(role, "")) for role in (YEARS, "date"))
        yield from (float(text) for text in stated if len(text) == 4 and text.isdigit())
    elif fact.quantity and fact.quantity.unit == unit and fact.quantity.bound == "=":
        yield fact.quantity.value
