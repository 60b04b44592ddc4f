"""A server of its own that can be killed, and browsers that speak HTTP with it."""

import http.client
import os
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest

from quizapp.config import PROJECT

STARTS_WITHIN = 60.0
LOOKS_EVERY = 0.02
ANSWERS_WITHIN = 30.0
SEED = 20251123

Fields = list[tuple[str, str]]


def free_port() -> int:
    """Return a port that is free, and that no connection takes while its server is down.

    Linux gives connections ports from 32,768 on: https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html
    """
    while True:
        port = 12_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Server:
    """``quizapp serve`` in a process group of its own."""

    def __init__(self, environment: dict[str, str], log: Path, *arguments: str) -> None:
        self.port = free_port()
        self.environment = environment
        self.arguments = arguments
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it, and return the seconds until its first page was there."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "quizapp", "serve", "--port", str(self.port), *self.arguments],
                cwd=PROJECT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        while time.monotonic() < began + STARTS_WITHIN:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            try:
                if Browser(self.port).get("/").status == 200:
                    return time.monotonic() - began
            except OSError:
                time.sleep(LOOKS_EVERY)
        raise AssertionError(self.log.read_text("utf-8"))

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to every process of the server at once, and wait until it has ended."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(timeout=20)


class Page:
    """An answer to a request: status, where it leads, and the forms of the page."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.location = response.getheader("Location") or ""
        self.headers = response.headers
        self.text = response.read().decode("utf-8")

    def form(self, action: str) -> "Form":
        """Return the form that is sent to an address."""
        reader = FormReader(action)
        reader.feed(self.text)
        return reader.form


class Form:
    """The fields of a form as they stand, and those that a person chooses among."""

    def __init__(self) -> None:
        self.hidden: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.selects: dict[str, list[str]] = {}
        self.texts: list[str] = []

    def filled(self, rng: Random) -> Fields:
        """Fill it in by chance, so that it can be sent."""
        fields = list(self.hidden.items())
        for name, values in self.choices.items():
            fields.append((name, rng.choice(values)))
        for name, values in self.selects.items():
            fields.append((name, rng.choice(values)))
        places = [str(place) for place in range(1, len(self.texts) + 1)]
        rng.shuffle(places)
        return [*fields, *zip(self.texts, places, strict=True)]


class FormReader(HTMLParser):
    """Reads the one form with the given action; one without is sent to the page's own address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.is_inside = False
        self.select = ""
        self.form = Form()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = has.get("action", "") == self.action
        if not self.is_inside or (tag != "option" and not has.get("name")):
            return
        kind = has.get("type", "text")
        if tag == "select":
            self.select = has["name"]
            self.form.selects[self.select] = []
        elif tag == "option" and has.get("value"):
            self.form.selects[self.select].append(has["value"])
        elif tag == "input" and kind == "hidden":
            self.form.hidden[has["name"]] = has.get("value", "")
        elif tag == "input" and kind in {"radio", "checkbox"}:
            self.form.choices.setdefault(has["name"], []).append(has["value"])
        elif tag == "input" and kind == "text":
            self.form.texts.append(has["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False


class SecureConnection(http.client.HTTPSConnection):
    """TLS with the host of a name, which is this machine; its certificate is believed."""

    def __init__(self, host: str, port: int) -> None:
        trust = ssl.create_default_context()
        trust.check_hostname = False
        trust.verify_mode = ssl.CERT_NONE
        self.trust = trust
        super().__init__(host, port, timeout=ANSWERS_WITHIN, context=trust)

    def connect(self) -> None:
        """Connect to this machine, and call it by the name."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
        self.sock = self.trust.wrap_socket(plain, server_hostname=self.host)


class Browser:
    """A browser with cookies, and a connection for each request; with the name of a host it speaks TLS."""

    def __init__(self, port: int, host: str = "") -> None:
        self.port = port
        self.host = host
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Page:
        """Ask for a page."""
        return self.read(self.send("GET", path))

    def post(self, path: str, fields: Fields) -> Page:
        """Send a form."""
        return self.read(self.send("POST", path, fields))

    def post_twice(self, path: str, fields: Fields) -> list[Page]:
        """Send a form twice before the first answer is there, as a double click does."""
        sent = [self.send("POST", path, fields)]
        try:
            sent.append(self.send("POST", path, fields))
        except OSError:
            sent[0].close()
            raise
        pages: list[Page] = []
        lost: Exception | None = None
        for connection in sent:
            try:
                pages.append(self.read(connection))
            except (OSError, http.client.HTTPException) as error:
                lost = error
        if not pages and lost is not None:
            raise lost
        return pages

    def send(self, method: str, path: str, fields: Fields | None = None) -> http.client.HTTPConnection:
        """Send a request and return the connection on which its answer comes."""
        headers = self.headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERS_WITHIN)
        if self.host:
            connection = SecureConnection(self.host, self.port)
            headers |= {"Host": self.host, "Referer": f"https://{self.host}/"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        except OSError:
            connection.close()
            raise
        return connection

    def read(self, connection: http.client.HTTPConnection) -> Page:
        """Read an answer and keep its cookies."""
        try:
            response = connection.getresponse()
            for line in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return Page(response)
        finally:
            connection.close()


class Student:
    """Somebody who answers question after question until told to stop, and remembers what was acknowledged."""

    def __init__(self, browser: Browser, number: int) -> None:
        self.browser = browser
        self.rng = Random(f"{SEED}:{number}")
        self.acknowledged: list[tuple[str, int]] = []
        self.unexpected: list[str] = []
        self.address = ""

    def answer_until(self, stop: threading.Event) -> None:
        """Go on until the end."""
        while not stop.is_set():
            try:
                self.answer_one()
            except (OSError, http.client.HTTPException) as error:
                self.unexpected.append(repr(error))

    def answer_one(self) -> None:
        """Answer the next open question, in a new quiz where the last one is done."""
        if not self.address:
            form = self.get("/q/all").form("/q/all")
            self.address = self.post("/q/all", list(form.hidden.items())).location
            return
        resumed = self.get(self.address)
        if resumed.location.endswith("/done"):
            self.address = ""
            return
        question = self.get(resumed.location)
        form = question.form(resumed.location)
        told = self.browser.post(resumed.location, form.filled(self.rng))
        if told.status == 422:
            told = self.browser.post(resumed.location, [*form.hidden.items(), ("skip", "1")])
        if told.status == 303:
            _, _, public_id, position = resumed.location.split("/")
            self.acknowledged.append((public_id, int(position)))
        else:
            self.unexpected.append(f"{told.status}: {told.text[:200]}")

    def get(self, path: str) -> Page:
        """Ask for a page and note a failure."""
        return self.noted(self.browser.get(path))

    def post(self, path: str, fields: Fields) -> Page:
        """Send a form and note a failure."""
        return self.noted(self.browser.post(path, fields))

    def noted(self, page: Page) -> Page:
        """Return an answer, noted where it is none that a student should see."""
        if page.status >= 400:
            self.unexpected.append(f"{page.status}: {page.text[:200]}")
        return page


@pytest.fixture
def browser() -> type[Browser]:
    """Return what makes a browser for a port."""
    return Browser


@pytest.fixture
def student() -> type[Student]:
    """Return what makes somebody who answers by a browser."""
    return Student


@pytest.fixture(params=["sqlite", "postgresql"])
def serve(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Return a function that makes a server on an installation of its own, on either database."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QUIZAPP_")}
    environment |= {"QUIZAPP_INSTANCE": str(tmp_path / "instance")}
    url = f"sqlite:///{tmp_path / 'instance' / 'dateline.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgresql")()
    environment["QUIZAPP_DATABASE_URL"] = url
    servers: list[Server] = []

    def make(*arguments: str) -> Server:
        servers.append(Server(environment, tmp_path / "server.log", *arguments))
        return servers[-1]

    yield make
    for server in servers:
        server.kill()
