"""Who serves a SQLite database: servers share a lock on a file beside it, a restore wants it for itself.

The lock belongs to the open file, so that server processes inherit it, and it is gone with the last of them, however
they end. https://man7.org/linux/man-pages/man2/flock.2.html
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

if sys.platform != "win32":
    import fcntl


class InUse(Exception):
    """A server runs on the database, or a restore is replacing it."""


def sqlite_file(url: URL) -> Path | None:
    """Return the file of a SQLite database; ``None`` for one in memory and for PostgreSQL."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(url.database or "")


def private(path: str, flags: int) -> int:
    """Open a file that nobody else may even read: whoever can read it can take its lock, and keep it."""
    return os.open(path, flags, 0o600)


@contextmanager
def held(database: Path | None, *, alone: bool) -> Iterator[None]:
    """Hold the lock of a database, shared or ``alone``; raise `InUse` when others do not let it go.

    Windows needs none: it replaces no file that somebody has open.
    """
    if database is None or sys.platform == "win32":
        yield
        return
    path = database.with_name(f"{database.name}-served")
    with open(path, "a", opener=private) as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse from error
        yield
