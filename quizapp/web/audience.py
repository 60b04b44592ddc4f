"""Who may ask for which page: declared beside each view, enforced in one place."""

from collections.abc import Callable
from typing import Literal, TypeVar

import msgspec
from flask import Flask, current_app, redirect, request, url_for
from werkzeug import Response
from werkzeug.exceptions import Forbidden

from quizapp.web import visitor
from quizapp.web.log import note

Audience = Literal["anonymous", "student", "teacher", "administrator"]
View = TypeVar("View", bound=Callable[..., object])

RANKS = {"anonymous": 0, "guest": 1, "student": 1, "teacher": 2, "administrator": 3}
SAFE = {"GET", "HEAD", "OPTIONS"}


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A route of the app with its audience, ``None`` where nobody declared one."""

    rule: str
    methods: tuple[str, ...]
    endpoint: str
    audience: str | None


def audience(who: Audience) -> Callable[[View], View]:
    """Declare the least role that a view is for: everybody, anybody signed in (guests too), teachers, administrators.

    It stands below the route: ``@blueprint.get("/teach")`` then ``@audience("teacher")``.
    """

    def declare(view: View) -> View:
        setattr(view, "audience", who)  # noqa: B010
        return view

    return declare


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
            audience=_declared(app, rule.endpoint),
        )
        for rule in app.url_map.iter_rules()
    ]
    return sorted(listed, key=lambda route: (route.rule, route.methods))


def enforce() -> Response | None:
    """Let a visitor of the declared role through; an undeclared view is for nobody.

    Whoever could sign in with more rights is sent to the sign-in page, which brings them back.
    """
    if request.endpoint is None:
        return None
    declared = _declared(current_app, request.endpoint)
    if declared == "anonymous":
        return None
    person = visitor.current_person()
    role = person.role if person else "anonymous"
    if declared and RANKS[role] >= RANKS[declared]:
        return None
    may_sign_in = role in {"anonymous", "guest"} and "account.signin" in current_app.view_functions
    if declared and may_sign_in and request.method in SAFE:
        return redirect(url_for("account.signin", next=request.full_path.rstrip("?")), 303)
    note(f"access to {request.endpoint} refused")
    raise Forbidden


def _declared(app: Flask, endpoint: str) -> str | None:
    """Return the audience of an endpoint; static files are for everybody."""
    if endpoint == "static":
        return "anonymous"
    return getattr(app.view_functions[endpoint], "audience", None)
