"""Who may ask for which page: one table of all endpoints, enforced before every view."""

from typing import Literal

import msgspec
from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug import Response
from werkzeug.exceptions import Forbidden

from quizapp.web.log import note

Audience = Literal["anonymous", "student", "teacher", "administrator"]

RANKS = {"anonymous": 0, "guest": 1, "student": 1, "teacher": 2, "administrator": 3}
SAFE = {"GET", "HEAD", "OPTIONS"}

# The least role that each endpoint is for: everybody, anybody signed in (guests too), teachers, administrators.
AUDIENCES: dict[str, Audience] = {
    "static": "anonymous",
    "about.bank": "anonymous",
    "about.maps": "anonymous",
    "about.show": "anonymous",
    "account.reset": "anonymous",
    "account.setup": "anonymous",
    "account.signin": "anonymous",
    "account.signout": "anonymous",
    "account.signup": "anonymous",
    "attempt.answer": "student",
    "attempt.done": "student",
    "attempt.question": "student",
    "attempt.resume": "student",
    "health.live": "anonymous",
    "health.ready": "anonymous",
    "landing.again": "anonymous",
    "landing.show": "anonymous",
    "landing.today": "anonymous",
    "me.delete": "student",
    "me.export": "student",
    "me.password": "student",
    "me.show": "student",
    "me.sign_out_everywhere": "student",
    "metrics.show": "anonymous",
    "people.act": "administrator",
    "people.delete": "administrator",
    "people.person": "administrator",
    "people.show": "administrator",
    "quiz.show": "anonymous",
    "quiz.start": "anonymous",
    "scores.answers_csv": "teacher",
    "scores.scores_csv": "teacher",
    "scores.show": "teacher",
    "students.back": "teacher",
    "students.find": "teacher",
    "students.link": "teacher",
    "teach.archive": "teacher",
    "teach.home": "teacher",
    "teach.questions": "teacher",
    "teach.restore": "teacher",
    "teach.try_question": "teacher",
    "theme.choose": "anonymous",
    "writing.edit_question": "teacher",
    "writing.new_question": "teacher",
    "writing.preview": "teacher",
}


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A route of the app with its audience, ``None`` where nobody declared one."""

    rule: str
    methods: tuple[str, ...]
    endpoint: str
    audience: str | None


def register(app: Flask) -> None:
    """Ask for the audience before every view."""
    app.before_request(enforce)


def routes(app: Flask) -> list[Route]:
    """List every route with its audience, by address."""
    listed = [
        Route(
            rule=rule.rule,
            methods=tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
            endpoint=rule.endpoint,
            audience=AUDIENCES.get(rule.endpoint),
        )
        for rule in app.url_map.iter_rules()
    ]
    return sorted(listed, key=lambda route: (route.rule, route.methods))


def enforce() -> Response | None:
    """Let a visitor of the declared role through; a view that is not in the table is for nobody.

    Whoever could sign in with more rights is sent to the sign-in page, which brings them back.
    """
    if request.endpoint is None:
        return None
    declared = AUDIENCES.get(request.endpoint)
    if declared == "anonymous":
        return None
    visitor = current_user._get_current_object()
    role = visitor.role if visitor.is_authenticated else "anonymous"
    if declared and RANKS[role] >= RANKS[declared]:
        return None
    may_sign_in = role in {"anonymous", "guest"} and "account.signin" in current_app.view_functions
    if declared and may_sign_in and request.method in SAFE:
        return redirect(url_for("account.signin", next=request.full_path.rstrip("?")), 303)
    note(f"access to {request.endpoint} refused")
    raise Forbidden
