"""What the templates of a question and of its feedback are given."""

from random import Random
from typing import Any

import msgspec

from quizapp.core.question import Question
from quizapp.core.response import FormData


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """A question before it is answered; nothing here tells the key.

    ``page`` is what `Question.present` gave, ``given`` what was entered before, ``error`` what to mend in it.
    """

    question_id: str
    type: str
    stem: str
    rule: str
    page: object
    given: FormData | None = None
    error: str = ""


def type_of(question: Question[Any]) -> str:
    """Return the tag of a question's type, which is the name of its template."""
    tag = question.__struct_config__.tag
    return str(tag)


def show(question: Question[Any], *, seed: str, given: FormData | None = None, error: str = "") -> Screen:
    """Put a question on the screen; the seed of the attempt shuffles it the same way every time."""
    return Screen(
        question_id=question.id,
        type=type_of(question),
        stem=question.stem,
        rule=question.rule,
        page=question.present(dice(seed, question)),
        given=given,
        error=error,
    )


def dice(seed: str, question: Question[Any]) -> Random:
    """Return the dice of one question in one attempt."""
    return Random(f"{seed}:{question.id}")  # noqa: S311
