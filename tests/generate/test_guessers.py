"""Guessers that know nothing are caught where options give the key away, and do no better than chance on the bank."""

from collections import Counter

import pytest

from quizapp.core.question import Option
from quizapp.generate.guessers import GUESSERS, scores
from quizapp.question_types.single_choice import SingleChoice

NAMES = [guesser.name for guesser in GUESSERS]
COUNT = 24

# For each guesser a question whose looks give the key away: the stem, the right option, two wrong ones.
GIVEN_AWAY = {
    "longest": ("Which vessel sailed?", "the old steam ferry of the lake", "a tug", "a raft"),
    "shortest": ("Which vessel sailed?", "a tug", "the old steam ferry", "the fast mail boat"),
    "overlap": ("Which lake ferry sailed?", "the lake ferry", "the mail boat", "the grey tug"),
    "convergence": ("Which vessel sailed?", "the red mail boat", "the red ferry", "the mail tug"),
    "nationality": ("Who spoke for Vietnam?", "Nguyen Lan", "Ada Mensah", "Tom Okello"),
    "middle number": ("How many sailed?", "20", "10", "30"),
    "least used": ("Which vessel sailed?", "vessel {n}", "the tug", "the raft"),
    "most used": ("Which vessel sailed?", "the tug", "vessel {n}", "ferry {n}"),
}


def choice(number, *, stem, right, wrong, in_order=False):
    texts = sorted([right, *wrong]) if in_order else [right, *wrong]
    return SingleChoice(
        id=f"q{number}",
        kind="example",
        stem=stem,
        explanation="So it was.",
        topic="lake",
        options=tuple(Option(text=text, correct=text == right) for text in texts),
        sorted_options=in_order,
    )


def choices(*texts, in_order=False):
    stem, right, *wrong = texts
    return [
        choice(
            n,
            stem=stem,
            right=right.format(n=n),
            wrong=[text.format(n=n) for text in wrong],
            in_order=in_order,
        )
        for n in range(COUNT)
    ]


def score_of(name, questions):
    return next(score for score in scores(questions, shuffles=50) if score.name == name)


@pytest.mark.parametrize("name", GIVEN_AWAY)
def test_a_guesser_finds_the_key_that_the_options_give_away(name):
    found = score_of(name, choices(*GIVEN_AWAY[name], in_order=name == "middle number"))

    assert found.score == 1
    assert not found.is_held


@pytest.mark.parametrize(("name", "right"), [("first", "10"), ("middle", "20"), ("last", "30")])
def test_a_place_gives_the_key_away_where_options_keep_their_order(name, right):
    wrong = [text for text in ("10", "20", "30") if text != right]

    found = score_of(name, choices("How many sailed?", right, *wrong, in_order=True))

    assert not found.is_held


def test_a_place_tells_nothing_where_options_are_shuffled():
    found = score_of("first", choices("Which vessel sailed?", "the tug", "the raft", "the ferry"))

    assert found.questions == 0
    assert found.is_held


def test_a_guesser_that_likes_all_options_alike_has_nothing_to_go_by():
    found = score_of("overlap", choices("Which vessel sailed?", "a tug", "a raft", "a ferry"))

    assert (found.questions, found.score) == (0, 0)


def test_among_equals_a_guesser_takes_the_one_shown_first():
    found = score_of("longest", choices("Which vessel sailed?", "the tug", "the cog", "a raft", "a dory"))

    assert 0.35 < found.score < 0.65


def test_the_limit_is_eight_points_over_chance_where_there_are_many_questions():
    many = [choice(n, stem="Which?", right="a long boat", wrong=["a tug", "a raft", "a cog"]) for n in range(900)]

    found = score_of("longest", many)

    assert found.chance == pytest.approx(0.25)
    assert found.limit == pytest.approx(0.33)


def test_the_limit_is_two_standard_errors_where_there_are_few():
    found = score_of("longest", choices("Which?", "a long boat", "a tug", "a raft", "a cog"))

    assert found.limit == pytest.approx(0.25 + 2 * (0.25 * 0.75 / COUNT) ** 0.5)


def test_scores_do_not_depend_on_the_order_of_the_questions(shipped_questions):
    questions = list(shipped_questions.values())

    assert scores(questions, shuffles=20) == scores(questions[::-1], shuffles=20)


def test_a_bank_without_choices_has_nothing_to_guess():
    assert {(score.questions, score.is_held) for score in scores([])} == {(0, True)}


@pytest.fixture(scope="module")
def shipped_scores(shipped_questions):
    return {score.name: score for score in scores(shipped_questions.values())}


@pytest.mark.parametrize("name", NAMES)
def test_a_guesser_does_no_better_on_the_shipped_bank_than_chance_allows(name, shipped_scores):
    assert shipped_scores[name].score <= shipped_scores[name].limit


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
    assert max(keys.values()) <= 0.05 * keys.total()
