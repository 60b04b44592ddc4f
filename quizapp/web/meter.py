"""Counters of a node, where ``metrics`` is on: requests, their duration, answers, the database.

Each server process counts in a file of its own, and whichever is asked adds up all files, those of processes that have
ended too: a counter never goes back while the node runs. The folder is made by ``quizapp serve`` and goes with it.
"""

import mmap
import os
import time
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, current_app, request
from sqlalchemy import event

from quizapp.config import RUN_FOLDER
from quizapp.extensions import db

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
CLASSES = 5
WIDTH = CLASSES + len(BUCKETS) + 2
TOTALS = ("answers", "statements", "database_seconds")
NOWHERE = "none"
ANSWERS = {"attempt.answer", "landing.today"}


class Meter:
    """The counters of one process: a row per endpoint, then the totals."""

    def __init__(self, endpoints: Sequence[str], folder: str) -> None:
        """Lay the counters out in a file of the folder, or in memory where there is none."""
        self.rows = {endpoint: row * WIDTH for row, endpoint in enumerate([*endpoints, NOWHERE])}
        self.totals = len(self.rows) * WIDTH
        self.folder = Path(folder) if folder else None
        size = (self.totals + len(TOTALS)) * 8
        if self.folder is None:
            self.values = memoryview(bytearray(size)).cast("d")
        else:
            with (self.folder / f"{os.getpid()}.counters").open("w+b") as file:
                file.truncate(size)
                self.values = memoryview(mmap.mmap(file.fileno(), size)).cast("d")
        self.lock = Lock()

    def count_request(self, endpoint: str | None, status: int, seconds: float) -> None:
        """Count a request, its status class and its duration."""
        row = self.rows.get(endpoint or NOWHERE, self.rows[NOWHERE])
        with self.lock:
            self.values[row + min(max(status // 100, 1), CLASSES) - 1] += 1
            self.values[row + CLASSES + bisect_left(BUCKETS, seconds)] += 1
            self.values[row + WIDTH - 1] += seconds

    def add(self, total: str, amount: float = 1) -> None:
        """Add to one of the totals."""
        with self.lock:
            self.values[self.totals + TOTALS.index(total)] += amount

    def sums(self) -> list[float]:
        """Add the counters of all processes up."""
        if self.folder is None:
            return list(self.values)
        parts = [memoryview(file.read_bytes()).cast("d") for file in self.folder.glob("*.counters")]
        return [sum(values) for values in zip(*parts, strict=True)]


def register(app: Flask) -> None:
    """Begin to count in this process, where it is wanted; the processes of a server each register for themselves."""
    if not app.config["METRICS"]:
        return
    meter = app.extensions["meter"] = Meter(sorted(app.view_functions), os.environ.get(RUN_FOLDER, ""))

    def begin(_connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool) -> None:
        context._begun = time.perf_counter()

    def end(_connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool) -> None:
        meter.add("statements")
        meter.add("database_seconds", time.perf_counter() - context._begun)

    # Before all others, so that waiting for SQLite's write lock counts as well.
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", begin, insert=True)
        event.listen(db.engine, "after_cursor_execute", end)


def count_request(seconds: float, status: int) -> None:
    """Count this request; a redirect after an answer was sent is an answer that was acknowledged."""
    meter: Meter = current_app.extensions["meter"]
    meter.count_request(request.endpoint, status, seconds)
    if request.method == "POST" and status == 303 and request.endpoint in ANSWERS:
        meter.add("answers")
