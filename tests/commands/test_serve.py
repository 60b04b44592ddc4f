"""The server as people start it: what it says, what it answers, how it stops."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli import main, quizapp
from quizapp.commands.address import LOOPBACK, lan_address
from quizapp.config import PROJECT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")

ADDRESS = "Dateline is open, until Ctrl-C, at http://"


class Running:
    """A server in a process of its own, with the lines that it printed up to its address."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith(ADDRESS):
                break
        assert self.lines[-1].startswith(ADDRESS), "\n".join(self.lines)
        self.host, _, port = self.lines[-1].removeprefix(ADDRESS).rpartition(":")
        self.port = int(port)

    def get(self, path: str, host: str | None = None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={"Host": host or f"{self.host}:{self.port}"})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    def stop(self, number: signal.Signals) -> str:
        """Send a signal and return what the server said after its address; it must end well."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=20)
        assert self.process.returncode == 0
        return rest


@contextmanager
def serving(instance: Path, *arguments: str, hosts: str = "") -> Iterator[Running]:
    environment = {**os.environ, "QUIZAPP_INSTANCE": str(instance), "QUIZAPP_TRUSTED_HOSTS": hosts}
    with subprocess.Popen(
        [sys.executable, "-m", "quizapp", "serve", *arguments],
        cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            yield Running(process)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that the tests of this file share, so that the bank is published once."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_start_prepares_everything_and_prints_the_address_last(instance: Path, taken_port: int) -> None:
    with serving(instance, "--port", str(taken_port)) as server:
        page = server.get("/")
        setup = next(line for line in server.lines if "/setup/" in line).rpartition(" ")[2]
        link = server.get(setup.removeprefix(f"http://127.0.0.1:{server.port}"))
        farewell = server.stop(signal.SIGINT)

    assert page.status == 200
    assert page.headers.get_all("Server") == ["Dateline"]
    assert link.status == 200
    assert server.port > taken_port
    assert f"Port {taken_port} is taken, so this is port {server.port}." in server.lines
    assert farewell == "Dateline has stopped. Nothing that was acknowledged is lost.\n"
    assert (instance / "secret_key").stat().st_mode & 0o777 == 0o600
    beside = {path.name: path.stat().st_mode & 0o777 for path in instance.glob("dateline.sqlite*")}
    assert beside == dict.fromkeys(beside, 0o600)
    assert {"dateline.sqlite", "dateline.sqlite-served", "dateline.sqlite-prepared"} <= set(beside)


def test_a_running_server_is_backed_up_and_never_restored_over(
    instance: Path, taken_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_INSTANCE", str(instance))
    copy = tmp_path / "copy.sqlite"

    with serving(instance, "--port", str(taken_port)) as server:
        backed_up = CliRunner().invoke(quizapp, ["backup", str(copy)])
        refused = CliRunner().invoke(quizapp, ["restore", str(copy)])
        page = server.get("/")
        server.stop(signal.SIGTERM)
    restored = CliRunner().invoke(quizapp, ["restore", str(copy)])

    assert backed_up.exit_code == 0, backed_up.output
    assert (refused.exit_code, "A server runs on" in refused.output) == (1, True)
    assert page.status == 200
    assert restored.exit_code == 0, restored.output


@pytest.mark.skipif(lan_address() in LOOPBACK, reason="this machine is in no network")
def test_a_classroom_gets_one_address_and_hears_that_it_is_plain_http(instance: Path, taken_port: int) -> None:
    with serving(instance, "--host", "0.0.0.0", "--port", str(taken_port + 1)) as server:  # noqa: S104
        statuses = [server.get("/about", host=host).status for host in (None, "evil.example", "localhost")]
        server.stop(signal.SIGTERM)

    assert server.host == lan_address()
    assert any("plain HTTP" in line for line in server.lines)
    assert statuses == [200, 400, 400]


def test_behind_a_proxy_the_link_leads_to_the_name_that_people_call(
    instance: Path, taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_SECURE_COOKIES", "true")
    monkeypatch.setenv("QUIZAPP_TRUSTED_PROXIES", "1")

    with serving(instance, "--port", str(taken_port + 1), hosts="quiz.school.example,127.0.0.1") as server:
        server.stop(signal.SIGTERM)

    assert any("https://quiz.school.example/setup/" in line for line in server.lines)


def has_ipv6() -> bool:
    """Tell whether this machine has the loopback address of IPv6."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_the_loopback_of_ipv6_is_answered(instance: Path, taken_port: int) -> None:
    with serving(instance, "--host", "::1", "--port", str(taken_port + 1)) as server:
        connection = http.client.HTTPConnection("::1", server.port, timeout=20)
        connection.request("GET", "/about")
        status = connection.getresponse().status
        connection.close()
        server.stop(signal.SIGTERM)

    assert server.host == "[::1]"
    assert status == 200


def test_a_database_of_newer_code_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(tmp_path / "dateline.sqlite")) as database, database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")

    said = failed_start(tmp_path, monkeypatch, capsys)

    assert said.startswith("Error: The database was made by a newer Dateline than this one.")


def test_a_setting_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUIZAPP_MAX_CONTENT_LENGTH", "much")

    said = failed_start(tmp_path, monkeypatch, capsys)

    assert said.startswith("Error: the environment (QUIZAPP_MAX_CONTENT_LENGTH)")
    assert len(said.splitlines()) == 1


def failed_start(instance: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Run ``quizapp serve`` here, where it must fail, and return what it says."""
    monkeypatch.setenv("QUIZAPP_INSTANCE", str(instance))
    monkeypatch.setattr(sys, "argv", ["quizapp", "serve"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    return capsys.readouterr().err


BROKEN = [
    b"hello\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nB\0d: a\r\n\r\n",
    b"GET /\xff\x01 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"GET /%zz%ff?%00=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: dateline=\xff\xfe\r\n\r\n",
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: -5\r\n\r\n",
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\nabc",
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 200 + b"\r\n",
    b"TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1",
]


def test_no_answer_to_a_broken_request_tells_what_it_comes_from(instance: Path) -> None:
    with serving(instance, "--port", "8041", "--workers", "1") as running:
        answers = [_raw(running.port, request) for request in BROKEN]

    assert all(answer.startswith(b"HTTP/1.1 4") for answer in answers)
    told = b"".join(answers).decode("latin-1").casefold()
    assert not re.search(r"granian|hyper|\brust\b|python|werkzeug|flask|traceback|\b\d+\.\d+\.\d+\b", told)
    assert set(re.findall(r"^server: (.*?)\r$", told, re.MULTILINE)) == {"dateline"}


def _raw(port: int, request: bytes) -> bytes:
    """Send bytes as they are and return what comes back, until the server closes or is silent."""
    answer = b""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as connection:
        connection.sendall(request)
        connection.settimeout(2)
        try:
            while piece := connection.recv(65_536):
                answer += piece
        except (TimeoutError, ConnectionError):
            pass
    return answer
