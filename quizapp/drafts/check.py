"""What keeps a draft from being published: no key, no source, or fields that contradict each other."""

import re
from collections.abc import Callable

from quizapp.core.numbers import read_number
from quizapp.drafts.draft import KINDS, MOST_ROWS, Draft, Problem
from quizapp.drafts.question import question_of
from quizapp.question_types import AnyQuestion

_PARAGRAPH = re.compile(r"[1-9][0-9]{0,4}")


class BadDraft(Exception):
    """A draft lacks its key or its source, or is malformed; ``problems`` says where and what to do."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems for the form that shows them."""
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in problems))
        self.problems = problems


def build(draft: Draft, question_id: str) -> AnyQuestion:
    """Return the question that a draft describes, or raise `BadDraft` with everything that blocks it."""
    problems = find_problems(draft)
    if problems:
        raise BadDraft(problems)
    return question_of(draft, question_id)


def find_problems(draft: Draft) -> list[Problem]:
    """List everything that blocks a draft, in the order of the form; an empty list means that it can be published."""
    if draft.kind not in KINDS:
        return [Problem("kind", "Choose one of the kinds of question.")]
    problems = []
    if draft.kind != "who_said_it" and not draft.stem:
        problems.append(Problem("stem", "Type the question."))
    problems += _CHECKS[draft.kind](draft) or _refused(draft)
    if draft.source is None:
        problems.append(Problem("source", "Choose a source, or describe a new one: every answer cites one."))
    if draft.paragraph and not _PARAGRAPH.fullmatch(draft.paragraph):
        problems.append(Problem("paragraph", "Type the number of the paragraph, counted from 1, or leave this empty."))
    if not draft.topic:
        problems.append(Problem("topic", "Choose the topic whose quizzes this question joins."))
    return problems


def _refused(draft: Draft) -> list[Problem]:
    """Let the type itself judge what has all its parts: repeated texts, a name both accepted and refused."""
    try:
        question_of(draft, "draft")
    except ValueError as error:
        return [Problem(_FIELDS[draft.kind], str(error))]
    return []


def _options(draft: Draft) -> list[Problem]:
    texts = [option.text for option in draft.options if option.text]
    problems = []
    if len(texts) < 2:
        problems.append(Problem("options", "Write at least two options."))
    if any(option.correct and not option.text for option in draft.options):
        problems.append(Problem("options", "The option marked as right has no text. Type it or mark another."))
    elif not any(option.correct for option in draft.options):
        problems.append(Problem("options", "Mark what is right."))
    return problems


def _who_said_it(draft: Draft) -> list[Problem]:
    problems = [] if draft.words else [Problem("words", "Type the words that were said.")]
    return problems + _options(draft)


def _true_false(draft: Draft) -> list[Problem]:
    if draft.is_true is None:
        return [Problem("is_true", "Say whether the statement is true or false.")]
    return []


def _numeric(draft: Draft) -> list[Problem]:
    problems = []
    if read_number(draft.number) is None:
        problems.append(Problem("number", "Type the right number in digits, for example 1500 or 2.5."))
    tolerance = read_number(draft.tolerance or "0")
    if tolerance is None or tolerance < 0:
        problems.append(Problem("tolerance", "Type how far off an answer may be, for example 5, or leave this empty."))
    return problems


def _short_text(draft: Draft) -> list[Problem]:
    if not draft.accepted:
        return [Problem("accepted", "Write the right answer; further spellings go on lines of their own.")]
    return []


def _matching(draft: Draft) -> list[Problem]:
    used = [pair for pair in draft.pairs if pair.left or pair.right]
    problems = []
    if any(not (pair.left and pair.right) for pair in used):
        problems.append(Problem("pairs", "Fill both sides of every pair, or empty the row."))
    if len(used) < 2:
        problems.append(Problem("pairs", "Write at least two pairs."))
    return problems


def _ordering(draft: Draft) -> list[Problem]:
    if len(draft.items) < 3:
        return [Problem("items", "Write at least three items, one on each line, in the right order.")]
    if len(draft.items) > MOST_ROWS:
        return [Problem("items", f"Keep to {MOST_ROWS} items at most; more cannot be put in order at a glance.")]
    return []


_CHECKS: dict[str, Callable[[Draft], list[Problem]]] = {
    "single_choice": _options,
    "multiple_choice": _options,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "matching": _matching,
    "ordering": _ordering,
    "who_said_it": _who_said_it,
}
_FIELDS = {
    "single_choice": "options",
    "multiple_choice": "options",
    "true_false": "is_true",
    "numeric": "number",
    "short_text": "accepted",
    "matching": "pairs",
    "ordering": "items",
    "who_said_it": "options",
}
