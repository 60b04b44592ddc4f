"""The cookie of a visit is found genuine once; what it holds, and its age, count anew for every request."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Response, session
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.config import LOGIN_DAYS
from quizapp.store import logins
from quizapp.store.tables import Person

Make = Callable[..., Any]


@pytest.fixture
def signed_in(client: FlaskClient, make_person: Make, sign_in: Make) -> FlaskClient:
    """Return the browser of a student who has been here before."""
    sign_in(client, make_person("Wanjiru"))
    client.get("/me")
    return client


def is_known(browser: FlaskClient) -> bool:
    """Say whether the browser's own page opens."""
    return browser.get("/me").status_code == 200


def test_a_login_that_has_ended_opens_nothing_though_its_cookie_is_genuine(
    signed_in: FlaskClient, session: Session
) -> None:
    before = is_known(signed_in)
    person = session.query(Person).filter_by(username="Wanjiru").one()
    logins.end_logins(session, person)
    session.commit()

    assert (before, is_known(signed_in)) == (True, False)


@pytest.mark.parametrize("place", [0, 20, -1], ids=["payload", "time or payload", "signature"])
def test_one_changed_letter_makes_a_cookie_worthless(signed_in: FlaskClient, place: int) -> None:
    cookie = signed_in.get_cookie("dateline")
    assert cookie is not None
    letters = list(cookie.value)
    # The last letter of the signature holds bits that do not count.
    place = place if place >= 0 else len(letters) - 3
    letters[place] = "A" if letters[place] != "A" else "B"

    signed_in.set_cookie("dateline", "".join(letters))

    assert not is_known(signed_in)


def test_a_cookie_of_another_installation_is_worthless(signed_in: FlaskClient, make_app: Make) -> None:
    cookie = signed_in.get_cookie("dateline")
    other = make_app(SECRET_KEY="another key of at least thirty-two characters").test_client()
    assert cookie is not None

    other.set_cookie("dateline", cookie.value)

    assert not is_known(other)


@pytest.mark.parametrize(
    ("days", "is_valid"),
    [(LOGIN_DAYS - 1, True), (LOGIN_DAYS + 1, False), (-1, False)],
    ids=["young", "old", "of a clock that was ahead"],
)
def test_a_cookie_grows_old_after_it_was_found_genuine(
    signed_in: FlaskClient, monkeypatch: pytest.MonkeyPatch, days: int, is_valid: bool
) -> None:
    assert is_known(signed_in)
    later = time.time() + days * 24 * 60 * 60
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)

    assert is_known(signed_in) is is_valid


def test_what_one_request_does_to_its_visit_is_not_seen_by_another_with_the_same_cookie(make_app: Make) -> None:
    app: Flask = make_app()
    sessions: Any = app.session_interface
    with app.test_request_context():
        response = Response()
        session["notes"] = ["first"]
        sessions.save_session(app, session, response)
        cookie = response.headers["Set-Cookie"].split(";")[0]

    for _ in range(2):
        with app.test_request_context(headers={"Cookie": cookie}):
            assert session["notes"] == ["first"]
            session["notes"].append("second")
