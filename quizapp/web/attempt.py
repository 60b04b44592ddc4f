"""Taking a quiz: the open question, the feedback at the same address, the results."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Redirect

from quizapp.core.question import Question
from quizapp.core.response import BadResponse
from quizapp.extensions import db
from quizapp.store import answers, attempts
from quizapp.store.answers import AttemptClosed, Place
from quizapp.store.tables import Attempt
from quizapp.web import result
from quizapp.web.clock import now
from quizapp.web.screen import Screen
from quizapp.web.screen import show as screen_of

attempt = Blueprint("attempt", __name__, url_prefix="/a/<public_id>")


@attempt.get("")
def resume(public_id: str) -> Redirect:
    """Go to the first question without an answer, or to the results."""
    return _to_open(_own(public_id))


@attempt.get("/<int:n>")
def question(public_id: str, n: int) -> Redirect:
    """Show an open question; once it is answered, its feedback."""
    taken = _own(public_id)
    place = answers.place(db.session(), taken, n)
    if place.kept is not None:
        return make_response(render_template("pages/feedback.html", **result.feedback_page(db.session(), taken, place)))
    if n != attempts.next_open(db.session(), taken) or taken.finished_at is not None:
        return _to_open(taken)
    return _question_page(taken, place, screen_of(place.question, seed=taken.seed))


@attempt.post("/<int:n>")
def answer(public_id: str, n: int) -> Redirect:
    """Keep an answer, or that the question was skipped; the first one counts."""
    session = db.session()
    taken = _own(public_id)
    place = answers.place(session, taken, n)
    if place.kept is None and n != attempts.next_open(session, taken):
        return _to_open(taken)
    try:
        if "skip" in request.form:
            answers.skip(session, taken, place, now=now())
        elif place.kept is None:
            asked: Question[Any] = place.question
            response = asked.parse(request.form)
            mark = asked.grade(response)
            answers.record_answer(session, taken, place, response=response, mark=mark, now=now())
    except BadResponse as error:
        screen = screen_of(place.question, seed=taken.seed, given=request.form, error=str(error))
        return _question_page(taken, place, screen)
    except AttemptClosed:
        return redirect(url_for("attempt.done", public_id=public_id), 303)
    session.commit()
    return redirect(url_for("attempt.question", public_id=public_id, n=n), 303)


@attempt.get("/done")
def done(public_id: str) -> str:
    """Show the score, every question with its answer and source, and the weak topics."""
    taken = _own(public_id)
    return render_template("pages/results.html", result=result.summary(db.session(), taken))


def _own(public_id: str) -> Attempt:
    """Load an attempt through the person who takes it."""
    return attempts.attempt_of(db.session(), current_user.id, public_id)


def _to_open(taken: Attempt) -> Redirect:
    """Go on where the attempt stands."""
    n = None if taken.finished_at else attempts.next_open(db.session(), taken)
    if n is None:
        return redirect(url_for("attempt.done", public_id=taken.public_id), 303)
    return redirect(url_for("attempt.question", public_id=taken.public_id, n=n), 303)


def _question_page(taken: Attempt, place: Place, screen: Screen) -> Response:
    """Render an open question; one that was sent with a mistake says so in the status as well."""
    page = render_template("pages/question.html", screen=screen, spot=result.spot(db.session(), taken, place))
    return make_response(page, 422 if screen.error else 200)
