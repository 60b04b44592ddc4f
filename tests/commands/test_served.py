"""What a server process does beside answering: it wipes traces of deletions, soon and not too often."""

import datetime
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.commands.served import LOOK_SECONDS, REST_SECONDS, keep_wiping
from quizapp.store import removal
from quizapp.store.file_lock import FileLock


class Waits(Event):
    """An end that comes after some looks; before each look something happens."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        """Begin before the first look."""
        super().__init__()
        self.steps = list(steps)
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        """Let the next thing happen; say whether none is left."""
        self.seconds.append(timeout or 0)
        if not self.steps:
            return True
        self.steps.pop(0)()
        return False


def test_the_file_is_written_anew_once_a_minute_at_most(
    app: Flask, engine: Engine, session: Session, make_person: Callable[..., Any], now: datetime.datetime
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")

    def delete_somebody() -> None:
        removal.remove(session, make_person(nickname="Ana").id, now)
        session.commit()

    waits = Waits(lambda: None, delete_somebody, delete_somebody, lambda: None)

    keep_wiping(app, FileLock(None), waits)

    assert waits.seconds == [LOOK_SECONDS, LOOK_SECONDS, REST_SECONDS, REST_SECONDS, LOOK_SECONDS]
    assert not removal.is_wipe_due(engine)
