"""The landing page: a question that can be answered at once, and the quizzes to start."""

import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug import Response as Redirect

from quizapp.core.card import written_out
from quizapp.core.question import Question
from quizapp.core.response import BadResponse, FormData
from quizapp.extensions import db
from quizapp.store import answers, attempts, pool
from quizapp.web import offer, visitor
from quizapp.web.clock import now
from quizapp.web.result import line_of
from quizapp.web.screen import show as screen_of

TODAY = "today"
TITLE = "Question of the day"

landing = Blueprint("landing", __name__)


@landing.get("/")
def show() -> Response:
    """Show the question of the day and the quizzes."""
    return _page(pool.question_of_the_day(db.session(), now().date()))


@landing.post("/today")
def today() -> Redirect:
    """Keep the answer to the question of the day, for whoever answers: nobody needs an account."""
    session = db.session()
    question: Question[Any] | None = pool.question_of_the_day(session, now().date())
    if question is None:
        return redirect(url_for("landing.show"), 303)
    try:
        response = question.parse(request.form)
    except BadResponse as error:
        return _page(question, given=request.form, error=str(error))
    person = visitor.ensure_person()
    attempt = attempts.start_attempt(
        session,
        person_id=person.id,
        quiz=TODAY,
        title=TITLE,
        questions=[question],
        start_key=_key(now()),
        seed=_key(now()),
        now=now(),
    )
    turn = answers.turn(session, person.id, attempt.public_id, 1)
    answers.record_answer(session, turn, response=response, mark=question.grade(response), now=now())
    session.commit()
    return redirect(url_for("attempt.question", public_id=attempt.public_id, n=1), 303)


@landing.get("/today")
def again() -> Redirect:
    """Go back to the question from the address of an answer that was refused."""
    return redirect(url_for("landing.show"), 303)


def _page(question: Question[Any] | None, *, given: FormData | None = None, error: str = "") -> Response:
    session = db.session()
    person = visitor.current_person()
    begun = attempts.attempt_started(session, person.id, _key(now())) if person else None
    done = answers.turn(session, person.id, begun.public_id, 1) if person and begun else None
    quizzes = offer.quizzes(session)
    answered = line_of(done.attempt, done.place, {}) if done else None
    is_open = question is not None and answered is None
    page = render_template(
        "pages/landing.html",
        today=written_out(now().date()),
        screen=screen_of(question, seed=_key(now()), given=given, error=error) if question and is_open else None,
        answered=answered,
        quizzes=quizzes,
        begun=offer.begun(session, person, [quiz.id for quiz in quizzes]),
        **offer.start_form(session),
    )
    return make_response(page, 422 if error else 200)


def _key(moment: datetime.datetime) -> str:
    """Name the day's attempt, of which a person has one."""
    return f"{TODAY}:{moment.date().isoformat()}"
