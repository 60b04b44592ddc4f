"""Accounts: sign up, sign in, sign out, and the links that help people in."""

import math
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response as Redirect

from quizapp.core.credentials import LEAST_PASSWORD_LENGTHS, BadCredentials
from quizapp.drafts.text import tidy
from quizapp.extensions import db
from quizapp.store import links, people
from quizapp.store.people import TooManyTries, WrongCredentials
from quizapp.store.tables import Person
from quizapp.web import visitor
from quizapp.web.clock import now
from quizapp.web.forms.account import NewAccountForm, NewPasswordForm, SignInForm
from quizapp.web.forms.refusal import RefusableForm
from quizapp.web.frame import own_path
from quizapp.web.log import note

account = Blueprint("account", __name__)


@account.route("/signin", methods=["GET", "POST"])
def signin() -> Redirect:
    """Show the sign-in page; sign an account in and bring it back to where it came from."""
    form = SignInForm(request.form)
    if request.method != "POST" or not form.validate():
        return _page("signin", form)
    try:
        person = people.authenticate(
            db.session(), username=tidy(form.username.data or ""), password=form.password.data or "", now=now()
        )
    except WrongCredentials as error:
        db.session.commit()
        note("failed sign-in")
        form.refuse("username", str(error))
        return _page("signin", form)
    except TooManyTries as error:
        note("sign-in refused after too many failures")
        form.refuse("username", str(error))
        response = _page("signin", form, status=429)
        response.headers["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
        return response
    return _enter(person)


@account.route("/signup", methods=["GET", "POST"])
def signup() -> Redirect:
    """Show the sign-up page; make a student's account, which takes over what this browser's guest answered."""
    form = NewAccountForm(request.form)
    if request.method != "POST" or not form.validate():
        return _page("signup", form, shortest=LEAST_PASSWORD_LENGTHS["student"])
    try:
        person = _student(form)
    except BadCredentials as error:
        form.refuse(error.field, str(error))
        return _page("signup", form, shortest=LEAST_PASSWORD_LENGTHS["student"])
    flash(f"Welcome, {person.username}. What you answer is kept in this account from now on.", "success")
    return _enter(person)


@account.post("/signout")
def signout() -> Redirect:
    """End this browser's login; a guest starts fresh."""
    person = visitor.current_person()
    has_account = person is not None and person.role != "guest"
    visitor.sign_out()
    db.session.commit()
    flash("You are signed out." if has_account else "This browser starts fresh: nobody has answered anything here.")
    return redirect(url_for("landing.show"), 303)


@account.route("/setup/<token>", methods=["GET", "POST"])
def setup(token: str) -> Redirect:
    """Make the first account that may teach, who is the administrator too; the link works once."""
    links.check_link(db.session(), token, "setup", now())
    form = NewAccountForm(request.form)
    if request.method != "POST" or not form.validate():
        return _page("setup", form, shortest=LEAST_PASSWORD_LENGTHS["administrator"])
    try:
        person = links.use_setup_link(
            db.session(), token, username=form.username.data or "", password=form.password.data or "", now=now()
        )
    except BadCredentials as error:
        form.refuse(error.field, str(error))
        return _page("setup", form, shortest=LEAST_PASSWORD_LENGTHS["administrator"])
    flash("Your account is made. You can add questions now.", "success")
    return _enter(person)


@account.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Redirect:
    """Let the person of a link choose a password; the link works once."""
    owner = links.check_link(db.session(), token, "reset", now())
    if owner is None:
        raise links.LinkGone
    shown: dict[str, Any] = {"username": owner.username, "shortest": LEAST_PASSWORD_LENGTHS[owner.role]}
    form = NewPasswordForm(request.form)
    if request.method != "POST" or not form.validate():
        return _page("reset", form, **shown)
    try:
        person = links.use_reset_link(db.session(), token, password=form.password.data or "", now=now())
    except BadCredentials as error:
        form.refuse("password", str(error))
        return _page("reset", form, **shown)
    flash("Your new password is kept, and you are signed in.", "success")
    return _enter(person)


def _student(form: NewAccountForm) -> Person:
    """Make a student's account, or return the one that the first of two clicks made; raise `BadCredentials`."""
    username, password = form.username.data or "", form.password.data or ""
    try:
        return people.create_account(db.session(), username=username, password=password, role="student", now=now())
    except people.NameTaken:
        db.session.rollback()
        person = people.just_made(db.session(), username=username, password=password, now=now())
        if person is None:
            db.session.commit()
            raise
        return person


def _page(name: str, form: RefusableForm, *, status: int = 0, **shown: object) -> Response:
    """Show a form; one that was sent and comes back has the status 422."""
    person = visitor.current_person()
    page = render_template(
        f"pages/{name}.html",
        form=form,
        guest={"name": person.nickname} if person is not None and person.role == "guest" else None,
        next=_wanted(),
        **shown,
    )
    return make_response(page, status or (422 if request.method == "POST" else 200))


def _enter(person: Person) -> Redirect:
    """Sign a person in and open the page they wanted, or the one where their work is."""
    visitor.sign_in(person)
    db.session.commit()
    home = url_for("landing.show") if person.role == "student" else url_for("teach.home")
    return redirect(_wanted() or home, 303)


def _wanted() -> str:
    """Return the page of this site that somebody wanted before signing in, or nothing."""
    wanted = request.values.get("next", "")
    return own_path(wanted) if wanted else ""
