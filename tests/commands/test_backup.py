"""A copy taken while the server runs holds what was acknowledged before, and can be put back and taken back."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from click.testing import Result

from quizapp.commands.backup import parts
from quizapp.store import backup as store_backup
from quizapp.store import lease

Run = Callable[..., Result]


def ask(database: Path, question: str) -> Any:
    """Return the first value of the first row."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(question).fetchone()[0]


def write(database: Path, *statements: str) -> None:
    """Change a database behind the app's back."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


PERSON = (
    "INSERT INTO person (role, username, username_key, nickname, created_at) "
    "VALUES ('{0}', '{1}', '{1}', '', '2025-01-01')"
)
LOGIN = (
    "INSERT INTO login (person_id, token_hash, created_at) "
    "SELECT id, '{0}', '2025-01-01' FROM person WHERE username_key = '{0}'"
)


@pytest.fixture
def dateline(run: Run, instance: Path) -> Path:
    """An installation's database with one account."""
    made = run("user", "create", "maria", "--password-stdin", typed="a long enough password\n")
    assert made.exit_code == 0, made.output
    return instance / "dateline.sqlite"


@pytest.fixture
def copy(dateline: Path, run: Run, tmp_path: Path) -> Path:
    """A backup of it."""
    target = tmp_path / "copy.sqlite"
    assert run("backup", str(target)).exit_code == 0
    return target


# Backing up


def test_a_backup_holds_every_row_in_one_file_for_its_owner_alone(dateline: Path, copy: Path) -> None:
    assert store_backup.verify(copy) == store_backup.verify(dateline)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert ask(copy, "PRAGMA journal_mode") == "delete"
    assert parts(copy) == []


def test_a_backup_says_what_it_holds_and_what_not(dateline: Path, run: Run, tmp_path: Path) -> None:
    said = run("backup", str(tmp_path / "copy.sqlite")).output

    assert "1 person, 0 attempts" in said
    assert "secret_key and config.toml" in said


