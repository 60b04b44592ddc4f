"""Quizzes from the shipped bank: a thousand draws, and nothing is given away."""

from random import Random

import pytest

from quizapp.core.draw import draw
from quizapp.core.enemies import must_not_meet, reveals, trace


@pytest.mark.parametrize("first", range(0, 1000, 100))
def test_no_two_questions_of_a_draw_give_each_other_away(shipped_questions, first):
    questions = list(shipped_questions.values())
    traces = {question.id: trace(question) for question in questions}

    for seed in range(first, first + 100):
        drawn = [traces[question.id] for question in draw(questions, 10, Random(seed))]
        assert len(drawn) == 10
        for place, earlier in enumerate(drawn):
            for later in drawn[place + 1 :]:
                assert not must_not_meet(earlier, later), (earlier.id, later.id)
                assert not reveals(earlier, later), (earlier.id, later.id)


def test_a_draw_is_mixed(shipped_questions):
    drawn = draw(list(shipped_questions.values()), 10, Random(0))

    assert len({question.kind for question in drawn}) >= 6
    assert len({question.topic for question in drawn}) >= 3
