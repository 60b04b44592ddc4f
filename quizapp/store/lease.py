"""Who serves a SQLite database: servers share a lock on a file beside it, a restore wants it for itself."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL

from quizapp.store.file_lock import FileLock


class InUse(Exception):
    """A server runs on the database, or a restore is replacing it."""


def sqlite_file(url: URL) -> Path | None:
    """Return the file of a SQLite database; ``None`` for one in memory and for PostgreSQL."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(url.database or "")


@contextmanager
def held(database: Path | None, *, alone: bool) -> Iterator[None]:
    """Hold the lock of a database, shared or ``alone``; raise `InUse` when others do not let it go.

    Windows needs none: it replaces no file that somebody has open.
    """
    with closing(FileLock(database and database.with_name(f"{database.name}-served"))) as lock:
        if not lock.take("alone" if alone else "shared"):
            raise InUse
        yield
