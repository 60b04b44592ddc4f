"""Several servers on one database: they prepare it one at a time, and share a secret key."""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine, NullPool, create_engine, func, select, text

from quizapp.store.file_lock import FileLock
from quizapp.store.lease import sqlite_file

OTHER_KEYS = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
    " WHERE datname = current_database() AND locktype = 'advisory'"
    " AND objsubid = 2 AND classid = :mark AND objid <> :key"
)
MARK = int.from_bytes(b"Key", "big")

# Any number that nobody else takes in this database: the first bytes of "Dateline".
KEY = int.from_bytes(b"Dateline"[:7], "big")


@contextmanager
def one_at_a_time(engine: Engine) -> Iterator[None]:
    """Wait until nobody else prepares the database, and keep others waiting meanwhile.

    The lock ends with the process that holds it, however it ends: in PostgreSQL it belongs to the connection, for
    SQLite to an open file beside the database. Windows, where one process serves a file, needs none.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(select(func.pg_advisory_lock(KEY)))
            try:
                yield
            finally:
                connection.rollback()
                connection.execute(select(func.pg_advisory_unlock(KEY)))
        return
    file = sqlite_file(engine.url)
    with closing(FileLock(file and file.with_name(f"{file.name}-prepared"))) as lock:
        lock.take(wait=True)
        yield


class OtherKey(Exception):
    """Another server that runs on the database signs its cookies with another secret key."""


@contextmanager
def shared_key(engine: Engine, secret_key: str) -> Iterator[None]:
    """Let others see which secret key this server uses, as long as it runs; raise `OtherKey` where theirs is another.

    What they see is a lock of PostgreSQL that carries 31 bits of the key's digest. It needs no row, so that a key can
    be changed while no server runs. A SQLite file is served from one folder, which has one key.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    key = int.from_bytes(hashlib.sha256(secret_key.encode()).digest()[:4], "big") >> 1
    own = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)
    with own.connect() as connection:
        connection.execute(select(func.pg_advisory_lock_shared(MARK, key)))
        if connection.scalar(OTHER_KEYS, {"mark": MARK, "key": key}):
            raise OtherKey
        yield
