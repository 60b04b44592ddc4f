"""Hundreds of connections that stop in the middle: a class goes on answering, and the probes are answered."""

import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from quizapp.web.reached import BYTES_OF_A_PLACE, MOST_SENDERS

resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")

OWN, OTHER = "127.0.0.1", "127.0.0.2"
STUDENTS = 8
ANSWERS = 5
WITHIN = 5.0
# A mebibyte, the most that a form may have, and what shows that it is more.
OF_UNKNOWN_LENGTH = 1024 * 1024 // BYTES_OF_A_PLACE + 1
HEAD = b"POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
ANNOUNCED = HEAD + b"Content-Length: 100\r\n\r\nuser"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nuser\r\n"
HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: loc"
KEPT_OPEN = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address"),
    pytest.mark.parametrize("serve", ["sqlite"], indirect=True),
]


@pytest.fixture
def stall() -> Iterator[Callable[..., list[socket.socket]]]:
    """Return a function that opens connections which send a little and stop."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    with ExitStack() as opened:

        def stall(port: int, sent: bytes, *, count: int, address: str) -> list[socket.socket]:
            found = []
            for _ in range(count):
                connection = socket.create_connection(("127.0.0.1", port), source_address=(address, 0))
                opened.enter_context(connection)
                connection.sendall(sent)
                connection.setblocking(False)
                found.append(connection)
            return found

        yield stall
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def answered(connections: list[socket.socket]) -> int:
    """Count the connections on which an answer has come."""
    count = 0
    for connection in connections:
        try:
            connection.recv(1, socket.MSG_PEEK)
            count += 1
        except BlockingIOError:
            pass
    return count


def answer(browser: Any) -> None:
    """Start a quiz, skip some questions and see what was right."""
    started = browser.post("/q/all", list(browser.get("/q/all").form("/q/all").hidden.items()))
    assert started.status == 303, started.text
    for _ in range(ANSWERS):
        where = browser.get(started.location).location
        form = browser.get(where).form(where)
        assert browser.post(where, [*form.hidden.items(), ("skip", "1")]).status == 303
        assert browser.get(where).status == 200


def slowest(port: int, browser: type[Any]) -> float:
    """Have a class answer and the probes be asked; return the longest time that a student or a probe waited."""

    def timed(step: Callable[[], object]) -> float:
        began = time.monotonic()
        step()
        return time.monotonic() - began

    with ThreadPoolExecutor(STUDENTS) as pool:
        waits = list(pool.map(lambda _: timed(lambda: answer(browser(port))), range(STUDENTS)))
    return max(*waits, timed(lambda: browser(port).get("/healthz")), timed(lambda: browser(port).get("/readyz")))


def test_forms_that_stop_in_the_middle_stop_nobody_else(
    serve: Callable[..., Any], browser: type[Any], stall: Callable[..., list[socket.socket]],
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    server = serve("--workers", "1")
    server.start()
    beside = stall(server.port, ANNOUNCED, count=200, address=OWN)
    elsewhere = stall(server.port, CHUNKED, count=300, address=OTHER)

    waited = slowest(server.port, browser)

    record_property("measured", f"500 forms stopped; the slowest of {STUDENTS} students took {waited:.1f} s")
    assert waited < WITHIN
    assert (answered(beside), answered(elsewhere)) == (0, 300 - MOST_SENDERS // 2 // OF_UNKNOWN_LENGTH)


def test_connections_that_say_nothing_keep_nobody_out(
    serve: Callable[..., Any], browser: type[Any], stall: Callable[..., list[socket.socket]],
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    server = serve("--workers", "1")
    server.start()
    stall(server.port, HALF_A_HEAD, count=750, address=OWN)
    stall(server.port, KEPT_OPEN, count=750, address=OTHER)

    waited = slowest(server.port, browser)

    record_property("measured", f"1500 connections idle; the slowest of {STUDENTS} students took {waited:.1f} s")
    assert waited < WITHIN
