"""The theme: a cookie, so that the server renders it and nothing flashes."""

from flask import Blueprint, current_app, redirect, request
from werkzeug import Response as Redirect

from quizapp.web.frame import COOKIE, THEMES, own_path

YEAR = 365 * 24 * 60 * 60

theme = Blueprint("theme", __name__)


@theme.post("/theme")
def choose() -> Redirect:
    """Remember the theme and go back to where it was chosen."""
    response = redirect(own_path(request.form.get("next", "")), 303)
    chosen = request.form.get("theme", "")
    response.set_cookie(
        COOKIE,
        chosen if chosen in THEMES else THEMES[0],
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response
