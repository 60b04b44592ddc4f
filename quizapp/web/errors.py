"""The page for everything that can go wrong: one sentence, what to do, the way home, the request's id."""

import math

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from quizapp.extensions import db
from quizapp.store.attempts import UnknownAttempt
from quizapp.store.links import LinkGone
from quizapp.store.outage import Outage, outage_of
from quizapp.store.people import TooManyTries
from quizapp.store.questions import BankQuestion, UnknownQuestion
from quizapp.store.roles import Gone
from quizapp.store.turns import TooBusy
from quizapp.web.audience import SAFE
from quizapp.web.headers import request_id
from quizapp.web.reached import TooManySenders

RETRY_SECONDS = 5
SENTENCES = {
    400: ("This request could not be read.", "Go back, reload the page and try again."),
    403: ("This page is not open to you.", "Sign in with an account that may see it, or go to the start page."),
    404: ("There is no such page here.", "Check the address, or begin at the start page."),
    405: ("This address does not do that.", "Go back and use the buttons of the page."),
    409: ("Somebody changed this at the same moment.", "Nothing was stored. Go back, reload the page and try again."),
    410: ("This link has been used or replaced.", "Ask your teacher or administrator for a new one."),
    413: ("That is more than this server takes at once.", "Go back and send less: at most 1 MiB in one form."),
    414: ("This address is too long.", "Go back and use the links of the page, or begin at the start page."),
    429: ("That was tried too often.", "Wait a while, then try again."),
    500: ("Something went wrong on our side.", "Your earlier answers are kept. Go back and try again."),
    503: ("The database is busy.", "Nothing was lost. Wait a few seconds, then reload this page."),
}
AGAIN = "Wait a few seconds, then reload this page. If that does not help, tell your teacher."
OUTAGES: dict[Outage, tuple[str, str]] = {
    "busy": ("The database is busy.", "Wait a few seconds, then reload this page."),
    "away": ("The database cannot be reached.", AGAIN),
    "unready": ("The database is not ready.", AGAIN),
    "unwritable": (
        "The server cannot store anything at the moment.",
        "Tell your teacher, then reload this page a little later.",
    ),
    "damaged": ("The database is damaged.", "Tell your teacher: until it is mended, nothing can be stored or shown."),
}
NOT_STORED = "What you just sent is not stored; everything before it is kept."
STALE_FORM = (
    "This form belongs to another visit.",
    "Go back, reload the page and send it once more. Cookies must be allowed for this site.",
)
WRONG_HOST = (
    "This server is not known under that name.",
    "Use the address that was printed when it started, or add this name to trusted_hosts.",
)


def register(app: Flask) -> None:
    """Give every error its page."""
    app.register_error_handler(HTTPException, of_http)
    for missing in (UnknownAttempt, UnknownQuestion, Gone):
        app.register_error_handler(missing, lambda _error: page(404))
    app.register_error_handler(
        BankQuestion, lambda error: page(403, sentence=str(error), advice="Go back to the list.")
    )
    app.register_error_handler(LinkGone, lambda _error: page(410))
    app.register_error_handler(TooManyTries, of_too_many_tries)
    app.register_error_handler(TooBusy, of_too_busy)
    app.register_error_handler(TooManySenders, of_too_many_senders)
    app.register_error_handler(DataError, of_data)
    app.register_error_handler(IntegrityError, of_clash)
    app.register_error_handler(DBAPIError, of_database)
    app.register_error_handler(PoolTimeout, lambda error: of_outage(error, "busy"))


def page(status: int, *, sentence: str = "", advice: str = "") -> Response:
    """Render the page of a status; of the server's own faults it asks neither the database nor who is there.

    Nor does it repeat an address of another server, or one that is too long.
    """
    known = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    shown = {
        "status": status,
        "sentence": sentence or known[0],
        "advice": advice or known[1],
        "home": f"{request.root_path}/",
        "request_id": request_id(),
    }
    is_bare = status >= 500 or status == 414 or isinstance(request.routing_exception, SecurityError)
    bare = current_app.jinja_env.get_template("errors/bare.html")
    response = make_response(bare.render(shown) if is_bare else render_template("errors/error.html", **shown), status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def of_http(error: HTTPException) -> Response:
    """Answer an error of HTTP; a redirect passes as it is."""
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response(request.environ))
    if isinstance(error, SecurityError):
        return page(400, sentence=WRONG_HOST[0], advice=WRONG_HOST[1])
    if isinstance(error, CSRFError):
        return page(400, sentence=STALE_FORM[0], advice=STALE_FORM[1])
    if status >= 500:
        current_app.logger.error("request %s failed with %s", request_id(), status)
    response = page(status)
    if status == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return response


def of_too_many_tries(error: TooManyTries) -> Response:
    """Say how long to wait, in words and in the header."""
    response = page(429, sentence=str(error))
    response.headers["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    return response


def of_too_busy(error: TooBusy) -> Response:
    """Ask to come back: whoever reloads sends the form again as it was."""
    current_app.logger.warning("request %s: %s", request_id(), error)
    return page(
        503,
        sentence=str(error),
        advice="Nothing was lost. Wait a few seconds, then reload this page to send the form again.",
    )


def of_too_many_senders(_error: TooManySenders) -> Response:
    """Ask to come back when fewer forms are on their way, and to close the connection: the rest is not read."""
    current_app.logger.warning("request %s: too many forms are being received", request_id())
    response = page(
        503, sentence="More forms are arriving than this server can take in at once.", advice=f"{NOT_STORED} {AGAIN}"
    )
    response.headers["Connection"] = "close"
    return response


def of_data(_error: Exception) -> Response:
    """Answer a value that the database cannot hold, such as a NUL character; no page of ours sends one."""
    db.session.rollback()
    return page(400)


def of_clash(error: IntegrityError) -> Response:
    """Answer a write that rests on a row which somebody removed, or made, in the same moment."""
    current_app.logger.warning("request %s: %s", request_id(), error.orig)
    db.session.rollback()
    return page(409)


def of_database(error: DBAPIError) -> Response:
    """Answer a database that is locked, full, away or damaged; a statement that is wrong is a fault of ours."""
    outage = outage_of(error)
    if outage is None:
        raise error
    return of_outage(error, outage)


def of_outage(error: Exception, outage: Outage) -> Response:
    """Say what does not work, that nothing was written, and that trying again helps."""
    current_app.logger.error("request %s: database %s: %s; see quizapp doctor", request_id(), outage, error)
    db.session.rollback()
    sentence, advice = OUTAGES[outage]
    return page(503, sentence=sentence, advice=advice if request.method in SAFE else f"{NOT_STORED} {advice}")
