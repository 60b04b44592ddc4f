"""Whose turn it is to write to a SQLite file, among threads and among processes."""

import sqlite3
import time
from pathlib import Path
from threading import Lock
from typing import Any

from quizapp.store.file_lock import FileLock

POLL_SECONDS = 0.001
LOCKED = "database is locked"


class WritingTurn:
    """A mutex among the threads of this process and a file lock among processes, taken before SQLite's own lock.

    SQLite lets those who wait sleep longer and longer while newcomers slip in, so that under load some wait many times
    as long as others (`sqliteDefaultBusyCallback` of https://www.sqlite.org/src/file/src/main.c). Here one thread of
    each process stands in line, and looks every millisecond. SQLite's lock still decides: nothing is lost where
    somebody does without this one, as processes on Windows do among each other.
    """

    def __init__(self, path: str | None, *, patience: float) -> None:
        """Wait at most ``patience`` seconds for threads and as long for processes; in memory there is no ``path``."""
        self._patience = patience
        self._mutex = Lock()
        self._among_processes = FileLock(Path(f"{path}-turn") if path else None)

    def take(self) -> None:
        """Wait for the turn; raise `sqlite3.OperationalError`, as SQLite does, when it does not come."""
        if not self._mutex.acquire(timeout=self._patience):
            raise sqlite3.OperationalError(LOCKED)
        try:
            is_mine = self._wait_for_processes()
        except OSError as error:
            self._mutex.release()
            raise sqlite3.OperationalError(f"unable to open {error.filename}: {error.strerror}") from error
        if not is_mine:
            self._mutex.release()
            raise sqlite3.OperationalError(LOCKED)

    def give_back(self) -> None:
        """Let the next one write."""
        self._among_processes.give_back()
        self._mutex.release()

    def _wait_for_processes(self) -> bool:
        """Take the lock among processes, or say no when patience ends."""
        deadline = time.monotonic() + self._patience
        while not self._among_processes.take():
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL_SECONDS)
        return True


class Connection(sqlite3.Connection):
    """A connection that writes only in its turn, which it keeps until its transaction is over."""

    turn: WritingTurn | None = None
    _has_turn = False

    def begin_to_write(self) -> None:
        """Begin a transaction that holds SQLite's write lock from its start."""
        self._in_turn("BEGIN IMMEDIATE")

    def vacuum(self) -> None:
        """Write the whole file anew, which no transaction can hold."""
        self._in_turn("VACUUM")

    def commit(self) -> None:
        """Commit; a commit that fails leaves the transaction open, to be rolled back."""
        try:
            super().commit()
        finally:
            self._when_over()

    def rollback(self) -> None:
        """Take everything back since the beginning."""
        try:
            super().rollback()
        finally:
            self._when_over()

    def close(self) -> None:
        """Close, which takes back what was not committed."""
        super().close()
        self._give_back()

    def _in_turn(self, statement: str) -> None:
        """Wait for the turn and keep it as long as the transaction lasts that a statement begins, if it begins one."""
        if self.turn is not None:
            self.turn.take()
            self._has_turn = True
        try:
            self.execute(statement)
        finally:
            self._when_over()

    def _when_over(self) -> None:
        if not self.in_transaction:
            self._give_back()

    def _give_back(self) -> None:
        if self._has_turn and self.turn is not None:
            self._has_turn = False
            self.turn.give_back()


def connection_of(turn: WritingTurn) -> type[Connection]:
    """Return the class of connections that share a turn, as ``sqlite3.connect(factory=…)`` takes it."""
    members: dict[str, Any] = {"turn": turn}
    return type("TurnConnection", (Connection,), members)
