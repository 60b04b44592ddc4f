"""How the database is opened, so that SQLite and PostgreSQL behave alike."""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, Dialect, ExecutionContext
from sqlalchemy.pool import ConnectionPoolEntry

from quizapp.store import writing_turn
from quizapp.store.writing_turn import WritingTurn

PATIENCE = 5
PRAGMAS = (
    f"busy_timeout = {PATIENCE * 1000}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
)
READS = ("SELECT", "PRAGMA", "EXPLAIN")


def prepare(engine: Engine) -> None:
    """Set up an engine before its first connection; only SQLite needs it.

    A read begins no transaction and sees what was committed last; the first write begins one that holds the write
    lock from its start (``BEGIN IMMEDIATE``), so that it waits its turn and never fails half-way on a stale snapshot.
    To the caller that is PostgreSQL's READ COMMITTED. https://www.sqlite.org/isolation.html
    """
    if engine.dialect.name != "sqlite" or event.contains(engine, "connect", _open):
        return
    turn = WritingTurn(engine.url.database, patience=PATIENCE)
    event.listen(engine, "do_connect", partial(_stay, Path(engine.url.database or ""), set()))
    event.listen(engine, "do_connect", partial(_take_turns, writing_turn.connection_of(turn)))
    event.listen(engine, "connect", _open)
    event.listen(engine, "before_cursor_execute", _begin)


def _stay(path: Path, known: set[Path], *_arguments: Any) -> None:
    """Refuse to make a file anew that has been there: SQLite would open an empty one, with the log of the other."""
    if path.exists():
        known.add(path)
    elif path in known:
        raise sqlite3.OperationalError("unable to open database file: it has been moved or removed")


def _take_turns(
    factory: type[sqlite3.Connection],
    _dialect: Dialect,
    _entry: ConnectionPoolEntry,
    _arguments: list[Any],
    options: dict[str, Any],
) -> None:
    """Have the driver make connections that share one turn to write."""
    options["factory"] = factory


def _open(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Take transactions out of the driver's hands and set what SQLite forgets with every connection."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(
    connection: Connection,
    _cursor: DBAPICursor,
    statement: str,
    _parameters: Any,
    _context: ExecutionContext | None,
    _executemany: bool,
) -> None:
    """Begin a transaction before the first statement that may write."""
    driver: Any = connection.connection.dbapi_connection
    is_read = statement.lstrip()[:8].upper().startswith(READS)
    if not driver.in_transaction and not is_read:
        driver.begin_to_write()
