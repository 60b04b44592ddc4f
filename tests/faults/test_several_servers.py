"""Three servers behind one address share everything, and can be restarted one after another while students answer."""

import http.client
import os
import re
import select
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy import select as select_rows
from sqlalchemy.orm import Session

from quizapp.store.tables import Answer, Attempt, AttemptQuestion

SERVERS = 3
STUDENTS = 8
LOOKS_EVERY = 0.2
DRAIN_SECONDS = 2
LONG = "several words in a row"
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/setup/\S+)")

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGTERM to one process"),
]


class RoundRobin:
    """One address in front of several servers: each connection goes to the next one that is ready and takes it."""

    def __init__(self, ports: list[int]) -> None:
        self.next = cycle(ports)
        self.count = len(ports)
        self.ready = dict.fromkeys(ports, True)
        self.served: Counter[int] = Counter()
        self.lock = threading.Lock()
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        threading.Thread(target=self._look, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self.listening.close()

    def _look(self) -> None:
        """Ask every server again and again whether it is ready."""
        while self.listening.fileno() >= 0:
            for port in self.ready:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                try:
                    connection.request("GET", "/readyz")
                    self.ready[port] = connection.getresponse().status == 200
                except (OSError, http.client.HTTPException):
                    self.ready[port] = False
                finally:
                    connection.close()
            time.sleep(LOOKS_EVERY)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        with suppress(OSError), client, self._server() as server:
            for source, to in ((client, server), (server, client)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                to.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                for source in select.select([client, server], [], [])[0]:
                    data = source.recv(65_536)
                    if not data:
                        return
                    (server if source is client else client).sendall(data)

    def _server(self) -> socket.socket:
        """Connect to the next server; one that refuses is passed over, for half a minute."""
        for _ in range(300 * self.count):
            with self.lock:
                port = next(self.next)
            if not self.ready[port]:
                time.sleep(0.1 / self.count)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", port), timeout=30)
            except ConnectionRefusedError:
                time.sleep(0.1 / self.count)
                continue
            self.served[port] += 1
            return server
        raise ConnectionRefusedError


@pytest.fixture
def servers(serve: Callable[..., Any], tmp_path: Path) -> list[Any]:
    """Return three servers on one database, started at once; on PostgreSQL each is a node with a folder of its own."""
    made = [serve("--workers", "1", "--drain", str(DRAIN_SECONDS)) for _ in range(SERVERS)]
    for number, server in enumerate(made):
        server.log = tmp_path / f"server-{number}.log"
        if server.environment["QUIZAPP_DATABASE_URL"].startswith("postgresql"):
            server.environment = server.environment | {
                "QUIZAPP_INSTANCE": str(tmp_path / f"instance-{number}"),
                "QUIZAPP_SECRET_KEY": "one key that all nodes of this test share",
            }
    with ThreadPoolExecutor(SERVERS) as pool:
        list(pool.map(lambda server: server.start(), made))
    return made


@pytest.fixture
def front(servers: list[Any]) -> Iterator[RoundRobin]:
    """Return the address in front of the servers."""
    made = RoundRobin([server.port for server in servers])
    yield made
    made.close()


def sign(page: Any, username: str, password: str) -> list[tuple[str, str]]:
    """Fill in the form for name and password, which is sent to its own address."""
    return [*page.form("").hidden.items(), ("username", username), ("password", password)]


def test_three_servers_share_everything(
    servers: list[Any], front: RoundRobin, browser: type[Any], student: type[Any]
) -> None:
    first, second, third = (browser(server.port) for server in servers)
    somebody = student(browser(front.port), 0)

    # A quiz goes on, whichever server is asked.
    while len(somebody.acknowledged) < 10:
        somebody.answer_one()
    public_id = somebody.acknowledged[0][0]
    assert somebody.unexpected == []
    assert len(front.served) == SERVERS
    assert "of 10</span>" in somebody.browser.get(f"/a/{public_id}/done").text

    # A set-up link works at every server, once; the one printed last counts.
    links = {m[1] for server in servers if (m := LINK.search(server.log.read_text("utf-8")))}
    (link,) = (link for link in links if first.get(link).status == 200)
    form = sign(second.get(link), "Mr Root", "a long sentence of an administrator")
    assert second.post(link, form).status == 303
    assert third.get(link).status == 410

    # A login is known to all, and gone for all at once.
    first.post("/signup", sign(first.get("/signup"), "Amina", LONG))
    third.cookies = second.cookies = dict(first.cookies)
    assert "Account of" in third.get("/").text
    second.post("/signout", list(second.get("/").form("/theme").hidden.items()))
    assert "Account of" not in third.get("/").text

    # Ten failures are ten, wherever they were.
    guesser = browser(front.port)
    told = [guesser.post("/signin", sign(guesser.get("/signin"), "Amina", "wrong")) for _ in range(10)]
    assert {page.status for page in told} == {422}
    for server in servers:
        other = browser(server.port)
        assert other.post("/signin", sign(other.get("/signin"), "Amina", LONG)).status == 429


def test_a_rolling_restart_loses_nothing(
    servers: list[Any],
    front: RoundRobin,
    browser: type[Any],
    student: type[Any],
    record_property: Callable[[str, object], None],
) -> None:
    students = [student(browser(front.port), number) for number in range(STUDENTS)]
    stop = threading.Event()

    with ThreadPoolExecutor(STUDENTS) as pool:
        running = [pool.submit(each.answer_until, stop) for each in students]
        time.sleep(2)
        for server in servers:
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(timeout=20) == 0
            server.start()
            time.sleep(1)
        stop.set()
        for each in running:
            each.result()

    kept = [answer for each in students for answer in each.acknowledged]
    record_property("measured", f"{len(kept)} acknowledged during {SERVERS} restarts")
    assert [fault for each in students for fault in each.unexpected] == []
    assert len(kept) > STUDENTS
    assert len(set(kept)) == len(kept)
    engine = create_engine(servers[0].environment["QUIZAPP_DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))
    with Session(engine) as session:
        stored = {
            (row.public_id, row.position)
            for row in session.execute(
                select_rows(Attempt.public_id, AttemptQuestion.position)
                .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
                .join(Answer, (Answer.attempt_id == Attempt.id) & (Answer.question_id == AttemptQuestion.question_id))
            )
        }
    engine.dispose()
    assert set(kept) - stored == set()


def test_a_server_with_another_key_is_refused(serve: Callable[..., Any]) -> None:
    first, second = serve("--workers", "1"), serve("--workers", "1")
    if first.environment["QUIZAPP_DATABASE_URL"].startswith("sqlite"):
        pytest.skip("a SQLite file is served from one folder, which has one key")
    first.start()
    second.environment = second.environment | {"QUIZAPP_SECRET_KEY": "a key that no other server has been given"}

    with pytest.raises(AssertionError, match="Give all of them the same QUIZAPP_SECRET_KEY"):
        second.start()

    first.kill(signal.SIGTERM)
    second.start()
