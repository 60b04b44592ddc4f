"""What a supervisor asks: does the process live, and can it serve; a word each, for anybody."""

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from quizapp.extensions import db
from quizapp.store.publication import published_digest
from quizapp.store.schema import standing

health = Blueprint("health", __name__)


@health.get("/healthz")
def live() -> Response:
    """Answer, without the database: whoever cannot even do that should be started anew."""
    return _word("ok")


@health.get("/readyz")
def ready() -> Response:
    """Say whether students can be sent here, or what is missing: the database, its schema or the bank."""
    try:
        if standing(db.engine) != "current":
            return _word("schema", status=503)
        return _word("ready") if published_digest(db.session()) else _word("bank", status=503)
    except SQLAlchemyError:
        return _word("database", status=503)


def _word(word: str, *, status: int = 200) -> Response:
    return Response(f"{word}\n", status, mimetype="text/plain")
