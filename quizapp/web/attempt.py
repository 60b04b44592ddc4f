"""Taking a quiz: the open question, the feedback at the same address, the results."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Redirect

from quizapp.core.question import Question
from quizapp.core.response import BadResponse
from quizapp.extensions import db
from quizapp.store import answers, attempts
from quizapp.store.answers import Turn
from quizapp.store.attempts import Taken
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
    turn = answers.turn(db.session(), current_user.id, public_id, n)
    if turn.place.kept is not None:
        return make_response(render_template("pages/feedback.html", **result.feedback_page(db.session(), turn)))
    if n != turn.attempt.next_open:
        return _to_open(turn.attempt)
    return _question_page(turn, screen_of(turn.place.question, seed=turn.attempt.seed))


@attempt.post("/<int:n>")
def answer(public_id: str, n: int) -> Redirect:
    """Keep an answer, or that the question was skipped; the first one counts."""
    session = db.session()
    turn = answers.turn(session, current_user.id, public_id, n)
    if turn.place.kept is not None:
        return _to(public_id, n)
    if n != turn.attempt.next_open:
        return _to_open(turn.attempt)
    try:
        if "skip" in request.form:
            answers.skip(session, turn, now=now())
        else:
            asked: Question[Any] = turn.place.question
            response = asked.parse(request.form)
            answers.record_answer(session, turn, response=response, mark=asked.grade(response), now=now())
    except BadResponse as error:
        screen = screen_of(turn.place.question, seed=turn.attempt.seed, given=request.form, error=str(error))
        return _question_page(turn, screen)
    session.commit()
    return _to(public_id, n)


@attempt.get("/done")
def done(public_id: str) -> str:
    """Show the score, every question with its answer and source, and the weak topics."""
    taken = _own(public_id)
    return render_template("pages/results.html", result=result.summary(db.session(), taken))


def _own(public_id: str) -> Taken:
    """Load an attempt through the person who takes it."""
    return attempts.attempt_of(db.session(), current_user.id, public_id)


def _to_open(taken: Taken) -> Redirect:
    """Go on where the attempt stands."""
    if taken.next_open is None:
        return redirect(url_for("attempt.done", public_id=taken.public_id), 303)
    return _to(taken.public_id, taken.next_open)


def _to(public_id: str, n: int) -> Redirect:
    """Go to a position, which shows its question or its feedback."""
    return redirect(url_for("attempt.question", public_id=public_id, n=n), 303)


def _question_page(turn: Turn, screen: Screen) -> Response:
    """Render an open question, which is sent to its own address; a mistake in it shows in the status as well."""
    action = f"{request.root_path}{request.path}"
    page = render_template("pages/question.html", screen=screen, spot=result.spot(turn), action=action)
    return make_response(page, 422 if screen.error else 200)
