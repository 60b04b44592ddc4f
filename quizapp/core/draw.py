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
    traces = {question.id: trace(question) for question in candidates}
    best: list[Q] = []
    for _ in range(ATTEMPTS):
        chosen = _choose(candidates, traces, count=count, rng=rng)
        if len(chosen) > len(best):
            best = chosen
        if len(best) >= min(count, len(candidates)):
            break
    return best


def _choose(candidates: Sequence[Q], traces: dict[str, Trace], *, count: int, rng: Random) -> list[Q]:
    """Take one question after another, each time one that is unlike those taken, with `CHANCE` in it.

    Without chance the few questions of a rare kind would stand in every quiz.
    """
    chance = {question.id: rng.random() * CHANCE for question in candidates}
    features = {question.id: _features(question) for question in candidates}
    open_ones = rng.sample(candidates, len(candidates))
    chosen: list[Q] = []
    seen: Counter[tuple[str, str]] = Counter()
    order: list[int] = []
    while open_ones and len(chosen) < count:
        question = min(open_ones, key=lambda one: chance[one.id] + _likeness(features[one.id], seen))
        mine = traces[question.id]
        open_ones = [one for one in open_ones if one is not question]
        placed = arrange([*(traces[one.id] for one in chosen), mine])
        if placed is None:
            continue
        chosen.append(question)
        order = placed
        seen.update(features[question.id])
        open_ones = [
            one for one in open_ones if traces[one.id].stem != mine.stem and not must_not_meet(traces[one.id], mine)
        ]
    return [chosen[place] for place in order]


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
