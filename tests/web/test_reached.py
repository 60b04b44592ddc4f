"""Whom the app believes: the names in its settings, and as many proxies as are trusted."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

Make = Callable[..., Any]
FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "quiz.school.example",
    "X-Request-Id": "from-the-proxy-1",
}


@pytest.fixture
def telling(make_app: Make) -> Callable[..., FlaskClient]:
    """Return a function that makes a browser of an app which tells whom it believes to be asked by."""

    def make(**settings: Any) -> FlaskClient:
        app: Flask = make_app(TRUSTED_HOSTS=["localhost", "quiz.school.example"], **settings)
        app.before_request_funcs.clear()
        app.add_url_rule("/told", view_func=lambda: [request.remote_addr, request.scheme, request.host])
        return app.test_client()

    return make


def test_nobody_in_front_is_believed_by_default(telling: Callable[..., FlaskClient]) -> None:
    answer = telling().get("/told", headers=FORWARDED)

    assert answer.json == ["127.0.0.1", "http", "localhost"]
    assert answer.headers["X-Request-Id"] != "from-the-proxy-1"


def test_a_trusted_proxy_says_who_asks(telling: Callable[..., FlaskClient]) -> None:
    answer = telling(TRUSTED_PROXIES=1).get("/told", headers=FORWARDED)

    assert answer.json == ["203.0.113.9", "https", "quiz.school.example"]
    assert answer.headers["X-Request-Id"] == "from-the-proxy-1"


def test_what_stands_before_the_trusted_proxy_is_not_believed(telling: Callable[..., FlaskClient]) -> None:
    forged = {"X-Forwarded-For": "127.0.0.1, 203.0.113.9", "X-Request-Id": "a line\tof its own"}

    answer = telling(TRUSTED_PROXIES=1).get("/told", headers=forged)

    assert answer.json is not None
    assert answer.json[0] == "203.0.113.9"
    assert "line" not in answer.headers["X-Request-Id"]


@pytest.mark.parametrize("host", ["[::1]", "[::1]:8000", "localhost:8000", "127.0.0.1"])
def test_the_loopback_addresses_are_known(client: FlaskClient, host: str) -> None:
    assert client.get("/about", base_url=f"http://{host}/").status_code == 200


def test_another_ipv6_address_is_not_known(client: FlaskClient) -> None:
    assert client.get("/about", base_url="http://[::2]/").status_code == 400
