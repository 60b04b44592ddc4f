"""True and false statements are balanced, and the false ones are refuted."""

import math
from collections import Counter

import pytest

from quizapp.core.spelling import fold
from quizapp.generate.true_false import true_false
from quizapp.generate.world import World
from quizapp.question_types.true_false import TrueFalse

COMMON = 8


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


def test_no_word_of_a_statement_tells_the_verdict(shipped_questions):
    found = [(set(fold(one.stem).split()), one.options[0].correct) for one in statements(shipped_questions)]
    margin = max(0.08, 2 * math.sqrt(0.25 / len(found)))
    counts = Counter(word for words, _ in found for word in words)

    for word in (word for word, count in counts.items() if count >= COMMON):
        hits = sum((word in words) == is_true for words, is_true in found)
        assert abs(hits / len(found) - 0.5) <= margin, word


def test_a_view_that_a_source_passes_on_is_not_its_own(shipped_questions):
    own = [question for question in statements(shipped_questions) if "in its own name" in question.stem]
    passed_on = [question for question in own if question.options[1].correct]

    assert len(passed_on) >= len(own) / 4
    assert all("passes this view on" in option.why for question in passed_on for option in question.options)
