"""The last traces of people who were deleted, in the files of the database."""

from flask import current_app

from quizapp.extensions import db
from quizapp.store import removal


def wipe() -> None:
    """Remove them after the commit; say in the log where that has to wait."""
    if not removal.wipe(db.engine):
        current_app.logger.warning("traces of a deletion are left in the database's files: run quizapp user forget")
