"""Scores: who took which quiz and how it went, to read and to download."""

from flask import Blueprint, Response, render_template, request

from quizapp.core.numbers import number_text
from quizapp.extensions import db
from quizapp.formats.answers_csv import write_answers
from quizapp.formats.download import CSV_TYPE, content_disposition, file_name
from quizapp.formats.scores_csv import write_scores
from quizapp.store import reports, roll
from quizapp.web.clock import now
from quizapp.web.forms.scores import FORMATS, ScoreFilter
from quizapp.web.log import note

scores = Blueprint("scores", __name__)
PAGE = 50


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
    _, separator, excel = FORMATS.get(form.format.data or "", FORMATS["plain"])
    rows = reports.score_rows(db.session(), form.filter())
    return _download(write_scores(rows, separator=separator, excel=excel), form, what="scores")


@scores.get("/teach/answers.csv")
def answers_csv() -> Response:
    """Download the answers of the attempts that the filter leaves, one row each."""
    form = _form()
    _, separator, excel = FORMATS.get(form.format.data or "", FORMATS["plain"])
    rows = reports.answer_rows(db.session(), form.filter())
    return _download(write_answers(rows, separator=separator, excel=excel), form, what="answers")


def _form() -> ScoreFilter:
    form = ScoreFilter(request.args)
    form.offer(reports.quizzes(db.session()))
    return form


def _download(content: bytes, form: ScoreFilter, *, what: str) -> Response:
    """Hand a table out as a file named after the quiz, and leave a line in the log."""
    titles = dict(reports.quizzes(db.session()))
    name = file_name(titles.get(form.quiz.data or "", ""), what, now=now())
    note(f"export of {what}")
    return Response(content, content_type=CSV_TYPE, headers={"Content-Disposition": content_disposition(name)})
