"""How the database is opened, so that SQLite and PostgreSQL behave alike."""

import select
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, Dialect, ExecutionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

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
# A SELECT that PostgreSQL must hold a transaction for: the locks on its rows would go with the statement.
LOCKS = ("FOR UPDATE", "FOR NO KEY UPDATE", "FOR SHARE", "FOR KEY SHARE")

PORTIONS = {"stream_results", "yield_per"}
WITHOUT = "AUTOCOMMIT"
# Four nodes of two processes stay below the hundred connections that PostgreSQL usually has. The driver begins no
# transactions: `prepare` sees to them.
POSTGRESQL: dict[str, Any] = {
    "pool_size": 8,
    "max_overflow": 4,
    "pool_timeout": 5,
    "isolation_level": WITHOUT,
    "connect_args": {"connect_timeout": 5},
}


def options(url: str) -> dict[str, Any]:
    """Say how a database is opened: its errors, which are logged, never repeat what somebody typed."""
    return {"hide_parameters": True} | (POSTGRESQL if url.startswith("postgres") else {})


def prepare(engine: Engine) -> None:
    """Set up an engine before its first connection.

    A read begins no transaction and sees what was committed last; the first write begins one. On SQLite it holds the
    write lock from its start (``BEGIN IMMEDIATE``), so that it waits its turn and never fails half-way on a stale
    snapshot; on PostgreSQL a page that only reads asks the server twice less. To the caller both are PostgreSQL's READ
    COMMITTED. https://www.sqlite.org/isolation.html, https://www.postgresql.org/docs/current/transaction-iso.html
    """
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgresql(engine)


def _prepare_sqlite(engine: Engine) -> None:
    if event.contains(engine, "connect", _open):
        return
    turn = WritingTurn(engine.url.database, patience=PATIENCE)
    event.listen(engine, "do_connect", partial(_stay, Path(engine.url.database or ""), set()))
    event.listen(engine, "do_connect", partial(_take_turns, writing_turn.connection_of(turn)))
    event.listen(engine, "connect", _open)
    event.listen(engine, "before_cursor_execute", _begin)


def _prepare_postgresql(engine: Engine) -> None:
    if event.contains(engine, "checkout", _refuse_ended):
        return
    event.listen(engine, "checkout", _refuse_ended)
    event.listen(engine, "before_cursor_execute", _begin_on_server)


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


def _begin_on_server(
    connection: Connection,
    _cursor: DBAPICursor,
    statement: str,
    _parameters: Any,
    context: ExecutionContext | None,
    _executemany: bool,
) -> None:
    """Begin a transaction before the first statement that may write, lock rows, or be read in portions.

    Whoever asks for a connection without transactions, such as for VACUUM, gets none.
    """
    driver: Any = connection.connection.dbapi_connection
    options = context.execution_options if context else {}
    if driver.pgconn.transaction_status or options.get("isolation_level") == WITHOUT:
        return
    is_read = statement.lstrip()[:8].upper().startswith(READS) and not any(lock in statement for lock in LOCKS)
    if not is_read or not PORTIONS.isdisjoint(options):
        driver.execute("BEGIN")


def _refuse_ended(connection: Any, _entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """Have the pool connect anew where the server has ended a connection, which is then the only one that speaks.

    It costs no question to the server, as ``pool_pre_ping`` does.
    """
    if _has_spoken(connection.fileno()):
        raise DisconnectionError


def _has_spoken(socket: int) -> bool:
    """Say whether something has arrived, its end among it."""
    if sys.platform == "win32":
        return bool(select.select([socket], [], [], 0)[0])
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
