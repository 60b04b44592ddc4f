"""Administration: who has an account and which role, links for those who are locked out, and the end of an account."""

import secrets

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Redirect

from quizapp.core.credentials import BadCredentials, Role
from quizapp.drafts.text import tidy
from quizapp.extensions import db
from quizapp.store import own_data, removal, roles, roll
from quizapp.store import people as accounts
from quizapp.store.roles import LastAdministrator
from quizapp.store.tables import Person
from quizapp.web.clock import now
from quizapp.web.forms.people import PeopleSearch, TeacherForm
from quizapp.web.link import new_link
from quizapp.web.log import note

people = Blueprint("people", __name__, url_prefix="/admin/people")
WORDS: dict[Role, str] = {"student": "a student", "teacher": "a teacher", "administrator": "an administrator"}


@people.route("", methods=["GET", "POST"])
def show() -> Response:
    """List accounts; make one that may teach, and show its link once."""
    form = TeacherForm(request.form)
    if request.method != "POST" or not form.validate():
        return _list(form)
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
        return _list(form)
    note(f"account of person {person.id} made as {person.role}")
    return _list(TeacherForm(), link=new_link(person))


@people.get("/<int:person_id>")
def person(person_id: int) -> Response:
    """Show one account and what can be done with it."""
    return _page(_account(person_id))


@people.post("/<int:person_id>")
def act(person_id: int) -> Redirect:
    """Give an account a new link or another role; who needs a longer password then gets a link as well."""
    person = _account(person_id)
    wish = request.form.get("do", "")
    role = next((role for role in WORDS if role == wish), None)
    if role is None and wish != "reset":
        abort(400)
    if role is not None and role != person.role:
        try:
            roles.set_role(db.session(), person, role)
        except LastAdministrator as error:
            return _page(person, refusal=str(error))
        note(f"person {person.id} made {WORDS[role]}")
    if role is not None and person.password_hash is not None:
        db.session.commit()
        flash(f"{person.username} is {WORDS[role]} now, and signed out everywhere.", "success")
        return redirect(url_for("people.person", person_id=person.id), 303)
    return _page(person, link=new_link(person))


@people.route("/<int:person_id>/delete", methods=["GET", "POST"])
def delete(person_id: int) -> Redirect:
    """Say what goes and what stays of an account, and delete it; one's own is deleted by its password."""
    person = _account(person_id)
    if person.id == current_user.id:
        return redirect(url_for("me.delete"), 303)
    if request.method != "POST":
        return _delete_page(person)
    try:
        removal.remove(db.session(), person.id, now())
    except LastAdministrator as error:
        return _delete_page(person, refusal=str(error))
    db.session.commit()
    note(f"person {person_id} deleted")
    flash(f"The account of {person.username} is deleted.", "success")
    return redirect(url_for("people.show"), 303)


def _account(person_id: int) -> Person:
    """Load an account; a guest is none."""
    person = roll.account(db.session(), person_id)
    if person is None:
        abort(404)
    return person


def _list(form: TeacherForm, *, link: dict[str, str] | None = None) -> Response:
    """Show the accounts. A link is told in the answer to the POST that made it, once, so nothing redirects."""
    search = PeopleSearch(request.args)
    text = tidy(search.q.data or "")[:64]
    total = roll.count_accounts(db.session(), text=text)
    pages = max(1, -(-total // roll.PAGE))
    page = min(max(search.page.data or 1, 1), pages)
    return make_response(
        render_template(
            "pages/people.html",
            form=form,
            search=search,
            found=roll.accounts(db.session(), text=text, page=page),
            page=page,
            pages=pages,
            query={"q": text} if text else {},
            person_id=current_user.id,
            link=link,
        ),
        422 if form.errors else 200,
    )


def _page(person: Person, *, link: dict[str, str] | None = None, refusal: str = "") -> Response:
    """Show an account, with a link that is told once or why something was not done."""
    counts = own_data.counts(db.session(), person.id)
    page = render_template(
        "pages/person.html",
        person=person,
        counts=counts,
        roles=WORDS,
        is_own=person.id == current_user.id,
        link=link,
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _delete_page(person: Person, *, refusal: str = "") -> Response:
    """Show what goes and what stays of an account."""
    counts = own_data.counts(db.session(), person.id)
    page = render_template("pages/person_delete.html", person=person, counts=counts, refusal=refusal)
    return make_response(page, 422 if refusal else 200)
