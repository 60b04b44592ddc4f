"""The signed cookie of a visit: verified once, not anew for every page that it comes with."""

from functools import lru_cache

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

from quizapp.web.static_files import is_for_everybody

VISITS = 2048


def register(app: Flask) -> None:
    """Have Flask keep its sessions so."""
    app.session_interface = Sessions(app)


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions, except that a cookie which was found genuine is remembered, and that files leave it alone.

    Flask-Login looks into the session of every request, and Flask would then have caches ask anew for every cookie.
    """

    def __init__(self, app: Flask) -> None:
        """Make once what signs and reads cookies, which Flask makes anew for every request."""
        serializer = super().get_signing_serializer(app)
        if serializer is None:
            raise RuntimeError("Flask has no secret key.")
        self._serializer = serializer
        self._signer: TimestampSigner = next(serializer.iter_unsigners(self.salt))
        self._lifetime = int(app.permanent_session_lifetime.total_seconds())
        self._genuine = lru_cache(VISITS)(self._verify)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Return what signs and reads cookies."""
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Read the cookie: one that is missing, not ours or too old is an empty session, as with Flask."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        if not cookie:
            return self.session_class()
        try:
            payload, signed_at = self._genuine(cookie)
        except BadSignature:
            return self.session_class()
        if not 0 <= self._signer.get_timestamp() - signed_at <= self._lifetime:
            return self.session_class()
        # Read anew: a view may change what it holds.
        return self.session_class(self._serializer.load_payload(payload))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session into its cookie, unless a file is sent."""
        if not is_for_everybody(response):
            super().save_session(app, session, response)

    def _verify(self, cookie: str) -> tuple[bytes, int]:
        """Return the payload of a cookie and the second in which it was signed; raise `BadSignature`."""
        payload, signed_at = self._signer.unsign(cookie, return_timestamp=True)
        return payload, int(signed_at.timestamp())
