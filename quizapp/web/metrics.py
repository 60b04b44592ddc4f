"""The numbers of a node as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/ ."""

import hmac
from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, abort, current_app, request

from quizapp.web.meter import BUCKETS, CLASSES, WIDTH, Meter

LOOPBACK = {"127.0.0.1", "::1"}
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")

metrics = Blueprint("metrics", __name__)


@metrics.get("/metrics")
def show() -> Response:
    """Print the numbers of this node, for this computer or whoever knows the token; others find no such page."""
    if not current_app.config["METRICS"] or not (_is_from_here() or _has_token()):
        abort(404)
    meter: Meter = current_app.extensions["meter"]
    text = "".join(f"{line}\n" for line in _lines(meter, meter.sums()))
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_from_here() -> bool:
    """Say whether this computer itself asks, and not a proxy on it for somebody else."""
    return request.remote_addr in LOOPBACK and not any(name in request.headers for name in FORWARDED)


def _has_token() -> bool:
    token: str = current_app.config["METRICS_TOKEN"]
    given = request.authorization.token if request.authorization else None
    return bool(token and given) and hmac.compare_digest(token.encode(), (given or "").encode())


def _lines(meter: Meter, sums: Sequence[float]) -> Iterator[str]:
    """Write the numbers down; endpoints that nobody asked for are left out."""
    asked = {name: sums[row : row + WIDTH] for name, row in meter.rows.items() if any(sums[row : row + CLASSES])}
    yield "# HELP dateline_requests_total Requests by endpoint and class of status."
    yield "# TYPE dateline_requests_total counter"
    for name, values in asked.items():
        for place, count in enumerate(values[:CLASSES], start=1):
            if count:
                yield f'dateline_requests_total{{endpoint="{name}",status="{place}xx"}} {count:.0f}'
    yield "# HELP dateline_request_seconds Seconds from the first look at a request to its answer."
    yield "# TYPE dateline_request_seconds histogram"
    for name, values in asked.items():
        within = 0.0
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), values[CLASSES:-1], strict=True):
            within += count
            yield f'dateline_request_seconds_bucket{{endpoint="{name}",le="{bound}"}} {within:.0f}'
        yield f'dateline_request_seconds_sum{{endpoint="{name}"}} {values[-1]:.6f}'
        yield f'dateline_request_seconds_count{{endpoint="{name}"}} {within:.0f}'
    answers, statements, seconds = sums[meter.totals :]
    yield "# HELP dateline_answers_total Answers that were acknowledged."
    yield "# TYPE dateline_answers_total counter"
    yield f"dateline_answers_total {answers:.0f}"
    yield "# HELP dateline_database_seconds Seconds in statements of the database, waiting for locks included."
    yield "# TYPE dateline_database_seconds summary"
    yield f"dateline_database_seconds_sum {seconds:.6f}"
    yield f"dateline_database_seconds_count {statements:.0f}"
