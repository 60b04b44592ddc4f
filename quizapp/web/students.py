"""Students who lost their password, helped by any teacher with a link that works once."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug import Response as Redirect

from quizapp.drafts.text import tidy
from quizapp.extensions import db
from quizapp.store import roll
from quizapp.web.forms.people import PeopleSearch
from quizapp.web.link import new_link

students = Blueprint("students", __name__, url_prefix="/teach/students")


@students.get("")
def find() -> Response:
    """Look for students by a part of their user name; without one nobody is listed."""
    return _page()


@students.get("/<int:person_id>")
def back(person_id: int) -> Redirect:
    """Lead from the address of a link that was shown once to the search, as when the page is reloaded."""
    return redirect(url_for("students.find"), 303)


@students.post("/<int:person_id>")
def link(person_id: int) -> Response:
    """Make a link for a student and show it; anybody else looks like nobody."""
    person = roll.account(db.session(), person_id)
    if person is None or person.role != "student":
        abort(404)
    return _page(link=new_link(person))


def _page(*, link: dict[str, str] | None = None) -> Response:
    """Show the search and what it found, with a link that is told once."""
    search = PeopleSearch(request.args)
    text = tidy(search.q.data or "")[:64]
    found = roll.accounts(db.session(), text=text, role="student") if text else []
    return make_response(render_template("pages/students.html", search=search, text=text, found=found, link=link))
