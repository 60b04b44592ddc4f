"""Guessers: readers who know nothing and go by the look of the options; a bank should leave them at chance."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random

import msgspec

from quizapp.core.natural_order import natural
from quizapp.core.question import Option
from quizapp.core.spelling import fold
from quizapp.generate.lint.cues import NAME_FORMS
from quizapp.generate.lint.words import contains
from quizapp.question_types import MapPoint, SingleChoice

SHUFFLES = 1000
MARGIN = 0.08
ERRORS = 2

Likings = Sequence[float]
Used = Counter[str]
Choice = SingleChoice | MapPoint


class Guesser(msgspec.Struct, frozen=True, kw_only=True):
    """A way of guessing: by what the options look like, or, without ``likes``, by the place in which one is shown.

    ``likes`` gives each option a number, the highest is chosen; among equals the first that is shown. ``place`` picks a
    place out of so many.
    """

    name: str
    does: str
    likes: Callable[[Choice, Used], Likings] | None = None
    place: Callable[[int], int] = lambda count: 0


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What one guesser reached, in shares of 0…1, on the questions in which it has something to go by.

    On the other ones it can only choose by chance, which would hide what it gains.
    """

    name: str
    does: str
    questions: int
    score: float
    chance: float
    limit: float

    @property
    def is_held(self) -> bool:
        """Say whether the guesser stayed within its limit."""
        return self.score <= self.limit


def scores(questions: Iterable[object], *, shuffles: int = SHUFFLES) -> list[Score]:
    """Let every guesser answer the questions with one right option, each shuffled anew so many times.

    Options with an order of their own keep it, and so does the list beside a map. The shuffles follow from the ids
    alone: the same bank gives the same scores. The limit is chance, which is the mean of 1 / options, and 8 points or
    2 standard errors on top, whichever is more.
    """
    found = (question for question in questions if isinstance(question, Choice))
    choices = sorted(found, key=lambda question: question.id)
    used = Counter(option.text for question in choices for option in question.options)
    orders = {question.id: _orders(question, shuffles) for question in choices}
    return [_score(guesser, choices, used, orders) for guesser in GUESSERS]


def _score(guesser: Guesser, choices: Sequence[Choice], used: Used, orders: dict[str, list[list[int]]]) -> Score:
    liked = [(question, _liked(guesser, question, used)) for question in choices]
    decided = [(question, best) for question, best in liked if _is_decided(guesser, question, best)]
    count = len(decided)
    chance = sum(1 / len(question.options) for question, _ in decided) / count if count else 0.0
    error = math.sqrt(chance * (1 - chance) / count) if count else 0.0
    hits = sum(_hits(guesser, question.options, best, orders[question.id]) for question, best in decided)
    return Score(
        name=guesser.name,
        does=guesser.does,
        questions=count,
        score=hits / count if count else 0.0,
        chance=chance,
        limit=chance + max(MARGIN, ERRORS * error) if count else 0.0,
    )


def _is_decided(guesser: Guesser, question: Choice, liked: frozenset[int]) -> bool:
    """Say whether a guesser has something to go by: some options before others, or places that are not shuffled."""
    return len(liked) < len(question.options) if guesser.likes else _keeps_order(question)


def _keeps_order(question: Choice) -> bool:
    return isinstance(question, MapPoint) or question.sorted_options


def _orders(question: Choice, shuffles: int) -> list[list[int]]:
    """Return the orders in which the options are shown."""
    places = list(range(len(question.options)))
    if _keeps_order(question):
        return [places]
    rng = Random(question.id)  # noqa: S311
    return [rng.sample(places, len(places)) for _ in range(shuffles)]


def _liked(guesser: Guesser, question: Choice, used: Used) -> frozenset[int]:
    """Return the options that a guesser likes most; one that goes by the place likes all."""
    likings = guesser.likes(question, used) if guesser.likes else [0.0] * len(question.options)
    return frozenset(at for at, liking in enumerate(likings) if liking == max(likings))


def _hits(guesser: Guesser, options: Sequence[Option], liked: frozenset[int], orders: list[list[int]]) -> float:
    """Return the share of orders in which the guesser chooses the right option.

    Among options that it likes alike it takes any, in a fixed order, and else the one that is shown first.
    """
    if guesser.likes is None:
        place = guesser.place(len(options))
        return sum(options[order[place]].correct for order in orders) / len(orders)
    if len(liked) == 1 or len(orders) == 1:
        return sum(options[at].correct for at in liked) / len(liked)
    return sum(options[next(at for at in order if at in liked)].correct for order in orders) / len(orders)


def _words(text: str) -> set[str]:
    return set(fold(text).split())


def _overlap(question: Choice, used: Used) -> Likings:
    stem = _words(question.stem)
    return [len(stem & _words(option.text)) for option in question.options]


def _convergence(question: Choice, used: Used) -> Likings:
    words = [_words(option.text) for option in question.options]
    return [sum(len(own & other) for at, other in enumerate(words) if at != place) for place, own in enumerate(words)]


def _nationality(question: Choice, used: Used) -> Likings:
    named = [form for names, form in NAME_FORMS if any(contains(question.stem, name) for name in names.split())]
    return [float(any(form.search(fold(option.text)) for form in named)) for option in question.options]


def _middle_number(question: Choice, used: Used) -> Likings:
    numbers = [found[1] if (found := natural(option.text)) else None for option in question.options]
    stated = sorted(number for number in numbers if number is not None)
    if len(stated) < len(numbers):
        return [0.0] * len(numbers)
    middle = (len(stated) - 1) / 2
    return [-abs(stated.index(number) - middle) if number is not None else 0.0 for number in numbers]


GUESSERS: tuple[Guesser, ...] = (
    Guesser(
        name="longest",
        does="takes the longest option",
        likes=lambda question, used: [len(option.text) for option in question.options],
    ),
    Guesser(
        name="shortest",
        does="takes the shortest option",
        likes=lambda question, used: [-len(option.text) for option in question.options],
    ),
    Guesser(name="overlap", does="takes the option that shares most words with the stem", likes=_overlap),
    Guesser(name="convergence", does="takes the option that shares most words with the others", likes=_convergence),
    Guesser(name="nationality", does="takes the name that sounds like the country in the stem", likes=_nationality),
    Guesser(name="middle number", does="takes the number or date in the middle", likes=_middle_number),
    Guesser(
        name="least used",
        does="takes the option that stands least often in the whole bank",
        likes=lambda question, used: [-used[option.text] for option in question.options],
    ),
    Guesser(
        name="most used",
        does="takes the option that stands most often in the whole bank",
        likes=lambda question, used: [used[option.text] for option in question.options],
    ),
    Guesser(name="first", does="takes the option shown first"),
    Guesser(name="middle", does="takes the option shown in the middle", place=lambda count: (count - 1) // 2),
    Guesser(name="last", does="takes the option shown last", place=lambda count: count - 1),
)
