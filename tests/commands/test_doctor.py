"""The doctor tells what is wrong with an installation, and how to mend it."""

import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp import create_app
from quizapp.cli import quizapp
from quizapp.commands.checks import instance as checks
from quizapp.commands.checks import machine
from quizapp.extensions import db

Run = Callable[..., Result]
Examine = Callable[..., dict[str, dict[str, str]]]
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes of files")


@pytest.fixture(autouse=True)
def _own_settings(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of whoever runs the tests count."""
    for name in [name for name in os.environ if name.startswith("QUIZAPP_") and name != "QUIZAPP_INSTANCE"]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance folder of an installation with a teacher and a published bank, for copying."""
    folder = tmp_path_factory.mktemp("sound") / "instance"
    app = create_app({"INSTANCE": folder})
    with app.app_context():
        call = app.test_cli_runner().invoke
        account = ["user", "create", "maria", "--teacher", "--password-stdin"]
        assert call(quizapp, account, input="a long enough password\n").exit_code == 0
        assert call(quizapp, ["bank", "publish"]).exit_code == 0
        db.engine.dispose()
    return folder


@pytest.fixture
def installed(instance: Path, sound: Path) -> Path:
    """The database of an installation with a teacher and a published bank."""
    shutil.copytree(sound, instance)
    return instance / "dateline.sqlite"


def doctor(*arguments: str) -> Result:
    """Call the doctor as the shell does: no app is there before."""
    return CliRunner().invoke(quizapp, ["doctor", *arguments], prog_name="quizapp")


@pytest.fixture
def examine(instance: Path) -> Examine:
    """Ask the doctor, expect its exit code, and return the findings by name."""

    def examine(*, code: int = 0) -> dict[str, dict[str, str]]:
        said = doctor("--format", "json")
        assert said.exit_code == code, said.output
        return {finding["name"]: finding for finding in json.loads(said.stdout)}

    return examine


def write(database: Path, statement: str) -> None:
    """Change a database behind the app's back."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)


def test_a_sound_installation_has_nothing_to_mend(installed: Path, examine: Examine) -> None:
    found = examine()

    assert {name: each["says"] for name, each in found.items() if each["state"] != "ok" and name != "Port"} == {}


def test_every_finding_is_a_line_with_a_sign_and_a_word(installed: Path) -> None:
    said = doctor().output

    assert "[+] ok    Integrity: every page" in said
    assert "0 to mend" in said


def test_what_must_be_mended_says_how(installed: Path, examine: Examine) -> None:
    installed.with_name("secret_key").chmod(0o644)

    found = examine(code=1)

    assert [each["name"] for each in found.values() if each["state"] == "mend"] == (
        ["Secret key"] if os.name == "posix" else []
    )
    assert all(each["remedy"] for each in found.values() if each["state"] != "ok")


def test_looking_makes_no_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZAPP_INSTANCE", str(tmp_path / "nothing"))

    assert doctor().exit_code == 0
    assert not (tmp_path / "nothing").exists()


def test_a_setting_that_cannot_be_used_is_named(installed: Path, examine: Examine) -> None:
    installed.with_name("config.toml").write_text("trusted_host = []", "utf-8")

    assert "trusted_host is not a setting" in examine(code=1)["Settings"]["says"]


def test_a_damaged_database_is_recognised(installed: Path, examine: Examine) -> None:
    size = installed.stat().st_size
    with installed.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xa5" * (size // 2))

    found = examine(code=1)

    assert found["Integrity"]["state"] == "mend"
    assert "quizapp restore" in found["Integrity"]["remedy"]


def test_a_file_that_is_no_database_is_recognised(installed: Path, examine: Examine) -> None:
    installed.write_bytes(b"no database" * 1000)

    assert examine(code=1)["Integrity"]["state"] == "mend"


def test_a_row_that_refers_to_nothing_is_recognised(installed: Path, examine: Examine) -> None:
    write(installed, "INSERT INTO login (person_id, token_hash, created_at) VALUES (999, 'x', '2025-01-01')")

    assert "refers to a row of person that is not there" in examine(code=1)["Integrity"]["says"]


def test_a_database_of_newer_code_is_recognised(installed: Path, examine: Examine) -> None:
    write(installed, "UPDATE alembic_version SET version_num = '9999'")

    assert "newer Dateline" in examine(code=1)["Tables"]["says"]


def test_a_database_of_older_code_waits_for_the_next_start(installed: Path, examine: Examine) -> None:
    write(installed, "UPDATE alembic_version SET version_num = '0001'")

    assert examine()["Tables"]["state"] == "look"


def test_a_clock_that_was_set_back_is_recognised(installed: Path, examine: Examine) -> None:
    write(installed, "UPDATE person SET created_at = '2999-01-01 00:00:00'")

    assert "ahead of this computer's clock" in examine(code=1)["Clock"]["says"]


def test_a_broken_bank_is_recognised(
    installed: Path, examine: Examine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_BANK", str(tmp_path / "empty"))

    assert "quizapp" in examine(code=1)["Question bank"]["remedy"].lower()


def test_a_missing_teacher_and_an_old_publication_are_worth_a_look(installed: Path, examine: Examine) -> None:
    write(installed, "UPDATE person SET role = 'student'")
    write(installed, "UPDATE publication SET digest = 'another'")

    found = examine()

    assert (found["Teacher"]["state"], found["Published"]["state"]) == ("look", "look")


def test_what_broken_off_backups_left_is_named(installed: Path, examine: Examine) -> None:
    installed.with_name(".copy.sqlite.0123.part").touch()

    assert ".copy.sqlite.0123.part" in examine()["Leftovers"]["says"]


def test_a_database_that_cannot_be_reached_is_told_without_its_password(
    instance: Path, examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg")
    instance.mkdir()
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", "postgresql://quiz:hush@127.0.0.1:1/school")

    found = examine(code=1)

    assert found["Database"]["state"] == "mend"
    assert "hush" not in json.dumps(found)


def test_a_taken_port_is_worth_a_look() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        assert machine.port("127.0.0.1", taken.getsockname()[1]).state == "look"


@pytest.mark.parametrize(
    ("pin", "state"),
    [
        ("click==0.0.1 \\", "mend"),
        ("no-such-package==1.0 \\", "mend"),
        ("no-such-package==1.0 ; sys_platform == 'win32' \\", "ok"),
        ("    --hash=sha256:00", "ok"),
    ],
)
def test_packages_are_compared_with_the_lock(tmp_path: Path, pin: str, state: str) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"{pin}\n", "utf-8")

    assert machine.packages(lock).state == state


@pytest.mark.parametrize(("kind", "state"), [("nfs4", "mend"), ("ext4", "ok")])
def test_a_file_system_of_the_network_is_recognised(tmp_path: Path, kind: str, state: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/school {tmp_path.resolve()} {kind} rw 0 0\n", "utf-8")

    assert machine.file_system(tmp_path / "dateline.sqlite", mounts).state == state


@pytest.mark.parametrize(
    ("names", "secure", "state"),
    [
        (["localhost"], False, "ok"),
        (["quiz.school.example"], True, "ok"),
        (["quiz.school.example"], False, "look"),
        (["localhost"], True, "mend"),
        (["https://quiz.school.example"], True, "mend"),
        (["quiz.school.example:443"], True, "mend"),
        ([], True, "mend"),
    ],
)
def test_names_and_cookies_must_fit_together(names: list[str], secure: bool, state: str) -> None:
    assert checks.hosts(names, secure_cookies=secure).state == state


def test_a_disk_that_cannot_take_the_database_twice_must_be_mended(tmp_path: Path) -> None:
    assert machine.room(tmp_path, 1 << 62).state == "mend"


@posix
def test_a_database_that_everybody_may_read_is_worth_a_look(tmp_path: Path) -> None:
    database = tmp_path / "dateline.sqlite"
    database.touch(0o644)
    tmp_path.chmod(0o755)

    assert checks.privacy(database).state == "look"


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_cannot_be_written_must_be_mended(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    assert checks.folder(tmp_path).state == "mend"
