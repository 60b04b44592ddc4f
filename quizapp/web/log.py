"""The log: one line for everything that an administrator may have to explain, never an answer or a password.

Lines are text or JSON (``log_format``). Neither can be broken by what somebody typed: a control character is escaped.
"""

import json
import logging
import time
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask_login import current_user

from quizapp.web.headers import request_id

NOBODY = "nobody"
UNSPOKEN = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}


def register(app: Flask) -> None:
    """Write events as well as errors, with the time in UTC."""
    app.logger.setLevel(logging.INFO)
    app.logger.addFilter(_without_address)
    form = JsonLine() if app.config["LOG_FORMAT"] == "json" else TextLine()
    for handler in app.logger.handlers:
        handler.setFormatter(form)


def note(event: str) -> None:
    """Write down what was done or refused, by whom and in which request."""
    person = current_user.id if current_user.is_authenticated else NOBODY
    current_app.logger.info(
        "%s by person %s, request %s",
        event,
        person,
        request_id(),
        extra={"fields": {"event": event, "user_id": None if person == NOBODY else person}},
    )


def person_if_known() -> int | None:
    """Return the id of who is asking if that was looked up in this request already; a log must not ask the database."""
    known = g.get("_login_user")
    return known.id if known is not None and known.is_authenticated else None


class TextLine(logging.Formatter):
    """Time, level and message in one line; a traceback follows in lines of its own."""

    def __init__(self) -> None:
        """Write times as ISO 8601 in UTC."""
        super().__init__("%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Write the line with its control characters escaped."""
        return super().formatMessage(record).translate(UNSPOKEN)


class JsonLine(logging.Formatter):
    """An object in one line: ``time``, ``level``, ``event`` or ``message``, ``request_id`` and what the event adds."""

    def __init__(self) -> None:
        """Write times as ISO 8601 in UTC."""
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """Write the object."""
        fields: dict[str, Any] = getattr(record, "fields", {})
        line: dict[str, Any] = {
            "time": f"{self.formatTime(record, self.datefmt)}.{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
            **(fields or {"message": record.getMessage()}),
        }
        if has_request_context():
            line["request_id"] = request_id()
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def _without_address(record: logging.LogRecord) -> bool:
    """Name the endpoint where Flask would name the address of a request that failed, which may hold a link's token."""
    if str(record.msg).startswith("Exception on ") and has_request_context():
        record.msg, record.args = f"request {request_id()} failed in {request.endpoint}", ()
    return True
