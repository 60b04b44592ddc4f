"""Every error has its page, and what a browser may not do is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from quizapp.web.audience import AUDIENCES
from quizapp.web.headers import HEADERS

Make = Callable[..., Any]


@pytest.fixture
def failing(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Return a browser on an app with addresses that fail in every way."""
    app: Flask = make_app(PROPAGATE_EXCEPTIONS=False)

    def fail(status: int) -> str:
        if status == 500:
            raise RuntimeError("secret detail")
        if status == 503:
            raise OperationalError("SELECT secret", {}, Exception("database is locked"))
        abort(status)

    monkeypatch.setitem(AUDIENCES, "fail", "anonymous")
    app.add_url_rule("/fail/<int:status>", view_func=fail)
    return app.test_client()


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 429, 500, 503])
def test_every_error_says_what_to_do_and_how_to_get_home(failing: FlaskClient, status: int) -> None:
    answer = failing.get(f"/fail/{status}")

    assert answer.status_code == status
    assert 'href="/"' in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert "<h1>" in answer.text
    assert all(answer.headers[name] == value for name, value in HEADERS.items())
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [500, 503])
def test_a_fault_tells_no_detail(failing: FlaskClient, status: int) -> None:
    page = failing.get(f"/fail/{status}").text

    assert not any(word in page for word in ("secret", "Traceback", "SELECT", "locked", "RuntimeError"))


def test_a_busy_database_asks_to_come_back(failing: FlaskClient) -> None:
    assert failing.get("/fail/503").headers["Retry-After"] == "5"


def test_a_method_that_an_address_does_not_know_names_those_it_does(client: FlaskClient) -> None:
    answer = client.delete("/signin")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_name_that_the_server_does_not_go_by_is_refused(client: FlaskClient) -> None:
    answer = client.get("/", base_url="http://evil.example/")

    assert answer.status_code == 400
    assert "not known under that name" in answer.text


def test_more_than_a_mebibyte_is_refused(client: FlaskClient) -> None:
    answer = client.post("/signin", data={"username": "x" * (1024 * 1024 + 1)})

    assert answer.status_code == 413


def test_a_form_without_its_token_is_refused_in_words(make_app: Make) -> None:
    answer = make_app(WTF_CSRF_ENABLED=True).test_client().post("/signin", data={"username": "Ana"})

    assert answer.status_code == 400
    assert "Go back, reload the page" in answer.text


def test_behind_tls_the_cookie_is_bound_to_the_host(make_app: Make) -> None:
    client = make_app(WTF_CSRF_ENABLED=True, SECURE_COOKIES=True).test_client()

    answer = client.get("/signin", base_url="https://localhost/")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-dateline=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
