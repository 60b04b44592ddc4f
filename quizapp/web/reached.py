"""How the app is reached: by few requests at once, through proxies that say for whom they ask, and by probes."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.store import turns
from quizapp.web.headers import always

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBES = {"/healthz", "/readyz"}
OF_A_NODE = PROBES | {"/metrics"}
# Each keeps a thread of the server, and memory, for as long as it likes.
MOST_SENDERS = 512
BYTES_OF_A_PLACE = 128 * 1024


class TooManySenders(Exception):
    """More forms are being received than a process has threads or memory for; nothing of this one was read."""


class Senders:
    """Those whose forms a process is receiving: so many places, half of them for one address, one for each 128 KiB."""

    def __init__(self, most: int) -> None:
        """Begin with nobody."""
        self._most = most
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def one_more(self, address: str, length: int) -> Iterator[None]:
        """Take places for a form of so many bytes for the block; raise `TooManySenders`."""
        places = max(1, math.ceil(length / BYTES_OF_A_PLACE))
        with self._lock:
            if self._taken[address] + places > self._most // 2 or self._taken.total() + places > self._most:
                raise TooManySenders
            self._taken[address] += places
        try:
            yield
        finally:
            with self._lock:
                self._taken[address] -= places
                if not self._taken[address]:
                    del self._taken[address]


class Dateline(Flask):
    """Flask behind what stands in front of it; whatever calls the app calls `wsgi_app`."""

    senders = Senders(MOST_SENDERS)

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, as it came or as the proxies say that it came.

        Whoever asks one node calls it by its own address, not by the name that browsers use: it is not repeated.
        """
        hosts: list[str] = self.config["TRUSTED_HOSTS"]
        if hosts and environ.get("PATH_INFO") in OF_A_NODE:
            environ["HTTP_HOST"] = hosts[0].lstrip(".")
        return self._behind_proxies(environ, always(start_response))

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view as it is: none here is asynchronous, which Flask would look up for every hook and request."""
        return func

    @cached_property
    def _behind_proxies(self) -> "WSGIApplication":
        """Return the app that takes address, scheme and host from as many proxies as are trusted, usually none."""
        count: int = self.config["TRUSTED_PROXIES"]
        app: Any = self._in_turn
        return ProxyFix(app, x_for=count, x_proto=count, x_host=count) if count else app

    def _in_turn(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request in its turn, once it has come in whole; a probe waits for none."""
        if environ.get("PATH_INFO") in PROBES:
            return super().wsgi_app(environ, start_response)
        try:
            self._receive(environ)
        except TooManySenders as error:
            return self._refuse(error, environ, start_response)
        with turns.working.held():
            return super().wsgi_app(environ, start_response)

    def _receive(self, environ: "WSGIEnvironment") -> None:
        """Read what is sent before a place is taken, so that whoever sends slowly keeps none from the others.

        What says that it is too long is refused unread; of what does not say it, no more is read than shows it.
        """
        length = environ.get("CONTENT_LENGTH") or ""
        if not length and not environ.get("HTTP_TRANSFER_ENCODING"):
            return
        most: int = self.config["MAX_CONTENT_LENGTH"]
        left = int(length) if length.isdecimal() else most + 1
        if left > most and (length or not environ.get("wsgi.input_terminated")):
            return
        with self.senders.one_more(environ.get("REMOTE_ADDR", ""), left):
            body = _read(environ["wsgi.input"], left)
        environ["wsgi.input"] = BytesIO(body)
        if not length:
            environ["CONTENT_LENGTH"] = str(len(body))
            environ.pop("HTTP_TRANSFER_ENCODING", None)

    def _refuse(
        self, error: TooManySenders, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer with the page of an error without reading what is sent."""
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(), "0"
        with turns.working.held(), self.request_context(environ):
            response = self.finalize_request(self.handle_user_exception(error))
            return response(environ, start_response)


def _read(stream: Any, left: int) -> bytes:
    """Read so many bytes, or as many as come."""
    parts = []
    while left and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
