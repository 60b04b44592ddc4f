"""A draw mixes questions that do not give each other away."""

from random import Random

import pytest

from quizapp.core.draw import draw
from quizapp.core.enemies import must_not_meet, reveals, trace
from quizapp.question_types.numeric import Numeric

KINDS = ("year", "how_many", "date", "place")


def make_questions(count, *, facts=None, kinds=KINDS, same_stem=False):
    return [
        Numeric(
            id=f"q{place}",
            kind=kinds[place % len(kinds)],
            topic=f"topic-{place % 3}",
            stem="The same?" if same_stem else f"Number {place}?",
            explanation="So it is.",
            targets=(f"fact-{place % (facts or count)}.number",),
            fact_ids=(f"fact-{place % (facts or count)}",),
            template=f"{kinds[place % len(kinds)]}.count.number.0",
            value=place + 1000,
        )
        for place in range(count)
    ]


def test_a_draw_has_as_many_questions_as_asked():
    assert len(draw(make_questions(40), 10, Random(1))) == 10


def test_a_draw_from_enemies_comes_back_shorter():
    assert len(draw(make_questions(40, facts=3), 10, Random(1))) == 3


def test_the_same_stem_is_drawn_once():
    assert len(draw(make_questions(40, same_stem=True), 10, Random(1))) == 1


def test_nothing_is_drawn_from_nothing():
    assert draw([], 10, Random(1)) == []


def test_the_same_dice_draw_the_same():
    questions = make_questions(40)

    assert draw(questions, 10, Random(5)) == draw(questions, 10, Random(5))


def test_no_question_is_drawn_twice():
    drawn = draw(make_questions(12), 12, Random(3))

    assert len({question.id for question in drawn}) == len(drawn) == 12


@pytest.mark.parametrize("seed", range(20))
def test_kinds_are_mixed(seed):
    drawn = draw(make_questions(40, kinds=("year",) * 7 + ("how_many", "date", "place")), 8, Random(seed))

    assert len({question.kind for question in drawn}) >= 3


@pytest.mark.parametrize("seed", range(20))
def test_what_is_revealed_comes_before_what_reveals_it(seed):
    questions = [
        Numeric(
            id=f"q{place}",
            kind="year",
            topic="harbour",
            stem=f"Number {place}?",
            explanation="So it is.",
            targets=(f"fact-{place}.number",),
            fact_ids=(f"fact-{place}", f"fact-{place + 1}"),
            value=place + 1000,
        )
        for place in range(8)
    ]

    drawn = [trace(question) for question in draw(questions, 8, Random(seed))]

    assert len(drawn) == 8
    for place, earlier in enumerate(drawn):
        assert not any(reveals(earlier, later) or must_not_meet(earlier, later) for later in drawn[place + 1 :])
