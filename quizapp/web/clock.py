"""The one place where the edge reads the clock."""

import datetime
from collections.abc import Callable

from flask import current_app


def now() -> datetime.datetime:
    """Return the time, aware and in UTC; a test may set ``CLOCK`` in the configuration."""
    clock: Callable[[], datetime.datetime] | None = current_app.config.get("CLOCK")
    return clock() if clock else datetime.datetime.now(datetime.UTC)
