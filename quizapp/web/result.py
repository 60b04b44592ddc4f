"""What the pages of an attempt are given: where it stands, the feedback of one answer, the results of all."""

from collections.abc import Mapping

import msgspec
from flask import current_app, url_for
from sqlalchemy.orm import Session

from quizapp.core import feedback
from quizapp.core.card import written_out
from quizapp.core.feedback import Feedback
from quizapp.core.mark import Mark, Verdict
from quizapp.core.numbers import number_text
from quizapp.core.source import Source
from quizapp.store import answers, questions
from quizapp.store.answers import Place, Results, TopicScore, Turn
from quizapp.store.attempts import Taken
from quizapp.store.authorship import added_by
from quizapp.store.sources import cited, sources_of
from quizapp.web.chart import chart
from quizapp.web.frame import Link
from quizapp.web.screen import dice

WORDS: dict[Verdict, tuple[str, str]] = {
    "right": ("✓ Correct", "right"),
    "partly": ("◐ Partly right", "warning"),
    "not_this": ("✗ Not this one", "not-this"),
    "skipped": ("– Skipped", ""),
}
COUNTED: dict[Verdict, str] = {
    "right": "right",
    "partly": "partly right",
    "not_this": "not right",
    "skipped": "skipped",
}
ONE_QUESTION = {"today", "try"}


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page stands in an attempt; the first ``answered`` positions have an answer."""

    public_id: str
    title: str
    position: int
    total: int
    answered: int
    detail: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One question of the results; an open one has neither feedback nor points."""

    stem: str
    url: str
    word: str
    tone: str
    points: str = ""
    feedback: Feedback | None = None


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A bar of the results: points of a topic as text, and as a share of 0…1."""

    title: str
    points: str
    total: str
    share: float


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The results of an attempt; ``topics`` begin with the weakest.

    Before the end ``lines`` stop where the student does, and there are no ``topics``: what comes is not told.
    """

    title: str
    score: str
    total: str
    words: str
    detail: str
    unanswered: int
    resume_url: str
    lines: tuple[Line, ...]
    topics: tuple[Topic, ...]


def spot(turn: Turn) -> Spot:
    """Say where a page stands in its attempt."""
    attempt, position = turn.attempt, turn.place.position
    is_alone = attempt.quiz in ONE_QUESTION
    return Spot(
        public_id=attempt.public_id,
        title=attempt.title,
        position=position,
        total=attempt.total,
        answered=attempt.answered,
        detail=written_out(attempt.started_at.date()) if is_alone else f"question {position} of {attempt.total}",
    )


def feedback_page(session: Session, turn: Turn) -> dict[str, object]:
    """Return everything that the page of an answered question shows."""
    attempt, place, question = turn.attempt, turn.place, turn.place.question
    where = spot(turn)
    page = question.present(dice(attempt.seed, question))
    told = feedback_of(place, sources_of(session, cited(question)), page=page, added_by=added_by(session, question.id))
    return {
        "spot": where,
        "stem": question.stem,
        "type": questions.type_of(question),
        "feedback": told,
        "chart": chart(page, {line.text: line.state for line in told.options}),
        "next": _next(attempt, where, question_id=question.id),
    }


def feedback_of(
    place: Place, sources: Mapping[str, Source], *, page: object = None, added_by: str | None = None
) -> Feedback:
    """Build the feedback of a kept answer, marked again by the revision that was drawn."""
    response = place.kept.response if place.kept else None
    mark: Mark | None = None if response is None else place.question.grade(response)
    return feedback.build(place.question, response, mark, sources, page=page, added_by=added_by)


def line_of(attempt: Taken, place: Place, sources: Mapping[str, Source]) -> Line:
    """Sum up one question; while it is open nothing is told of its answer."""
    url = url_for("attempt.question", public_id=attempt.public_id, n=place.position)
    if place.kept is None:
        return Line(stem=place.question.stem, url=url, word="Not answered", tone="")
    told = feedback_of(place, sources)
    word, tone = WORDS[told.verdict]
    return Line(stem=place.question.stem, url=url, word=word, tone=tone, points=told.score, feedback=told)


def summary(session: Session, attempt: Taken) -> Summary:
    """Sum up an attempt, finished or not."""
    results = answers.results(session, attempt)
    source_ids = {source for place in results.places for source in cited(place.question)}
    sources = sources_of(session, source_ids)
    is_over = attempt.finished_at is not None
    shown = [place for place in results.places if is_over or place.kept]
    day = written_out((attempt.finished_at or attempt.started_at).date())
    return Summary(
        title=attempt.title,
        score=points(results.score),
        total=points(results.max),
        words=_words(results, attempt),
        detail=f"{attempt.name}, {day}" if attempt.name else day,
        unanswered=0 if is_over else len(results.places) - len(shown),
        resume_url=url_for("attempt.resume", public_id=attempt.public_id),
        lines=tuple(line_of(attempt, place, sources) for place in shown),
        topics=tuple(_topic(topic) for topic in results.topics) if is_over else (),
    )


def points(value: float) -> str:
    """Write points with at most two decimals."""
    return number_text(round(value, 2))


def _topic(topic: TopicScore) -> Topic:
    return Topic(title=topic.title, points=points(topic.score), total=points(topic.max), share=topic.score / topic.max)


def _words(results: Results, attempt: Taken) -> str:
    """Say the score in words: how many of each verdict, and how long it took."""
    verdicts = [feedback_of(place, {}).verdict for place in results.places if place.kept]
    counts = {verdict: verdicts.count(verdict) for verdict in COUNTED}
    told = ", ".join(f"{count} {COUNTED[verdict]}" for verdict, count in counts.items() if count)
    opening = "Every answer right." if counts["right"] == len(results.places) else f"{told or 'Nothing answered yet'}."
    if attempt.finished_at is None:
        return opening
    minutes = round((attempt.finished_at - attempt.started_at).total_seconds() / 60)
    return f"{opening} It took {f'{minutes} minutes' if minutes > 1 else 'about a minute'}."


def _next(attempt: Taken, where: Spot, *, question_id: str) -> Link:
    """Say where to go on from an answered question."""
    if where.position < where.total:
        url = url_for("attempt.question", public_id=attempt.public_id, n=where.position + 1)
        return Link(label="Next", url=url, is_current=False)
    if attempt.quiz == "today":
        return Link(label="Start a quiz", url=url_for("landing.show") + "#start", is_current=False)
    if attempt.quiz == "try" and "writing.edit_question" in current_app.view_functions:
        back = url_for("writing.edit_question", question_id=question_id)
        return Link(label="Back to the question", url=back, is_current=False)
    return Link(label="See the results", url=url_for("attempt.done", public_id=attempt.public_id), is_current=False)
