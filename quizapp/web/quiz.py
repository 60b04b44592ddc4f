"""The start of a quiz: what it is, and one button."""

from random import SystemRandom

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response as Redirect

from quizapp.core.draw import draw
from quizapp.extensions import db
from quizapp.store import attempts, logins, pool
from quizapp.web import offer, visitor
from quizapp.web.clock import now

quiz = Blueprint("quiz", __name__)


@quiz.get("/q/<quiz>")
def show(quiz: str) -> str:
    """Show what a quiz asks, and how."""
    session = db.session()
    begun = offer.begun(session, visitor.current_person(), [quiz])
    return render_template(
        "pages/quiz.html", quiz=_offered(quiz), begun=begun[0] if begun else None, **offer.start_form(session)
    )


@quiz.post("/q/<quiz>")
def start(quiz: str) -> Redirect:
    """Draw the questions of a quiz and go to the first; a form that is sent twice starts one attempt."""
    session = db.session()
    title = offer.title(session, quiz)
    start_key = f"{request.form.get('start_key') or attempts.new_start_key()}"[:32] + f":{quiz}"[:32]
    rng = SystemRandom()
    candidates = pool.candidates(session, topic=None if quiz == offer.ALL else quiz, rng=rng) if title else []
    drawn = draw(candidates, offer.LENGTH, rng)
    if title is None or not drawn:
        abort(404)
    person = visitor.ensure_person()
    logins.rename_guest(session, person, request.form.get("name", ""))
    attempt = attempts.start_attempt(
        session,
        person_id=person.id,
        quiz=quiz,
        title=title,
        questions=drawn,
        start_key=start_key,
        name=person.username or person.nickname,
        now=now(),
    )
    session.commit()
    return redirect(url_for("attempt.resume", public_id=attempt.public_id), 303)


def _offered(quiz_id: str) -> offer.Quiz:
    """Find a quiz on offer, or answer that there is none."""
    found = [quiz for quiz in offer.quizzes(db.session()) if quiz.id == quiz_id]
    if not found:
        abort(404)
    return found[0]
