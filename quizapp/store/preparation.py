"""One server at a time prepares a database, however many start at once on it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, func, select

from quizapp.store.lease import sqlite_file

if sys.platform != "win32":
    import fcntl

# Any number that nobody else takes in this database: the first bytes of "Dateline".
KEY = int.from_bytes(b"Dateline"[:7], "big")


@contextmanager
def one_at_a_time(engine: Engine) -> Iterator[None]:
    """Wait until nobody else prepares the database, and keep others waiting meanwhile.

    The lock ends with the process that holds it, however it ends: in PostgreSQL it belongs to the connection, for
    SQLite to an open file beside the database. Windows, where one process serves a file, needs none.
    """
    file = sqlite_file(engine.url)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(select(func.pg_advisory_lock(KEY)))
            try:
                yield
            finally:
                connection.rollback()
                connection.execute(select(func.pg_advisory_unlock(KEY)))
    elif file is None or sys.platform == "win32":
        yield
    else:
        with file.with_name(f"{file.name}-prepared").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
