"""What the question types with options share: checking, shuffling and reading the options of one question."""

from collections.abc import Callable, Iterable, Sequence
from random import Random

from quizapp.core.presentation import Choice
from quizapp.core.question import Option, option_key
from quizapp.core.response import BadResponse, FormData
from quizapp.core.spelling import same

UNKNOWN = "That choice does not belong to this question. Reload the page and choose again."


def check_texts(texts: Sequence[str], *, name: str, at_least: int) -> None:
    """Raise `ValueError` where texts are too few, empty, or read the same."""
    if len(texts) < at_least:
        raise ValueError(f"Give at least {at_least} {name}s.")
    seen: set[str] = set()
    for text in texts:
        form = same(text)
        if not form:
            raise ValueError(f"Fill in or remove the empty {name}.")
        if form in seen:
            raise ValueError(f'Two {name}s read the same: "{text}". Change or remove one.')
        seen.add(form)


def check_options(options: Sequence[Option], *, is_right_number: Callable[[int], bool], remedy: str) -> None:
    """Raise `ValueError` where the options of a choice do not make a question."""
    check_texts([option.text for option in options], name="option", at_least=2)
    if not is_right_number(sum(option.correct for option in options)):
        raise ValueError(remedy)


def choices_of(question_id: str, texts: Iterable[str]) -> list[Choice]:
    """Name each text by its opaque key."""
    return [Choice(key=option_key(question_id, text), text=text) for text in texts]


def shuffled(choices: Sequence[Choice], rng: Random) -> tuple[Choice, ...]:
    """Return the choices in an order that only the dice decide."""
    return tuple(rng.sample(choices, len(choices)))


def chosen(form: FormData, keys: Iterable[str]) -> list[str]:
    """Return the posted keys, each once, or raise `BadResponse` where one is not of this question."""
    posted = [key for key in dict.fromkeys(form.getlist("choice")) if key]
    if not set(posted) <= set(keys):
        raise BadResponse(UNKNOWN)
    return posted


def texts_by_key(question_id: str, texts: Iterable[str]) -> dict[str, str]:
    """Map the opaque key of each text to the text."""
    return {option_key(question_id, text): text for text in texts}
