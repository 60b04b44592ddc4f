"""What addresses hold, and how pages get them: a bounded length, numbers of few digits, and a quick `url_for`."""

from typing import Any

import flask
from flask import Flask, abort, current_app, request
from werkzeug.routing import IntegerConverter

from quizapp.web import static_files

FIXED = "dateline.addresses"
LONGEST = 8000


class Number(IntegerConverter):
    """A number of at most nine digits: longer ones fit no column, and the longest not even an int of Python."""

    regex = r"\d{1,9}"


def register(app: Flask) -> None:
    """Let ``<int:…>`` match such numbers only, any other address is not there; and give templates their `url_for`."""
    app.before_request(refuse)
    app.url_map.converters["int"] = Number
    app.add_template_global(url_for)


def refuse() -> None:
    """Refuse an address longer than other servers take (https://www.rfc-editor.org/rfc/rfc9110#section-4.1).

    Every page repeats its address, for the way back.
    """
    if len(request.environ["PATH_INFO"]) + len(request.environ.get("QUERY_STRING", "")) > LONGEST:
        abort(414)


def url_for(endpoint: str, **values: Any) -> str:
    """Return an address as Flask's function of this name does, but sooner: a page asks for twenty.

    The addresses that hold no value, and those of static files, are built once.
    """
    if not values:
        known = fixed().get(endpoint)
        if known is not None:
            return f"{request.root_path}{known}"
    elif endpoint == "static" and len(values) == 1:
        return f"{request.root_path}/static/{static_files.shelf().digest}/{values['filename']}"
    return flask.url_for(endpoint, **values)


def fixed() -> dict[str, str]:
    """Return the addresses without values by endpoint, from the routes of the app."""
    known: dict[str, str] | None = current_app.extensions.get(FIXED)
    if known is None:
        rules = [rule for rule in current_app.url_map.iter_rules() if not rule.arguments]
        endpoints = [rule.endpoint for rule in rules]
        known = {rule.endpoint: rule.rule for rule in rules if endpoints.count(rule.endpoint) == 1}
        current_app.extensions[FIXED] = known
    return known
