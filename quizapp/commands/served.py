"""The app as the processes of `quizapp serve` run it, and what one of them does beside answering."""

import os
from pathlib import Path
from threading import Event, Thread

from flask import Flask

from quizapp import create_app
from quizapp.config import RUN_FOLDER
from quizapp.extensions import db
from quizapp.store import removal
from quizapp.store.file_lock import FileLock

LOOK_SECONDS = 5.0
REST_SECONDS = 60.0


def served_app() -> Flask:
    """Build the app, and see to it that the last traces of people who are deleted go soon after them."""
    app = create_app()
    folder = os.environ.get(RUN_FOLDER)
    with app.app_context():
        is_sqlite = db.engine.dialect.name == "sqlite"
    if is_sqlite:
        only_one = FileLock(Path(folder, "wiping") if folder else None)
        Thread(target=keep_wiping, args=(app, only_one, Event()), daemon=True).start()
    return app


def keep_wiping(app: Flask, only_one: FileLock, stopped: Event) -> None:
    """Look every five seconds whether somebody was deleted, and wipe once a minute at most, until ``stopped`` is set.

    One process does it for all, the next one when that has ended, so that nobody can have the file written anew all
    the time by deleting guests.
    """
    only_one.take(wait=True)
    with app.app_context():
        engine = db.engine
    rest = LOOK_SECONDS
    while not stopped.wait(rest):
        is_due = removal.is_wipe_due(engine)
        rest = REST_SECONDS if is_due else LOOK_SECONDS
        if is_due and not removal.wipe(engine):
            app.logger.warning("traces of a deletion are left in the database's files; the next try is in a minute")
