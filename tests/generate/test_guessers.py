"""Guessers that know nothing do no better on the shipped bank than chance allows."""

import math
from collections import Counter

import pytest

from quizapp.core.spelling import fold
from quizapp.question_types.single_choice import SingleChoice

MARGIN = 0.08


def words(text):
    return set(fold(text).split())


def place(question, option):
    """Return the place of an option where the order is natural and so tells something."""
    return question.options.index(option) if question.sorted_options else 0


GUESSERS = {
    "longest": lambda question, option, used: len(option.text),
    "shortest": lambda question, option, used: -len(option.text),
    "most words of the stem": lambda question, option, used: len(words(question.stem) & words(option.text)),
    "most like the other options": lambda question, option, used: sum(
        len(words(option.text) & words(other.text)) for other in question.options if other is not option
    ),
    "least used": lambda question, option, used: -used[option.text],
    "most used": lambda question, option, used: used[option.text],
    "first": lambda question, option, used: -place(question, option),
    "last": lambda question, option, used: place(question, option),
    "middle": lambda question, option, used: -abs(place(question, option) - (len(question.options) - 1) / 2),
}


@pytest.fixture(scope="module")
def choices(shipped_questions):
    return [question for question in shipped_questions.values() if isinstance(question, SingleChoice)]


@pytest.mark.parametrize("name", GUESSERS)
def test_a_guesser_does_no_better_than_chance_allows(name, choices):
    used = Counter(option.text for question in choices for option in question.options)
    chance = sum(1 / len(question.options) for question in choices) / len(choices)
    error = math.sqrt(chance * (1 - chance) / len(choices))
    score = 0.0

    for question in choices:
        likings = [GUESSERS[name](question, option, used) for option in question.options]
        best = [option for option, liking in zip(question.options, likings, strict=True) if liking == max(likings)]
        score += sum(option.correct for option in best) / len(best)

    assert score / len(choices) <= chance + max(MARGIN, 2 * error)


def test_no_template_and_no_key_takes_the_bank_over(shipped_questions):
    templates = Counter(question.template.rpartition(".")[0] for question in shipped_questions.values())
    keys = Counter(
        option.text
        for question in shipped_questions.values()
        if isinstance(question, SingleChoice)
        for option in question.options
        if option.correct
    )

    assert max(templates.values()) <= 0.15 * len(shipped_questions)
    assert max(keys.values()) <= 0.06 * keys.total()
