"""Starting: what happens before there is an environment, with a port that is taken, and in an old Python."""

import ast
import importlib.util
import os
import re
import socket
import stat
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from quizapp.commands import address

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]
SERVER_LOCK = "requirements-server.lock"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A bootstrap that works in an empty checkout and runs no pip."""
    spec = importlib.util.spec_from_file_location("bootstrap", PROJECT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name in LOCKS:
        (tmp_path / name).write_text(f"# {name}\n")
    for name, path in {
        "ROOT": tmp_path, "VENV": venv, "STAMP": venv / "stamp", "PYTHON": venv / "python",
        "RUN_LOCK": tmp_path / LOCKS[0], "TEST_LOCK": tmp_path / LOCKS[1],
    }.items():  # fmt: skip
        monkeypatch.setattr(module, name, path)
    return module


@pytest.fixture
def steps(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that a start takes, in their order, instead of the steps themselves."""
    taken: list[str] = []

    def make_environment() -> None:
        taken.append("environment")
        bootstrap.VENV.mkdir(exist_ok=True)
        bootstrap.PYTHON.touch()

    def pip(arguments: list[str], failure: str, count: int = 0) -> None:
        taken.append("packages" if "--require-hashes" in arguments else "project")

    monkeypatch.setattr(bootstrap, "make_environment", make_environment)
    monkeypatch.setattr(bootstrap, "pip", pip)
    return taken


def old_pythons() -> list[Path]:
    """Pythons of this machine that are too old, however they were installed."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += (Path.home() / ".pyenv/versions").glob("*/bin")
    found = (folder / f"python3.{minor}" for folder in folders for minor in range(5, 11))
    return [path for path in found if path.is_file() and "shims" not in path.parts]


def test_a_first_start_makes_the_environment_and_installs_with_hashes(bootstrap: ModuleType, steps: list[str]) -> None:
    bootstrap.install(bootstrap.RUN_LOCK)

    assert steps == ["environment", "packages", "project"]


def test_a_second_start_installs_nothing(bootstrap: ModuleType, steps: list[str]) -> None:
    bootstrap.install(bootstrap.RUN_LOCK)
    steps.clear()

    bootstrap.install(bootstrap.RUN_LOCK)

    assert steps == []


def test_what_was_installed_for_the_tests_is_enough_to_run(bootstrap: ModuleType, steps: list[str]) -> None:
    bootstrap.install(bootstrap.TEST_LOCK)
    steps.clear()

    bootstrap.install(bootstrap.RUN_LOCK)

    assert steps == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_declaration_installs_again(bootstrap: ModuleType, steps: list[str], name: str) -> None:
    bootstrap.install(bootstrap.RUN_LOCK)
    steps.clear()

    (bootstrap.ROOT / name).write_text("# changed\n")
    bootstrap.install(bootstrap.RUN_LOCK)

    assert "packages" in steps


def test_an_installation_that_broke_off_is_taken_up_again(
    bootstrap: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_pip(*_arguments: object, **_more: object) -> None:
        raise bootstrap.CannotInstall("no network")

    with monkeypatch.context() as broken:
        broken.setattr(bootstrap, "pip", broken_pip)
        with pytest.raises(bootstrap.CannotInstall):
            bootstrap.install(bootstrap.RUN_LOCK)
    bootstrap.install(bootstrap.RUN_LOCK)

    assert steps[-2:] == ["packages", "project"]


def test_a_python_without_venv_is_told_in_one_sentence(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda _name: None)

    code = bootstrap.main(["run"])

    assert code == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_an_unknown_command_shows_the_usage(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    code = bootstrap.main(["fly"])

    assert code == 2
    assert "python bootstrap.py COMMAND" in capsys.readouterr().err


def test_old_pythons_can_read_the_bootstrap() -> None:
    ast.parse((PROJECT / "bootstrap.py").read_text("utf-8"), feature_version=(3, 5))


@pytest.mark.skipif(not old_pythons(), reason="there is no Python here that is too old")
def test_a_python_that_is_too_old_is_told_in_one_sentence() -> None:
    for python in old_pythons():
        told = subprocess.run(
            [python, PROJECT / "bootstrap.py", "run"], capture_output=True, text=True, check=False, timeout=60
        )

        assert told.returncode == 1
        assert told.stderr.startswith("Dateline needs Python 3.11 or newer, and this is Python 3.")
        assert len(told.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", [*LOCKS, SERVER_LOCK])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    lock = (PROJECT / name).read_text("utf-8")
    packages = re.split(r"\n(?=[A-Za-z0-9])", lock)

    assert len(packages) > 15
    assert all("==" in package and "--hash=sha256:" in package for package in packages)
    assert "://" not in lock
    assert "--index" not in lock


def test_both_locks_pin_the_same_versions() -> None:
    first, second = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (PROJECT / name).read_text("utf-8"), flags=re.M)) for name in LOCKS
    )

    assert {name: second.get(name) for name in first} == first


def test_a_server_gets_the_versions_that_were_tested_and_the_driver() -> None:
    server, tested = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (PROJECT / name).read_text("utf-8"), flags=re.M))
        for name in (SERVER_LOCK, LOCKS[1])
    )

    assert {name: tested.get(name) for name in server} == server
    assert "psycopg-binary" in server
    assert "hatchling" not in server


def test_the_locks_hold_everything_that_the_project_asks_for() -> None:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    groups = declared["dependency-groups"]
    asked = {LOCKS[0]: declared["project"]["dependencies"] + groups["build"], LOCKS[1]: groups["dev"]}

    for name, requirements in asked.items():
        pinned = set(re.findall(r"^([\w.-]+)==", (PROJECT / name).read_text("utf-8"), flags=re.M))
        names = {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower() for requirement in requirements}
        assert names <= pinned, f"{name} is out of date: run make lock"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_the_checks_can_be_run() -> None:
    assert (PROJECT / ".ci/run").stat().st_mode & stat.S_IXUSR


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert address.free_port("127.0.0.1", port) > port
        assert not address.is_free("0.0.0.0", port)  # noqa: S104


def test_no_port_at_all_is_said_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "is_free", lambda _host, _port: False)

    with pytest.raises(address.NoFreePort, match="make run PORT="):
        address.free_port("127.0.0.1", 8000)


def test_the_address_in_the_network_is_one_of_this_computer() -> None:
    with socket.socket() as probe:
        probe.bind((address.lan_address(), 0))


@pytest.mark.parametrize("command", ["run", "test", "setup", "lint", "types", "check", "lock"])
def test_the_readme_or_contributing_names_every_target_of_make(command: str) -> None:
    documents = (PROJECT / "README.md").read_text("utf-8") + (PROJECT / "CONTRIBUTING.md").read_text("utf-8")

    assert re.search(rf"^{command}:", (PROJECT / "Makefile").read_text("utf-8"), flags=re.M)
    assert f"make {command}" in documents
