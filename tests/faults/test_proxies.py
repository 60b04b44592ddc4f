"""The proxies' texts in deploy/, run by nginx and Caddy themselves in front of servers."""

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from quizapp.config import PROJECT

HOST = "quiz.university.example"
STARTS_WITHIN = 20.0
STUDENTS = 3
# As in the service and the container; a proxy asks a server that failed again after as many.
DRAIN_SECONDS = 5
LONG = "several words in a row"
CLAIMS = {
    "X-Forwarded-For": "192.0.2.1",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "X-Request-Id": "claimed-by-a-browser",
}
# An older one answers 502 where it should send a form to the next server: https://github.com/caddyserver/caddy/pull/7547
CADDY_THAT_SENDS_AGAIN = (2, 11, 2)

pytestmark = [pytest.mark.faults, pytest.mark.skipif(os.name == "nt", reason="Windows has no such proxies")]


class Proxy:
    """A proxy with its text from deploy/, on ports of its own, in front of servers on the given ports."""

    def __init__(self, program: Path, folder: Path, ports: list[int]) -> None:
        self.program, self.folder = program, folder
        self.servers = [f"127.0.0.1:{port}" for port in ports]
        self.port, self.plain_port = free_ports(2)
        command = self._nginx() if program.name == "nginx" else self._caddy()
        environment = os.environ | {"DATELINE_HOST": HOST, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        self.log = folder / "proxy.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([program, *command], stdout=log, stderr=log, env=environment)

    def _nginx(self) -> list[str]:
        certificate, key = self.folder / "quiz.pem", self.folder / "quiz.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", f"/CN={HOST}", "-days", "1", "-out", certificate, "-keyout", key],
            check=True, capture_output=True,
        )  # fmt: skip
        text = (PROJECT / "deploy/nginx.conf").read_text("utf-8")
        servers = "".join(f"    server {server} max_fails=1 fail_timeout=5s;\n" for server in self.servers)
        for pattern, put in {
            r"(    server 10\..*:8000 max_fails=1 fail_timeout=5s;\n)+": servers,
            "/etc/ssl/certs/quiz.pem": str(certificate),
            "/etc/ssl/private/quiz.key": str(key),
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
        }.items():
            text = fitted(text, pattern, put)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        around = "".join(f"{kind}_temp_path {self.folder / kind};\n" for kind in kinds)
        user = "user root;\n" if os.getuid() == 0 else ""
        whole = f"{user}daemon off;\npid {self.folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{around}{text}}}\n"
        (self.folder / "nginx.conf").write_text(whole, "utf-8")
        return ["-e", "stderr", "-c", str(self.folder / "nginx.conf")]

    def _caddy(self) -> list[str]:
        text = (PROJECT / "deploy/Caddyfile").read_text("utf-8")
        text = fitted(text, r"dynamic a app 8000 \{\n.*\n\t\t\}", f"to {' '.join(self.servers)}")
        if version(self.program) < (2, 7):
            text = fitted(text, r"request_buffers \w+", "buffer_requests")
        around = "\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n"
        ports = f"\thttp_port {self.plain_port}\n\thttps_port {self.port}\n"
        (self.folder / "Caddyfile").write_text(f"{{\n{around}{ports}}}\n{text}", "utf-8")
        return ["run", "--config", str(self.folder / "Caddyfile"), "--adapter", "caddyfile"]


def fitted(text: str, pattern: str, put: str) -> str:
    """Fit the one place of a text that speaks of other machines."""
    changed, count = re.subn(pattern, put, text)
    assert count == 1, f"{pattern} stands {count} times"
    return changed


def version(caddy: Path) -> tuple[int, ...]:
    """Ask Caddy for its version."""
    said = subprocess.run([caddy, "version"], capture_output=True, check=True).stdout
    return tuple(int(number) for number in re.findall(rb"\d+", said)[:3])


