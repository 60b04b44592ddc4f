"""The token against forgery that every form carries: signed once for a visit, not anew for every page.

It lives as long as the session, so that a second signature would only differ in its time.
"""

from functools import lru_cache

from flask import Flask, current_app, session
from flask_wtf.csrf import generate_csrf

VISITS = 4096


def register(app: Flask) -> None:
    """Give templates `csrf_token`."""
    app.add_template_global(csrf_token)


def csrf_token() -> str:
    """Return the token of this visit, as Flask-WTF signs it."""
    raw = session.get("csrf_token")
    return _signed(raw, current_app.secret_key) if raw else str(generate_csrf())


@lru_cache(VISITS)
def _signed(_raw: str, _key: str | bytes | None) -> str:
    """Sign what the session of this request holds, unless that was done before."""
    return str(generate_csrf())
