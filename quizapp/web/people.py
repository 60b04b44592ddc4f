"""Administration: who has an account, who may teach, and links for those who are locked out."""

import secrets

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Redirect

from quizapp.core.credentials import BadCredentials
from quizapp.drafts.text import tidy
from quizapp.extensions import db
from quizapp.store import people as accounts
from quizapp.store import roles
from quizapp.store.tables import Person
from quizapp.web.clock import now
from quizapp.web.forms.people import PeopleSearch, TeacherForm
from quizapp.web.log import note

people = Blueprint("people", __name__)


@people.route("/admin/people", methods=["GET", "POST"])
def show() -> Response:
    """List accounts; make one that may teach, and show its link once."""
    form = TeacherForm(request.form)
    if request.method != "POST" or not form.validate():
        return _page(form)
    try:
        person = accounts.create_account(
            db.session(),
            username=form.username.data or "",
            password=secrets.token_urlsafe(32),
            role="administrator" if form.role.data == "administrator" else "teacher",
            now=now(),
        )
    except BadCredentials as error:
        form.refuse("username", str(error))
        return _page(form)
    note(f"account of person {person.id} made as {person.role}")
    return _page(TeacherForm(), link_for=person)


@people.post("/admin/people/<int:person_id>")
def act(person_id: int) -> Response:
    """Give an account a new link, or make a student a teacher, who needs a longer password and so a link as well."""
    person = accounts.account(db.session(), person_id)
    if person is None:
        abort(404)
    wish = request.form.get("do")
    if wish not in {"reset", "teacher"}:
        abort(400)
    if wish == "teacher" and person.role == "student":
        roles.set_role(db.session(), person, "teacher")
        note(f"person {person.id} made a teacher")
    return _page(TeacherForm(), link_for=person)


@people.get("/admin/people/<int:person_id>")
def back(person_id: int) -> Redirect:
    """Lead from the address of a link that was shown once to the list, as when the page is reloaded."""
    return redirect(url_for("people.show"), 303)


def _page(form: TeacherForm, *, link_for: Person | None = None) -> Response:
    """Show the accounts. A link is told in the answer to the POST that made it, once, so nothing redirects."""
    search = PeopleSearch(request.args)
    text = tidy(search.q.data or "")[:64]
    total = accounts.count_accounts(db.session(), text=text)
    pages = max(1, -(-total // accounts.PAGE))
    page = min(max(search.page.data or 1, 1), pages)
    link = _new_link(link_for) if link_for else None
    return make_response(
        render_template(
            "pages/people.html",
            form=form,
            search=search,
            found=accounts.accounts(db.session(), text=text, page=page),
            page=page,
            pages=pages,
            query={"q": text} if text else {},
            person_id=current_user.id,
            link=link,
        ),
        422 if form.errors else 200,
    )


def _new_link(person: Person) -> dict[str, str | None]:
    """Make a link with which a person chooses a password."""
    token = accounts.reset_link(db.session(), person, now())
    db.session.commit()
    note(f"new link for person {person.id}")
    return {"username": person.username, "url": url_for("account.reset", token=token, _external=True)}