def free_ports(count: int) -> list[int]:
    """Return ports on which nobody listens."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


class Echo(BaseHTTPRequestHandler):
    """Tells what it was sent; nothing of Dateline."""

    def do_GET(self) -> None:
        """Answer with the headers of the request."""
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[int]:
    """Return the port of a server that tells what it was sent."""
    with HTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def servers(serve: Callable[..., Any]) -> list[Any]:
    """Return two servers behind a proxy, started at once."""
    made = [serve("--workers", "1", "--drain", str(DRAIN_SECONDS)) for _ in range(2)]
    for server in made:
        server.environment = server.environment | {
            "QUIZAPP_TRUSTED_HOSTS": f"{HOST},127.0.0.1",
            "QUIZAPP_TRUSTED_PROXIES": "1",
            "QUIZAPP_SECURE_COOKIES": "true",
        }
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda server: server.start(), made))
    return made


@pytest.fixture(params=["nginx", "caddy"])
def program(request: pytest.FixtureRequest) -> Path:
    """Return where a proxy is installed."""
    found = shutil.which(request.param, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.skip(f"{request.param} is not installed")
    return Path(found)


@pytest.fixture
def _sends_again(program: Path) -> None:
    """Pass over a proxy that loses forms, as an older Caddy does."""
    if program.name == "caddy" and (told := version(program)) < CADDY_THAT_SENDS_AGAIN:
        pytest.skip(f"Caddy {'.'.join(map(str, told))} is older than the Caddyfile asks for")


@pytest.fixture
def front(program: Path, tmp_path: Path, browser: type[Any]) -> Iterator[Callable[..., Proxy]]:
    """Return a function that starts a proxy in front of ports."""
    proxies: list[Proxy] = []

    def make(*ports: int) -> Proxy:
        proxy = Proxy(program, tmp_path, list(ports))
        proxies.append(proxy)
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end and proxy.process.poll() is None:
            try:
                assert browser(proxy.port, HOST).get("/healthz").status == 404
            except OSError:
                time.sleep(0.05)
            else:
                return proxy
        raise AssertionError(proxy.log.read_text("utf-8"))

    yield make
    for proxy in proxies:
        proxy.process.send_signal(signal.SIGTERM)
        proxy.process.wait(timeout=20)


def test_nothing_that_a_browser_claims_about_itself_is_passed_on(
    front: Callable[..., Proxy], echo: int, browser: type[Any]
) -> None:
    visitor = browser(front(echo).port, HOST)
    visitor.headers = CLAIMS

    passed = visitor.get("/").text

    told = dict(line.split(": ", 1) for line in passed.splitlines() if ": " in line)
    assert [claim for claim in CLAIMS.values() if claim in told.values()] == []
    assert (told["Host"], told["X-Forwarded-Host"]) == (HOST, HOST)
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert re.fullmatch(r"[0-9A-Za-z_-]{8,64}", told["X-Request-Id"])
    assert [visitor.get(path).status for path in ("/healthz", "/%72eadyz", "//metrics")] == [404] * 3


@pytest.mark.parametrize("serve", ["sqlite"], indirect=True)
def test_a_visit_is_the_same_through_a_proxy(
    servers: list[Any], front: Callable[..., Proxy], browser: type[Any], student: type[Any]
) -> None:
    proxy = front(*(server.port for server in servers))
    somebody = student(browser(proxy.port, HOST), 0)
    visitor = somebody.browser

    # Plain HTTP leads to TLS, with the whole address.
    plain = HTTPConnection("127.0.0.1", proxy.plain_port, timeout=20)
    plain.request("GET", "/about?a=1", headers={"Host": HOST})
    moved = plain.getresponse()
    plain.close()
    assert moved.status in {301, 308}
    assert re.fullmatch(rf"https://{re.escape(HOST)}(:\d+)?/about\?a=1", moved.headers["Location"])

    # An account and a whole quiz.
    form = visitor.get("/signup").form("")
    signed = visitor.post("/signup", [*form.hidden.items(), ("username", "Amina"), ("password", LONG)])
    cookies = signed.headers.get_all("Set-Cookie")
    assert signed.status == 303
    assert all(cookie.startswith("__Host-") and "; Secure; HttpOnly; Path=/" in cookie for cookie in cookies)
    while len(somebody.acknowledged) < 10:
        somebody.answer_one()
    assert somebody.unexpected == []
    assert "of 10</span>" in visitor.get(f"/a/{somebody.acknowledged[0][0]}/done").text

    # Headers, and what is too much.
    home = visitor.get("/")
    assert home.headers["Strict-Transport-Security"]
    assert not re.search(r"\d\.\d", home.headers["Server"])
    static = visitor.get(re.findall(r'(?:href|src)="(/static/[^"]+)"', home.text)[0])
    assert "immutable" in static.headers["Cache-Control"]
    head = visitor.read(visitor.send("HEAD", "/"))
    assert (head.status, head.text) == (200, "")
    assert int(head.headers["Content-Length"]) > 1000
    assert visitor.get(f"/?a={'a' * 7000}").status == 200
    refused = visitor.post("/theme", [("much", "a" * 1_500_000)])
    assert refused.status == 413
    assert "at most 1 MiB in one form" in refused.text


@pytest.mark.usefixtures("_sends_again")
@pytest.mark.parametrize("serve", ["sqlite"], indirect=True)
def test_nobody_notices_a_server_that_is_killed_or_restarted(
    servers: list[Any], front: Callable[..., Proxy], browser: type[Any], student: type[Any]
) -> None:
    proxy = front(*(server.port for server in servers))
    students = [student(browser(proxy.port, HOST), number) for number in range(STUDENTS)]
    stop = threading.Event()

    with ThreadPoolExecutor(STUDENTS) as pool:
        running = [pool.submit(each.answer_until, stop) for each in students]
        try:
            killed, restarted = servers
            time.sleep(0.5)
            killed.kill()
            time.sleep(0.5)
            killed.start()
            restarted.process.send_signal(signal.SIGTERM)
            assert restarted.process.wait(timeout=20) == 0
            restarted.start()
            time.sleep(0.5)
        finally:
            stop.set()
        for each in running:
            each.result()

    assert [fault for each in students for fault in each.unexpected] == []
    assert min(len(each.acknowledged) for each in students) > 1
