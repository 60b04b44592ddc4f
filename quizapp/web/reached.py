"""How the app is reached: by few requests at once, through proxies that say for whom they ask, and by probes."""

from collections.abc import Callable, Iterable
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.store import turns

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBES = {"/healthz", "/readyz"}
OF_A_NODE = PROBES | {"/metrics"}


class Dateline(Flask):
    """Flask behind what stands in front of it; whatever calls the app calls `wsgi_app`."""

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request in its turn; a probe waits for none.

        Whoever asks one node calls it by its own address, not by the name that browsers use: it is not repeated.
        """
        hosts: list[str] = self.config["TRUSTED_HOSTS"]
        if hosts and environ.get("PATH_INFO") in OF_A_NODE:
            environ["HTTP_HOST"] = hosts[0].lstrip(".")
        if environ.get("PATH_INFO") in PROBES:
            return self._behind_proxies(environ, start_response)
        _receive(environ, self.config["MAX_CONTENT_LENGTH"])
        with turns.working.held():
            return self._behind_proxies(environ, start_response)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view as it is: none here is asynchronous, which Flask would look up for every hook and request."""
        return func

    @cached_property
    def _behind_proxies(self) -> "WSGIApplication":
        """Return the app that takes address, scheme and host from as many proxies as are trusted, usually none."""
        count: int = self.config["TRUSTED_PROXIES"]
        app: Any = super().wsgi_app
        return ProxyFix(app, x_for=count, x_proto=count, x_host=count) if count else app


def _receive(environ: "WSGIEnvironment", most: int) -> None:
    """Read what is sent before a place is taken, so that whoever sends slowly keeps none from the others.

    What says that it is too long is refused unread; of what does not say it, no more is read than shows it.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    left = int(length) if length.isdecimal() else most + 1
    if left > most and (length or not environ.get("wsgi.input_terminated")):
        return
    parts = []
    while left and (part := environ["wsgi.input"].read(left)):
        parts.append(part)
        left -= len(part)
    body = b"".join(parts)
    environ["wsgi.input"] = BytesIO(body)
    if not length:
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
