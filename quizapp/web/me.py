"""A visitor's own account and data: what is kept, a new password, a copy to take away, and the end of it all."""

from typing import TypeVar

import msgspec
from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Redirect
from werkzeug.exceptions import Forbidden

from quizapp.core.credentials import LEAST_PASSWORD_LENGTHS, BadCredentials
from quizapp.extensions import db
from quizapp.formats.download import content_disposition, file_name
from quizapp.store import logins, own_data, people, removal
from quizapp.store.people import WrongCredentials
from quizapp.store.roles import Gone, LastAdministrator
from quizapp.web import visitor
from quizapp.web.clock import now
from quizapp.web.forms.me import ChangePasswordForm, DeleteAccountForm, DeleteGuestForm
from quizapp.web.forms.refusal import RefusableForm
from quizapp.web.log import note

me = Blueprint("me", __name__, url_prefix="/me")
Form = TypeVar("Form", bound=RefusableForm)


@me.get("")
def show() -> str:
    """Say what is kept about whoever asks."""
    return render_template(
        "pages/me.html",
        person=current_user.person,
        counts=own_data.counts(db.session(), current_user.id),
        retention_days=current_app.config["RETENTION_DAYS"],
    )


@me.route("/password", methods=["GET", "POST"])
def password() -> Redirect:
    """Change the password: other browsers are signed out, and this one gets a new token."""
    person = current_user.person
    if person.role == "guest":
        return redirect(url_for("account.signup"), 303)
    form = ChangePasswordForm(request.form)
    if request.method != "POST" or not form.validate():
        return _password_page(form)
    try:
        people.change_password(
            db.session(), person, current=form.current.data or "", password=form.password.data or "", now=now()
        )
    except WrongCredentials:
        return _password_page(_refused(form))
    except BadCredentials as error:
        form.refuse("password", str(error))
        return _password_page(form)
    visitor.sign_in(person)
    db.session.commit()
    note("password changed")
    flash("Your new password is kept. Every other browser is signed out.", "success")
    return redirect(url_for("me.show"), 303)


@me.post("/signout")
def sign_out_everywhere() -> Redirect:
    """End every login of whoever asks, this one too."""
    logins.end_logins(db.session(), current_user.person)
    db.session.commit()
    note("signed out everywhere")
    visitor.forget()
    flash("You are signed out here and in every other browser.")
    return redirect(url_for("landing.show"), 303)


@me.get("/export")
def export() -> Response:
    """Download everything that is kept about whoever asks, as one JSON file."""
    content = msgspec.json.format(msgspec.json.encode(own_data.everything(db.session(), current_user.person)), indent=2)
    note("export of own data")
    response = make_response(content)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = content_disposition(file_name("my-data", now=now(), suffix="json"))
    return response


@me.route("/delete", methods=["GET", "POST"])
def delete() -> Redirect:
    """Say what goes and what stays; delete whoever asks, once they have proved or confirmed it."""
    person = current_user.person
    form = DeleteGuestForm(request.form) if person.role == "guest" else DeleteAccountForm(request.form)
    if request.method != "POST" or not form.validate():
        return _delete_page(form)
    try:
        if isinstance(form, DeleteAccountForm):
            people.check_own_password(db.session(), person, form.current.data or "", now())
        removal.remove(db.session(), person.id, now())
    except Gone:
        pass
    except WrongCredentials:
        return _delete_page(_refused(form))
    except LastAdministrator as error:
        form.refuse("current", str(error))
        return _delete_page(form)
    db.session.commit()
    note(f"person {current_user.id} deleted")
    visitor.forget()
    flash("Your data is deleted. What you answered counts on as numbers that belong to nobody.", "success")
    return redirect(url_for("landing.show"), 303)


def _refused(form: Form) -> Form:
    """Say that the password is not the right one, and keep the count of failures.

    A form that was sent twice is refused instead: the first has changed the password and ended the login.
    """
    if not visitor.is_still_signed_in():
        db.session.rollback()
        raise Forbidden
    db.session.commit()
    note("wrong password")
    form.refuse("current", "That is not the password you have now. Check it and try again.")
    return form


def _password_page(form: ChangePasswordForm) -> Response:
    """Show the form for a new password."""
    shortest = LEAST_PASSWORD_LENGTHS[current_user.role]
    return _answer(render_template("pages/me_password.html", form=form, shortest=shortest, name=current_user.name))


def _delete_page(form: RefusableForm) -> Response:
    """Show what goes and what stays."""
    counts = own_data.counts(db.session(), current_user.id)
    return _answer(render_template("pages/me_delete.html", form=form, counts=counts, name=current_user.name))


def _answer(page: str) -> Response:
    """Answer with a form; one that was sent and comes back has the status 422."""
    return make_response(page, 422 if request.method == "POST" else 200)
