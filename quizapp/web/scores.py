"""Scores: who took which quiz and how it went, to read and to download."""

from collections.abc import Iterable

from flask import Blueprint, Response, current_app, render_template, request

from quizapp.core.numbers import number_text
from quizapp.extensions import db
from quizapp.formats.answers_csv import write_answers
from quizapp.formats.download import CSV_TYPE, file_name
from quizapp.formats.scores_csv import write_scores
from quizapp.store import answer_reports, reports, roll
from quizapp.store.sorting import NoRoom
from quizapp.web import errors
from quizapp.web.clock import now
from quizapp.web.download import Crowded, TooLong, download
from quizapp.web.forms.scores import FORMATS, ScoreFilter
from quizapp.web.headers import request_id
from quizapp.web.log import note

scores = Blueprint("scores", __name__)
PAGE = 50
LESS = "Go back and choose a quiz or days, or ask whoever looks after the server for: quizapp scores export."


@scores.get("/teach/scores")
def show() -> str:
    """List attempts, the newest first."""
    form = _form()
    total = reports.count_attempts(db.session(), form.filter())
    pages = max(1, -(-total // PAGE))
    page = min(max(form.page.data or 1, 1), pages)
    shown = reports.newest_scores(db.session(), form.filter(), limit=PAGE, offset=(page - 1) * PAGE)
    return render_template(
        "pages/scores.html",
        form=form,
        rows=shown,
        guests=roll.guests_among(db.session(), {row.user_id for row in shown if row.user_id}),
        total=total,
        page=page,
        pages=pages,
        query=form.query(),
        formats=[(name, words) for name, (words, _, _) in FORMATS.items()],
        number=number_text,
        address=request.host_url,
    )


@scores.get("/teach/scores.csv")
def scores_csv() -> Response:
    """Download the attempts that the filter leaves, one row each."""
    form = _form()
    rows = reports.score_rows(db.session(), form.filter())
    return _download(write_scores(rows, **form.variant()), form, what="scores")


@scores.get("/teach/answers.csv")
def answers_csv() -> Response:
    """Download the answers of the attempts that the filter leaves, one row each."""
    form = _form()
    rows = answer_reports.answer_rows(db.session(), form.filter())
    return _download(write_answers(rows, **form.variant()), form, what="answers")


@scores.errorhandler(Crowded)
def crowded(_error: Crowded) -> Response:
    """Ask to come back."""
    return errors.page(503, sentence="Others are downloading just now.", advice="Wait a little, then reload this page.")


@scores.errorhandler(TooLong)
def too_long(_error: TooLong) -> Response:
    """Ask for less, or for the way that takes any time."""
    return errors.page(503, sentence="This file takes too long to make.", advice=LESS)


@scores.errorhandler(NoRoom)
def no_room(error: NoRoom) -> Response:
    """Say that the server has no room for what it writes aside."""
    current_app.logger.error("request %s: no room for temporary files: %s", request_id(), error)
    return errors.page(503, sentence="The server has no room to make this file.", advice=LESS)


def _form() -> ScoreFilter:
    form = ScoreFilter(request.args)
    form.offer(reports.quizzes(db.session()))
    return form


def _download(parts: Iterable[bytes], form: ScoreFilter, *, what: str) -> Response:
    """Hand a table out as a file named after the quiz, and leave a line in the log."""
    title = dict(form.quizzes[1:]).get(form.quiz.data or "", "")
    db.session.rollback()  # Whoever waits keeps no connection from those who answer.
    response = download(parts, file_name(title, what, now=now()), CSV_TYPE)
    note(f"export of {what}")
    return response
