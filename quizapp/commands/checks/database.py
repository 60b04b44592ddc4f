"""The database: reachable, whole, of this code's shape, and with a past that lies in the past."""

import datetime
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from quizapp.commands.checks.finding import Finding, look, mend, ok
from quizapp.store import people
from quizapp.store.backup import faults
from quizapp.store.schema import standing
from quizapp.store.tables import Answer, Attempt, Login, Person

LATE = datetime.timedelta(minutes=2)
NEWER = "Update the code, or set QUIZAPP_DATABASE_URL to another database."
RESTORE = "Go back to a backup with: quizapp restore FILE. The damaged file is kept beside it."


def file(path: Path) -> Iterator[Finding]:
    """Look at the file of a SQLite database, without the app: may it be written, and is every page whole."""
    if not os.access(path, os.R_OK | os.W_OK):
        yield mend(
            "Database file",
            f"{path} cannot be written by the user who runs this.",
            f"Give it to the user who runs Dateline: chown USER {path}*",
        )
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            broken = faults(connection)
        except sqlite3.OperationalError as error:
            yield mend("Integrity", f"{path} cannot be read now: {error}.", "Wait until whoever has it locked is done.")
            return
        except sqlite3.DatabaseError as error:
            yield mend("Integrity", f"{path} is damaged: {error}.", RESTORE)
            return
    if broken:
        yield mend("Integrity", f"{path} is damaged: {'; '.join(broken)}.", RESTORE)
    else:
        yield ok("Integrity", f"every page, index and foreign key of {path.stat().st_size:,} bytes")


def tables(engine: Engine) -> Iterator[Finding]:
    """Look at a database through the app: can it be reached, is it as far as this code, does SQLite keep a log."""
    try:
        reached = standing(engine)
        with engine.connect() as connection:
            mode = connection.scalar(text("PRAGMA journal_mode")) if engine.dialect.name == "sqlite" else None
    except DatabaseError as error:
        said = " ".join(str(error.orig).split())
        yield mend("Database", f"cannot be used: {said}", "See that it runs, and that QUIZAPP_DATABASE_URL is right.")
        return
    match reached:
        case "current":
            yield ok("Tables", f"as this code declares them ({engine.dialect.name})")
        case "empty":
            yield look("Tables", "none yet.", "The next start makes them: quizapp serve")
        case "behind":
            yield look("Tables", "of an older Dateline.", "Back up, then let the next start bring them up to date.")
        case "newer":
            yield mend("Tables", "of a newer Dateline than this code.", NEWER)
    if mode is not None and mode != "wal":
        yield mend(
            "Log",
            f"SQLite works with the journal {mode!r} instead of WAL, so that readers wait for writers.",
            "Keep the database on a file system that can share memory between programs.",
        )
    elif mode is not None:
        yield ok("Log", "WAL: nobody who reads waits for one who writes")


def clock(session: Session, now: datetime.datetime) -> Finding:
    """Compare this computer's clock with the newest rows, which must not come from the future."""
    columns = (Answer.answered_at, Attempt.started_at, Login.created_at, Person.created_at)
    newest = [session.scalar(select(column).order_by(column.class_.id.desc()).limit(1)) for column in columns]
    ahead = max((moment - now for moment in newest if moment is not None), default=-LATE)
    if ahead > LATE:
        return mend(
            "Clock",
            f"the newest row is {ahead} ahead of this computer's clock ({now:%Y-%m-%d %H:%M:%S} UTC).",
            "The clock has been set back, or was wrong before: let it follow a time server (timedatectl set-ntp true).",
        )
    return ok("Clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, after every row")


def teacher(session: Session) -> Finding:
    """Say whether anybody may teach yet."""
    if people.has_teacher(session):
        return ok("Teacher", "there is somebody who may teach")
    return look("Teacher", "nobody may teach yet.", "Open the link that quizapp serve prints, or: quizapp user create")
