"""Rows in order, however many: more than memory should hold are sorted in a temporary file.

A file of scores is sorted by names without regard to case, as Unicode folds it and Python knows it; neither SQLite nor
PostgreSQL does. What they could sort by would have to be a column that repeats every name.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

Place = tuple[str, str, int, str, str]


class NoRoom(Exception):
    """The rows cannot be sorted: the folder for temporary files is full or cannot be written."""


def in_order(rows: Iterable[tuple[Place, bytes]]) -> Iterator[bytes]:
    """Read all rows, then yield what each holds by its place; text goes by code points. Raise `NoRoom`.

    SQLite sorts in a private database of two MB, which it continues in a file without a name, gone when it is closed.
    https://www.sqlite.org/inmemorydb.html#temp_db
    """
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as desk:
        try:
            desk.execute("CREATE TABLE sheet (folded TEXT, name TEXT, person INT, start TEXT, id TEXT, kept BLOB)")
            desk.execute("BEGIN")
            desk.executemany("INSERT INTO sheet VALUES (?, ?, ?, ?, ?, ?)", ((*place, kept) for place, kept in rows))
            for (kept,) in desk.execute("SELECT kept FROM sheet ORDER BY folded, name, person, start, id"):
                yield kept
        except sqlite3.OperationalError as error:
            raise NoRoom(str(error)) from error
