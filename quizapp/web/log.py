"""The log: one line for everything that an administrator may have to explain, never an answer or a password."""

import logging
import time

from flask import Flask, current_app
from flask_login import current_user

from quizapp.web.headers import request_id


def register(app: Flask) -> None:
    """Write events as well as errors, with the time in UTC."""
    app.logger.setLevel(logging.INFO)
    form = logging.Formatter("%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    for handler in app.logger.handlers:
        handler.setFormatter(form)


def note(event: str) -> None:
    """Write down what was done or refused, by whom and in which request."""
    person = current_user.id if current_user.is_authenticated else "nobody"
    current_app.logger.info("%s by person %s, request %s", event, person, request_id())
