"""True and false statements are balanced, and the false ones are refuted."""

import pytest

from quizapp.generate.true_false import true_false
from quizapp.generate.world import World
from quizapp.question_types.true_false import TrueFalse


def statements(questions):
    return [question for question in questions.values() if isinstance(question, TrueFalse)]


@pytest.mark.parametrize("of", ["questions", "shipped_questions"])
def test_about_half_of_the_statements_are_true(of, request):
    found = statements(request.getfixturevalue(of))

    assert 0.45 <= sum(question.options[0].correct for question in found) / len(found) <= 0.55


def test_all_facts_stated_together_are_balanced_too(shipped):
    found = list(true_false(World(shipped), frozenset()))

    assert 0.45 <= sum(question.options[0].correct for question in found) / len(found) <= 0.55


def test_the_wrong_verdict_is_refuted(shipped_questions):
    for question in statements(shipped_questions):
        wrong = next(option for option in question.options if not option.correct)
        assert wrong.refutation is not None, question.id
        assert all(option.why for option in question.options), question.id


def test_a_stated_absence_makes_a_false_statement(questions):
    absent = questions["vane-absent.true-false"]

    assert absent.options[1].correct
    assert absent.options[0].refutation.kind == "negative"
