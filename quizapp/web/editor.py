"""The question editor behind its page: what a form says, what blocks it, and how it looks to a student."""

from typing import Any

import msgspec
from msgspec.structs import replace

from quizapp.core import feedback
from quizapp.core.bank import Topic
from quizapp.core.question import Question, option_key
from quizapp.core.source import Source
from quizapp.drafts.check import build, find_problems
from quizapp.drafts.draft import Draft, Problem
from quizapp.drafts.mend import preview_of
from quizapp.drafts.question import question_of
from quizapp.drafts.source import make_source, source_problems
from quizapp.generate.lint import Flag, lint
from quizapp.question_types import AnyQuestion
from quizapp.question_types.single_choice import SingleChoice
from quizapp.question_types.true_false import TrueFalse
from quizapp.web.forms.question import QuestionForm
from quizapp.web.screen import Screen, dice, show

SEED = "preview"
AROUND = {"source", "source_title", "outlet", "dated_on", "url", "paragraph", "topic"}


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """The topics and sources that an author can choose from."""

    topics: tuple[Topic, ...]
    sources: dict[str, Source]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was read: the draft, a source that is new, and everything that blocks publishing."""

    draft: Draft
    new_source: Source | None
    problems: tuple[Problem, ...]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What students see before and after an answer; nothing follows the answer while the key or source is missing."""

    before: Screen
    right: feedback.Feedback | None = None
    other: feedback.Feedback | None = None


def read(form: QuestionForm, shelf: Shelf, *, source_id: str) -> Reading:
    """Read a form; a source that it describes gets ``source_id``."""
    described = form.to_source()
    chosen = shelf.sources.get(form.source.data or "")
    problems: list[Problem] = []
    new_source = None
    if chosen is not None and not described.is_empty:
        problems.append(Problem("source", "Choose a source or describe a new one, not both. Empty one of the two."))
    elif chosen is None and not described.is_empty:
        problems += source_problems(described)
        new_source = make_source(described, source_id)
    draft = form.to_draft(chosen or new_source)
    if draft.topic not in {topic.id for topic in shelf.topics}:
        draft = replace(draft, topic="")
    return Reading(draft=draft, new_source=new_source, problems=(*find_problems(draft), *problems))


def preview(reading: Reading, question_id: str, *, added_by: str) -> Preview:
    """Show a draft as a student will see it."""
    draft = reading.draft
    if reading.problems:
        return Preview(before=show(preview_of(draft, question_id), seed=SEED))
    sources = {draft.source.id: draft.source} if draft.source else {}
    return preview_question(build(draft, question_id), sources, added_by=added_by)


def advise(reading: Reading, question_id: str) -> list[Flag]:
    """Say what could be worded better, as soon as the question has its key; nothing of it blocks publishing."""
    if {problem.field for problem in reading.problems} - AROUND:
        return []
    return lint(question_of(reading.draft, question_id))


def preview_question(question: AnyQuestion, sources: dict[str, Source], *, added_by: str | None) -> Preview:
    """Show a question as a student sees it: before the answer, after the right one, and after another one."""
    page = question.present(dice(SEED, question))
    wrong = _wrong_response(question)
    return Preview(
        before=show(question, seed=SEED),
        right=_feedback(question, question.solution(), sources, page=page, added_by=added_by),
        other=_feedback(question, wrong, sources, page=page, added_by=added_by),
    )


def _feedback(
    question: Question[Any], response: object, sources: dict[str, Source], *, page: object, added_by: str | None
) -> feedback.Feedback:
    mark = None if response is None else question.grade(response)
    return feedback.build(question, response, mark, sources, page=page, added_by=added_by)


def _wrong_response(question: AnyQuestion) -> object:
    """Choose a wrong option, the first that says why, where one is chosen; elsewhere the question is skipped."""
    if not isinstance(question, SingleChoice | TrueFalse):
        return None
    wrong = [option for option in question.options if not option.correct]
    chosen = next((option for option in wrong if option.why), wrong[0])
    return option_key(question.id, chosen.text)
