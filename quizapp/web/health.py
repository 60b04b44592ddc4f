"""What a supervisor asks: does the process live, and can it serve; a word each, for anybody."""

import os
from pathlib import Path

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from quizapp.config import RUN_FOLDER
from quizapp.extensions import db
from quizapp.store.publication import published_digest
from quizapp.store.schema import standing

STOPPING = "stopping"

health = Blueprint("health", __name__)


@health.get("/healthz")
def live() -> Response:
    """Answer, without the database: whoever cannot even do that should be started anew."""
    return _word("ok")


@health.get("/readyz")
def ready() -> Response:
    """Say whether students can be sent here, or why not: stopping, or no database, schema or bank."""
    if (folder := os.environ.get(RUN_FOLDER)) and (Path(folder) / STOPPING).exists():
        return _word(STOPPING, status=503)
    try:
        if standing(db.engine) != "current":
            return _word("schema", status=503)
        return _word("ready") if published_digest(db.session()) else _word("bank", status=503)
    except SQLAlchemyError:
        return _word("database", status=503)


def _word(word: str, *, status: int = 200) -> Response:
    return Response(f"{word}\n", status, mimetype="text/plain")
