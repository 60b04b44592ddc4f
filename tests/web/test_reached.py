"""How the app is reached: whom it believes, and that nobody waits for somebody who sends slowly."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from io import BytesIO
from threading import Event
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quizapp.store import turns
from quizapp.web.reached import BYTES_OF_A_PLACE, Dateline, Senders, TooManySenders

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


class Slow(BytesIO):
    """What a browser sends that stops in the middle, until the rest comes."""

    def __init__(self, content: bytes, rest: Event) -> None:
        """Hold the content back."""
        super().__init__(content)
        self.rest = rest
        self.is_waited_for = Event()

    def read(self, size: int | None = -1, /) -> bytes:
        """Wait for the rest."""
        self.is_waited_for.set()
        assert self.rest.wait(10)
        return super().read(size)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_waits_for_those_who_send_slowly(app: Flask, method: str) -> None:
    rest = Event()
    sent = [Slow(b"username=ana", rest) for _ in range(turns.WORKING)]

    def send(body: Slow) -> int:
        kind = "application/x-www-form-urlencoded"
        sent = {"input_stream": body, "content_type": kind, "headers": {"Content-Length": "12"}}
        return app.test_client().open("/signin", method=method, **sent).status_code

    with ThreadPoolExecutor(len(sent) + 1) as pool:
        slow = [pool.submit(send, body) for body in sent]
        try:
            assert all(body.is_waited_for.wait(10) for body in sent)
            assert pool.submit(lambda: app.test_client().get("/about").status_code).result(5) == 200
        finally:
            rest.set()

        assert all(answer.result(10) < 500 for answer in slow)


@pytest.fixture
def receiving(app: Dateline) -> Iterator[Callable[..., int]]:
    """Have an app receive one form that stops in the middle, of three at most and one from an address.

    What is returned sends another form and tells its status.
    """
    app.senders = Senders(3)
    rest = Event()

    def send(address: str, body: BytesIO) -> TestResponse:
        kind = "application/x-www-form-urlencoded"
        sent = {"input_stream": body, "content_type": kind, "headers": {"Content-Length": "12"}}
        return app.test_client().post("/signin", environ_overrides={"REMOTE_ADDR": address}, **sent)

    stopped = Slow(b"username=ana", rest)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(send, "203.0.113.9", stopped)
        try:
            assert stopped.is_waited_for.wait(10)
            yield send
        finally:
            rest.set()


def test_too_many_forms_from_one_address_are_refused_unread(receiving: Callable[..., TestResponse]) -> None:
    body = BytesIO(b"username=ana")

    answer = receiving("203.0.113.9", body)

    assert (answer.status_code, body.tell()) == (503, 0)
    assert (answer.headers["Retry-After"], answer.headers["Connection"]) == ("5", "close")
    assert "More forms are arriving than this server can take in at once." in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_other_addresses_send_meanwhile(receiving: Callable[..., TestResponse]) -> None:
    body = BytesIO(b"username=ana")

    assert receiving("203.0.113.10", body).status_code < 500
    assert body.tell() == 12


def test_whoever_has_sent_makes_room() -> None:
    senders = Senders(4)

    for _ in range(3):
        with senders.one_more("203.0.113.9", 12), senders.one_more("203.0.113.9", 12):
            assert not has_room(senders, "203.0.113.9", 12)
            assert has_room(senders, "203.0.113.10", 12)


def test_many_addresses_share_what_there_is() -> None:
    senders = Senders(4)

    with ExitStack() as stack:
        for number in range(4):
            stack.enter_context(senders.one_more(f"203.0.113.{number}", 12))
        assert not has_room(senders, "203.0.113.9", 12)


def test_a_long_form_takes_the_room_of_many() -> None:
    senders = Senders(4)

    assert has_room(senders, "203.0.113.9", 2 * BYTES_OF_A_PLACE)
    assert not has_room(senders, "203.0.113.9", 2 * BYTES_OF_A_PLACE + 1)


def has_room(senders: Senders, address: str, length: int) -> bool:
    """Say whether somebody might send a form now."""
    try:
        with senders.one_more(address, length):
            return True
    except TooManySenders:
        return False


def test_what_comes_without_its_length_is_read_no_further_than_the_limit(make_app: Make) -> None:
    body = BytesIO(b"x" * 5000)
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}

    answer = (
        make_app(MAX_CONTENT_LENGTH=1000, WTF_CSRF_ENABLED=False)
        .test_client()
        .post("/theme", input_stream=body, content_type="application/x-www-form-urlencoded", environ_overrides=environ)
    )

    assert answer.status_code == 413
    assert body.tell() == 1001


def test_what_says_that_it_is_too_long_is_refused_unread(make_app: Make) -> None:
    body = BytesIO(b"x" * 5000)
    kind = "application/x-www-form-urlencoded"

    answer = make_app(MAX_CONTENT_LENGTH=1000).test_client().post("/theme", input_stream=body, content_type=kind)

    assert (answer.status_code, body.tell()) == (413, 0)
