"""Wrong numbers, dates and times: near enough to be thought of, and refuted by the value or bound of the source."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence

from quizapp.core.fact import Fact, Quantity
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.numbers import read_number
from quizapp.core.question import Option, Refutation
from quizapp.generate.wording import clock, day, figure
from quizapp.generate.world import rank

NEAR_YEARS = (-15, -12, -10, -7, -5, 5, 7, 10, 12, 15)
NEAR_DAYS = (-7, -2, -1, 1, 2, 3, 7)
NEAR_HOURS = (-2, -1, 1, 2, 3)
NOON = 12  # nobody agrees whether it is a.m. or p.m.
MOST_KNOWN = 2


def quantity_of(fact: Fact, role: str) -> Quantity:
    """Return the number in a role with its bound."""
    value = fact.roles.get(role)
    return fact.quantity or Quantity(value=float(value) if isinstance(value, int | float) else 0.0)


def refutes(fact: Fact, role: str, text: str) -> bool:
    """Say whether a stated number, date or time rules out a text."""
    kind = FACT_TYPES[fact.type].roles[role].kinds[0]
    if kind != "number":
        stated = str(fact.roles.get(role, ""))
        return text != (day(stated) if kind == "date" else clock(stated))
    value = read_number(text)
    return value is not None and contradicts(quantity_of(fact, role), value)


def contradicts(quantity: Quantity, value: float) -> bool:
    """Say whether a value cannot hold beside a quantity and its bound."""
    match quantity.bound:
        case "=":
            return value != quantity.value
        case ">":
            return value <= quantity.value
        case ">=":
            return value < quantity.value
        case "~":
            return abs(value - quantity.value) > quantity.value / 4


def wrong_numbers(
    fact: Fact, role: str, question_id: str, *, latest: int, known: Collection[float] = ()
) -> Iterator[float]:
    """Yield three other numbers of the same look, no year past ``latest``; the id says how many are smaller.

    Of these up to `MOST_KNOWN` are ``known`` to be true of something else, those next to the key.
    """
    quantity = quantity_of(fact, role)
    if quantity.bound != "=":
        return
    value = quantity.value
    steps = [1, 2, 3] if value <= 12 else [_step(value) * factor for factor in (1, 2, 3)]
    is_year = role == "year"
    if is_year:
        steps = _year_steps(question_id)
    near = sorted((one for one in known if one != value), key=lambda one: abs(one - value))[:MOST_KNOWN]
    below = _merged([one for one in near if one < value], [value - step for step in steps if value - step > 0])
    is_late = is_year and value + 10 > latest
    above = _merged([one for one in near if one > value], [] if is_late else [value + step for step in steps])
    smaller = max(min(rank(question_id, "smaller") % 4, len(below)), 3 - len(above))
    yield from (*below[:smaller], *above[: 3 - smaller])


def _merged(known: Sequence[float], invented: Sequence[float]) -> list[float]:
    return list(dict.fromkeys([*known, *invented]))


def wrong_times(kind: str, stated: str, others: Iterable[str], question_id: str) -> Iterator[str]:
    """Yield other dates or times as roles hold them, those that the bank knows of the same year first."""
    if kind == "clock":
        yield from (other for other in others if other != stated)
        yield from _wrong_clocks(stated, question_id)
        return
    if len(stated) == 4:
        yield from sorted((other for other in set(others) if len(other) == 4 and other != stated), reverse=True)[:1]
        yield from (str(int(stated) + step) for step in _ordered(NEAR_YEARS, question_id))
        return
    year = stated[:4]
    yield from (
        other for other in sorted(set(others)) if other[:4] == year and len(other) == len(stated) and other != stated
    )
    if len(stated) == 10:
        first = datetime.date.fromisoformat(stated)
        for step in _ordered(NEAR_DAYS, question_id):
            yield (first + datetime.timedelta(days=step)).isoformat()


def ranges(fact: Fact, role: str, *, why: str) -> list[Option]:
    """Return ranges in their order, the last of which is the key: no other one satisfies the bound of the source."""
    quantity = quantity_of(fact, role)
    wrong = Refutation(kind="value", fact_ids=(fact.id,))
    if quantity.bound == "~" or quantity.value < 4:
        return []
    half = figure(quantity.value // 2)
    last = figure(quantity.value if quantity.bound == ">" else quantity.value - 1)
    below = [f"Fewer than {half}", f"Between {half} and {last}"]
    key = f"{'More than' if quantity.bound == '>' else 'At least'} {figure(quantity.value)}"
    return [
        *(Option(text=text, why=why, refutation=wrong) for text in below),
        Option(text=key, correct=True, why=why),
    ]


def _wrong_clocks(stated: str, question_id: str) -> Iterator[str]:
    hour, _, minute = stated.partition(":")
    if hour.isdigit():
        for step in _ordered(NEAR_HOURS, question_id):
            if 0 < int(hour) + step < 24 and int(hour) + step != NOON:
                yield f"{int(hour) + step:02}:{minute}"


def _step(value: float) -> float:
    for step in (1000, 100, 10, 5):
        if value % step == 0 and value > step:
            return step
    return max(2, round(value / 12))


def _year_steps(question_id: str) -> list[float]:
    first = 2 + rank(question_id, "step") % 4
    return [first, first + 4, first + 9]


def _ordered(steps: tuple[int, ...], question_id: str) -> list[int]:
    return sorted(steps, key=lambda step: rank(question_id, str(step)))
