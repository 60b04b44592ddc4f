"""What every response tells the browser: where content may come from, what to keep, and the request's id."""

import re
import secrets
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, g, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    ]
)
HEADERS = {
    "Server": "Dateline",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
REQUEST_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
STRICT_TRANSPORT = "max-age=31536000"


def register(app: Flask) -> None:
    """Dress every response of the app."""
    app.after_request(dress)


def request_id() -> str:
    """Return the id of this request, which error pages show and the log repeats.

    A trusted proxy may have given one; from anybody else it would be a text that we write into our log.
    """
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "") if current_app.config["TRUSTED_PROXIES"] else ""
        g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    identity: str = g.request_id
    return identity


def always(start_response: "StartResponse") -> "StartResponse":
    """Return what begins a response with the headers that all have; Flask would look at each of them anew."""

    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        return start_response(status, [*headers, *HEADERS.items()], *error)

    return start


def dress(response: Response) -> Response:
    """Set the other headers; a page belongs to one visitor and is kept by no cache, unless a view says otherwise."""
    response.headers["X-Request-Id"] = request_id()
    response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SECURE_COOKIES"]:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    return response
