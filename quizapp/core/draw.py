"""Choosing the questions of a quiz: none gives another away, and kinds, topics and levels are mixed."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from quizapp.core.enemies import Trace, arrange, must_not_meet, trace
from quizapp.core.question import Question

Q = TypeVar("Q", bound=Question[Any])

ATTEMPTS = 3
CHANCE = 4.0
WEIGHTS = {"kind": 0.7, "type": 0.2, "topic": 0.6, "difficulty": 0.2, "template": 1.0}


def draw(candidates: Sequence[Q], count: int, rng: Random) -> list[Q]:
    """Choose up to ``count`` questions, in an order in which no feedback answers a later one.

    Fewer come back where the candidates cannot fill the quiz without giving each other away.
    """
    best: list[Q] = []
    for _ in range(ATTEMPTS):
        chosen = _choose(candidates, count=count, rng=rng)
        if len(chosen) > len(best):
            best = chosen
        if len(best) >= min(count, len(candidates)):
            break
    return best


def _choose(candidates: Sequence[Q], *, count: int, rng: Random) -> list[Q]:
    """Take one question after another, each time one that is unlike those taken, with `CHANCE` in it.

    Without chance the few questions of a rare kind would stand in every quiz. What a question gives away is read only
    when it is its turn: most never have one.
    """
    chance = {question.id: rng.random() * CHANCE for question in candidates}
    features = {question.id: _features(question) for question in candidates}
    open_ones = rng.sample(candidates, len(candidates))
    chosen: list[Q] = []
    traces: list[Trace] = []
    seen: Counter[tuple[str, str]] = Counter()
    order: list[int] = []
    while open_ones and len(chosen) < count:
        likeness = {kept: _likeness(kept, seen) for kept in set(features.values())}
        open_ones.sort(key=lambda one: chance[one.id] + likeness[features[one.id]], reverse=True)
        while open_ones:
            question = open_ones.pop()
            mine = trace(question)
            placed = None if any(_stay_apart(mine, other) for other in traces) else arrange([*traces, mine])
            if placed is not None:
                chosen.append(question)
                traces.append(mine)
                order = placed
                seen.update(features[question.id])
                break
    return [chosen[place] for place in order]


def _stay_apart(one: Trace, other: Trace) -> bool:
    """Say whether two questions never stand in one quiz: they are enemies, or are worded alike."""
    return one.stem == other.stem or must_not_meet(one, other)


def _features(question: Question[Any]) -> tuple[tuple[str, str], ...]:
    return (
        ("kind", question.kind),
        ("type", type(question).__name__),
        ("topic", question.topic),
        ("difficulty", question.difficulty),
        ("template", question.template.rpartition(".")[0]),
    )


def _likeness(features: Sequence[tuple[str, str]], seen: Counter[tuple[str, str]]) -> float:
    return sum(WEIGHTS[feature[0]] * seen[feature] for feature in features if feature in seen)
