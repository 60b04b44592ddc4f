"""What became of every request: a line of the access log and the numbers of the metrics, each where it is wanted."""

import time

from flask import Flask, Response, current_app, g, request

from quizapp.web.headers import request_id
from quizapp.web.log import person_if_known
from quizapp.web.meter import count_request

UNCOUNTED = {"health.live", "health.ready", "metrics.show"}


def register(app: Flask) -> None:
    """Look at the clock before everything else and after it."""
    if app.config["ACCESS_LOG"] or app.config["METRICS"]:
        app.before_request(_begin)
        app.after_request(_end)


def _begin() -> None:
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    """Write down and count; of the address only its pattern, because a link's token is part of some."""
    if request.endpoint in UNCOUNTED:
        return response
    seconds = time.perf_counter() - g.begun
    if current_app.config["METRICS"]:
        count_request(seconds, response.status_code)
    if current_app.config["ACCESS_LOG"]:
        pattern = request.url_rule.rule if request.url_rule else None
        current_app.logger.info(
            "%s %s %s in %.1f ms by person %s, request %s",
            request.method,
            pattern or "(no such page)",
            response.status_code,
            seconds * 1000,
            person_if_known() or "unknown",
            request_id(),
            extra={
                "fields": {
                    "event": "request",
                    "method": request.method,
                    "route": pattern,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                    "user_id": person_if_known(),
                }
            },
        )
    return response
