"""Copies of a SQLite database: taken while others write, and shown to be whole."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec

PAGES_AT_ONCE = 1024
FAULTS_SHOWN = 3
MARK_OF_OURS = {"alembic_version", "person", "attempt", "answer"}

Told = Callable[[int, int], None]


class BadDatabase(Exception):
    """A file is no whole database of Dateline; the message says what is wrong with it."""


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a database holds: the migration that it has reached, and the number of rows by table."""

    revision: str
    rows: Mapping[str, int]


def copy(source: Path, target: Path, told: Told = lambda _done, _total: None) -> Contents:
    """Copy a database into a new file that nobody else may read, verify the copy and return what it holds.

    The copy is the database as it stood when the copying began: one read transaction spans it, while others go on
    writing. ``told`` hears how many pages are done, and of how many. Raise `BadDatabase` when the source cannot be read
    or the copy is not equal to it, and `OSError` or `sqlite3.OperationalError` when there is no room for it; what was
    written of the copy is then the caller's to remove. https://www.sqlite.org/backup.html
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_opened(source)) as reading, closing(sqlite3.connect(target, isolation_level=None)) as writing:
        try:
            reading.execute("BEGIN")
            contents = _contents(reading)
            reading.backup(
                writing, pages=PAGES_AT_ONCE, progress=lambda _status, left, total: told(total - left, total)
            )
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise BadDatabase(f"{source} cannot be read: {error}.") from error
        writing.execute("PRAGMA journal_mode = DELETE")
    if verify(target) != contents:
        raise BadDatabase(f"The copy of {source} is not equal to it.")
    _to_disk(target)
    return contents


def verify(path: Path) -> Contents:
    """Read a whole database and return what it holds; raise `BadDatabase` where anything is broken."""
    with closing(_opened(path)) as connection:
        try:
            contents = _contents(connection)
            broken = faults(connection)
        except sqlite3.DatabaseError as error:
            raise BadDatabase(f"{path} is not a whole SQLite database: {error}.") from error
    if broken:
        raise BadDatabase(f"{path} is broken: {'; '.join(broken)}.")
    if missing := MARK_OF_OURS - contents.rows.keys():
        raise BadDatabase(f"{path} is not a database of Dateline: it has no table {min(missing)}.")
    return contents


def faults(connection: sqlite3.Connection) -> list[str]:
    """List what SQLite finds broken: pages, indexes, and rows that refer to nothing."""
    found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({FAULTS_SHOWN})")]
    if found != ["ok"]:
        return [line.replace("\n", " ") for line in found]
    astray = connection.execute("PRAGMA foreign_key_check").fetchmany(FAULTS_SHOWN)
    return [f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there" for row in astray]


def put_in_place(new: Path, present: Path, aside: Path) -> bool:
    """Let a new file take a database's name; tell whether the present one was kept under ``aside``.

    The name always leads to one of the two whole files, whatever happens meanwhile. Raise `sqlite3.OperationalError`
    when somebody has the present database open.
    """
    _close_log(new)
    is_kept = present.exists()
    _give(new, to_owner_of=present if is_kept else present.parent)
    if is_kept:
        _close_log(present)
        for ending in ("-wal", "-shm"):
            log = present.with_name(present.name + ending)
            if log.exists():
                log.rename(aside.with_name(aside.name + ending))
        _keep(present, aside)
    new.replace(present)
    _to_disk(present)
    return is_kept


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut; Windows has no such thing to ask for."""
    if os.name == "posix":
        _to_disk(folder)


def _opened(path: Path) -> sqlite3.Connection:
    """Open a database for reading; its own folder may be read-only."""
    try:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise BadDatabase(f"{path} cannot be opened: {error}.") from error


def _contents(connection: sqlite3.Connection) -> Contents:
    tables = [
        str(name)
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith("sqlite_")
    ]
    rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
    revision = ""
    if rows.get("alembic_version"):
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return Contents(revision=revision, rows=rows)


def _give(path: Path, *, to_owner_of: Path) -> None:
    """Let root, who alone may give files away, leave a database to the user whom the server runs as."""
    if os.name == "posix" and os.geteuid() == 0:
        owner = to_owner_of.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _keep(path: Path, aside: Path) -> None:
    """Give a file a second name, or a copy where the file system knows no second names."""
    try:
        os.link(path, aside)
    except OSError:
        shutil.copy2(path, aside)


def _close_log(path: Path) -> None:
    """Write the log into the database and leave WAL, which only who is alone can do; leave a broken one as it is."""
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return


def _to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