def test_a_backup_into_a_folder_is_named_after_the_time(dateline: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    assert run("backup", str(folder)).exit_code == 0

    (file,) = folder.iterdir()
    assert file.match("dateline-20??????T??????Z.sqlite")


def test_a_backup_replaces_nothing_unless_it_is_told_to(copy: Path, run: Run) -> None:
    before = copy.read_bytes()

    refused = run("backup", str(copy))

    assert refused.exit_code == 1
    assert "there already" in refused.output
    assert copy.read_bytes() == before
    assert run("backup", str(copy), "--force").exit_code == 0


def test_the_database_is_never_its_own_backup(dateline: Path, run: Run) -> None:
    assert "is the database itself" in run("backup", str(dateline), "--force").output


def test_before_the_first_start_there_is_nothing_to_back_up(instance: Path, run: Run, tmp_path: Path) -> None:
    assert "There is no database yet" in run("backup", str(tmp_path / "copy.sqlite")).output


def test_a_backup_of_a_damaged_database_is_refused_and_leaves_nothing(dateline: Path, run: Run, tmp_path: Path) -> None:
    damage(dateline)

    refused = run("backup", str(tmp_path / "copy.sqlite"))

    assert refused.exit_code == 1
    assert "quizapp doctor" in refused.output
    assert not (tmp_path / "copy.sqlite").exists()
    assert parts(tmp_path / "copy.sqlite") == []


def test_a_backup_under_load_holds_everything_acknowledged_before_it_began(dateline: Path, tmp_path: Path) -> None:
    write(dateline, "CREATE TABLE acknowledged (id INTEGER PRIMARY KEY, weight BLOB)")
    stop, begun = Event(), Event()
    acknowledged: list[int] = []

    def load() -> None:
        with closing(sqlite3.connect(dateline, isolation_level=None)) as writer:
            while not stop.is_set():
                acknowledged.append(
                    writer.execute(
                        "INSERT INTO acknowledged (weight) VALUES (randomblob(200000)) RETURNING id"
                    ).fetchone()[0]
                )
                if len(acknowledged) == 50:
                    begun.set()

    writers = Thread(target=load)
    writers.start()
    begun.wait()
    before = len(acknowledged)
    during: list[int] = []
    contents = store_backup.copy(
        dateline, tmp_path / "copy.sqlite", lambda _done, _total: during.append(len(acknowledged))
    )
    stop.set()
    writers.join()

    kept = contents.rows["acknowledged"]
    assert before <= kept <= during[0]
    assert during[-1] > before, "nothing was written meanwhile"
    assert ask(tmp_path / "copy.sqlite", "SELECT count(*) FROM acknowledged WHERE id <= 50") == 50


def test_on_postgresql_the_commands_are_told_without_the_password(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", "postgresql://quiz:hush@db.example:5433/school")
    (tmp_path / "dump").touch()

    backed_up = run("backup", str(tmp_path / "dump"))
    restored = run("restore", str(tmp_path / "dump"))

    where = "--host=db.example --port=5433 --username=quiz --dbname=school"
    assert f"pg_dump --format=custom --file={tmp_path}/dump {where}" in backed_up.output
    assert f"pg_restore --clean --if-exists --single-transaction {tmp_path}/dump {where}" in restored.output
    assert "hush" not in backed_up.output + restored.output
    assert (backed_up.exit_code, restored.exit_code) == (1, 1)


# Restoring


def test_a_restore_brings_back_what_was_and_can_be_undone(dateline: Path, copy: Path, run: Run) -> None:
    write(dateline, PERSON.format("student", "later"))

    restored = run("restore", str(copy))
    people = ask(dateline, "SELECT count(*) FROM person")
    undo = restored.output.rpartition("quizapp restore ")[2].strip()
    undone = run("restore", undo)

    assert people == 1
    assert undone.exit_code == 0, undone.output
    assert ask(dateline, "SELECT count(*) FROM person") == 2
    assert not list(dateline.parent.glob(".*"))
    assert dateline.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_what_root_restores_belongs_to_the_user_of_the_server(dateline: Path, copy: Path, run: Run) -> None:
    os.chown(dateline, 12345, 54321)

    run("restore", str(copy))

    assert (dateline.stat().st_uid, dateline.stat().st_gid) == (12345, 54321)


def test_a_restore_revives_no_login_of_an_account_and_no_link(dateline: Path, run: Run, tmp_path: Path) -> None:
    write(
        dateline,
        PERSON.format("guest", "somebody"),
        LOGIN.format("maria"),
        LOGIN.format("somebody"),
        "INSERT INTO one_time_link (purpose, token_hash, created_at) VALUES ('setup', 'x', '2025-01-01')",
    )
    run("backup", str(tmp_path / "copy.sqlite"))

    run("restore", str(tmp_path / "copy.sqlite"))

    assert ask(dateline, "SELECT group_concat(token_hash) FROM login") == "somebody"
    assert ask(dateline, "SELECT count(*) FROM one_time_link") == 0


def test_a_restore_waits_for_nobody_while_a_server_runs(dateline: Path, copy: Path, run: Run) -> None:
    before = store_backup.verify(dateline)

    with lease.held(dateline, alone=False):
        refused = run("restore", str(copy))

    assert refused.exit_code == 1
    assert "A server runs on" in refused.output
    assert store_backup.verify(dateline) == before


def test_a_restore_is_refused_while_any_program_has_the_database_open(dateline: Path, copy: Path, run: Run) -> None:
    with closing(sqlite3.connect(dateline)) as other:
        other.execute("SELECT count(*) FROM person").fetchone()
        refused = run("restore", str(copy))

    assert refused.exit_code == 1
    assert "Another program has" in refused.output
    assert not list(dateline.parent.glob("*.before-*"))


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_backup_is_refused_and_changes_nothing(
    dateline: Path, run: Run, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "copy.sqlite").write_bytes(content)
    before = store_backup.verify(dateline)

    refused = run("restore", str(tmp_path / "copy.sqlite"))

    assert refused.exit_code == 1
    assert "Nothing was changed." in refused.output
    assert store_backup.verify(dateline) == before
    assert parts(dateline) == []


def test_a_damaged_backup_is_refused(dateline: Path, copy: Path, run: Run) -> None:
    damage(copy)

    assert run("restore", str(copy)).exit_code == 1


def test_a_backup_of_an_older_dateline_is_brought_up_to_date(dateline: Path, copy: Path, run: Run) -> None:
    current = store_backup.verify(dateline).revision
    write(
        copy,
        "UPDATE alembic_version SET version_num = '0001'",
        "ALTER TABLE publication DROP COLUMN report",
        "ALTER TABLE person DROP COLUMN last_login_at",
        "ALTER TABLE sign_in_failures RENAME COLUMN name_hash TO username_key",
    )

    restored = run("restore", str(copy))

    assert restored.exit_code == 0, restored.output
    assert store_backup.verify(dateline).revision == current


def test_a_backup_of_a_newer_dateline_is_refused(dateline: Path, copy: Path, run: Run) -> None:
    write(copy, "UPDATE alembic_version SET version_num = '9999'")

    refused = run("restore", str(copy))

    assert refused.exit_code == 1
    assert "newer Dateline" in refused.output
    assert ask(dateline, "SELECT version_num FROM alembic_version") != "9999"


def test_a_restore_mends_a_damaged_database_and_keeps_the_pieces(dateline: Path, copy: Path, run: Run) -> None:
    damage(dateline)

    restored = run("restore", str(copy))

    assert restored.exit_code == 0, restored.output
    assert ask(dateline, "SELECT count(*) FROM person") == 1
    assert list(dateline.parent.glob("*.before-*"))


def test_a_restore_begins_an_installation_on_another_machine(
    copy: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUIZAPP_INSTANCE", str(tmp_path / "elsewhere"))

    assert run("restore", str(copy)).exit_code == 0
    assert ask(tmp_path / "elsewhere" / "dateline.sqlite", "SELECT count(*) FROM person") == 1


def test_a_start_during_a_restore_waits_for_it(dateline: Path, run: Run) -> None:
    with lease.held(dateline, alone=True):
        refused = run("serve")

    assert refused.exit_code == 1
    assert "A restore is replacing" in refused.output


def test_a_start_on_a_damaged_database_says_how_to_mend_it(dateline: Path, run: Run) -> None:
    dateline.write_bytes(b"This is not a database. " * 100)

    refused = run("serve")

    assert refused.exit_code == 1
    assert "The database is damaged" in refused.output
    assert "quizapp doctor" in refused.output
    assert "quizapp restore" in refused.output
    assert "Traceback" not in refused.output


def damage(database: Path) -> None:
    """Overwrite the middle of a database file, as a dying disk does."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xa5" * (size // 2))
