"""Who is asking: guests made at their first answer, people signed in, and the end of both.

A browser that is signed in, guest or not, has a row in the table of logins; the signed cookie holds its token. Before
the first answer the cookie holds the token that the guest's row will have, so that a double click makes one guest.
"""

import datetime
import secrets

from flask import Flask, Response, request, session
from flask_login import current_user, login_user, logout_user
from werkzeug.exceptions import Forbidden

from quizapp.config import LOGIN_DAYS
from quizapp.extensions import db, login_manager
from quizapp.store import logins
from quizapp.store.logins import Holder
from quizapp.store.tables import Person
from quizapp.web.clock import now

TOKEN = "visitor"  # noqa: S105


class Visitor:
    """The person behind a request, as Flask-Login's ``current_user`` knows them.

    ``role`` is guest, student, teacher or administrator; ``name`` the user name, or a guest's nickname, which may be
    empty; ``get_id`` is the login's token.
    """

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, holder: Holder, token: str) -> None:
        """Remember who it is and the token that the browser showed."""
        self.id = holder.id
        self.role = holder.role
        self.name = holder.username or holder.nickname
        self.token = token

    def get_id(self) -> str:
        """Return what the cookie holds."""
        return self.token

    @property
    def person(self) -> Person:
        """Return the row of the person, which most pages do not need; whoever was deleted this moment is refused."""
        person = db.session.get(Person, self.id)
        if person is None:
            raise Forbidden
        return person

    @property
    def is_guest(self) -> bool:
        """Say whether this is somebody without an account."""
        return self.role == "guest"

    @property
    def is_teacher(self) -> bool:
        """Say whether this is a teacher or an administrator."""
        return self.role in {"teacher", "administrator"}

    @property
    def is_administrator(self) -> bool:
        """Say whether this is an administrator."""
        return self.role == "administrator"


def register(app: Flask) -> None:
    """Tell Flask-Login how to find who is asking, and give browsers that were shown a form their token."""
    login_manager.session_protection = None
    login_manager.user_loader(_load)
    app.after_request(_give_token)


def current_person() -> Person | None:
    """Return who is asking, or ``None`` for a browser that has not answered anything yet.

    A guest who signs in at this very moment in another tab is none either: the account has taken over.
    """
    return db.session.get(Person, current_user.id) if current_user.is_authenticated else None


def ensure_person() -> Person:
    """Return who is asking; a browser without a login becomes a guest, once however often it is called at a time."""
    person = current_person()
    if person is not None:
        return person
    token = session.pop(TOKEN, None) or secrets.token_urlsafe(32)
    guest = logins.guest_of(db.session(), token, now())
    _remember(guest, token)
    return guest


def sign_in(person: Person) -> None:
    """Sign this browser in under a new token; what its guest answered becomes the person's."""
    before = current_person()
    if before is not None and before.role == "guest" and before.id != person.id:
        logins.merge(db.session(), guest=before, into=person)
    elif before is not None:
        logins.end_login(db.session(), current_user.get_id())
    token = secrets.token_urlsafe(32)
    logins.begin_login(db.session(), person, token, now())
    session.pop(TOKEN, None)
    _remember(person, token)


def is_still_signed_in() -> bool:
    """Say whether the login of this request has not been ended meanwhile."""
    return _load(current_user.get_id()) is not None


def sign_out() -> None:
    """Delete this browser's login and forget everything that its cookie held."""
    if current_user.is_authenticated:
        logins.end_login(db.session(), current_user.get_id())
    forget()


def forget() -> None:
    """Forget everything that this browser's cookie held; its login has ended."""
    logout_user()
    session.clear()


def _load(token: str) -> Visitor | None:
    """Find the login of a token, unless it is too old; a dead token leaves the cookie."""
    holder = logins.holder(db.session(), token, now() - datetime.timedelta(days=LOGIN_DAYS))
    if holder is None:
        session.pop("_user_id", None)
        return None
    return Visitor(holder, token)


def _remember(person: Person, token: str) -> None:
    """Write the login into the cookie, which outlives the browser window."""
    session.permanent = True
    login_user(Visitor(Holder(person.id, person.role, person.username, person.nickname), token))


def _give_token(response: Response) -> Response:
    """Give a browser that was shown its first form the token of the guest it may become."""
    if request.endpoint == "static" or "csrf_token" not in session:
        return response
    if TOKEN not in session and "_user_id" not in session:
        session.permanent = True
        session[TOKEN] = secrets.token_urlsafe(32)
    return response
