"""A download from a running server is whole, or the browser sees that it is not; who takes it slowly stops nobody."""

import datetime
import http.client
import os
import random
import re
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.orm import Session

from quizapp.store.tables import Attempt, AttemptQuestion, Person, QuestionRevision

ATTEMPTS = 4000
DRAWN = 10
WITHIN = 10.0
FIRST = b"attempt_id"
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/setup/\S+)")
NAMELESS = re.compile(r"/#\d+ \(deleted\)$")
IDLE = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in%'"
)
NOW = datetime.datetime(2025, 11, 23, tzinfo=datetime.UTC)

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


def fill(session: Session) -> None:
    """Add attempts that reached none of their questions: rows for a file of some 14 MB, more than sockets hold."""
    asked = session.execute(select(QuestionRevision.question_id, QuestionRevision.id)).all()
    dice = random.Random(1)
    session.execute(insert(Person).values(id=1000, role="guest", nickname="Guest", created_at=NOW))
    values = {"person_id": 1000, "quiz": "all", "title": "All", "name": "", "seed": "s", "started_at": NOW}
    ids = range(1000, 1000 + ATTEMPTS)
    session.execute(
        insert(Attempt), [values | {"id": id, "public_id": secrets.token_hex(12), "start_key": str(id)} for id in ids]
    )
    session.execute(
        insert(AttemptQuestion),
        [
            {"attempt_id": id, "position": position, "question_id": question_id, "revision_id": revision_id}
            for id in ids
            for position, (question_id, revision_id) in enumerate(dice.sample(asked, DRAWN), start=1)
        ],
    )
    session.commit()


@contextmanager
def begun(browser: Any) -> Iterator[http.client.HTTPResponse]:
    """Ask for the answers as somebody with a slow line, who has taken the first word and hangs up in the end."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", browser.port))
        connection = http.client.HTTPConnection("127.0.0.1", browser.port)
        connection.sock = line
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        connection.request("GET", "/teach/answers.csv", headers={"Cookie": cookies})
        with connection.getresponse() as response:
            assert response.status == 200
            assert response.read(len(FIRST)) == FIRST
            yield response


def kept_files(server: Any) -> list[Path]:
    """List the files without a name that the processes of a server have open."""
    pids = [server.process.pid]
    for pid in pids:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            pids += [int(child) for child in children.read_text().split()]
    return [link for pid in pids for link in Path(f"/proc/{pid}/fd").iterdir() if NAMELESS.search(target(link))]


def target(link: Path) -> str:
    """Return what a descriptor is of; nothing for one that has been closed meanwhile."""
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""


def invitation(server: Any) -> str:
    """Return the path that makes the first teacher, which a server prints soon after its first answer."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if found := LINK.search(server.log.read_text("utf-8")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(server.log.read_text("utf-8"))


def test_a_download_is_whole_or_broken_and_leaves_nothing(serve: Callable[..., Any], browser: type[Any]) -> None:
    server = serve("--workers", "1")
    server.start()
    teacher = browser(server.port)
    link = invitation(server)
    names = [("username", "Ms Ono"), ("password", "a long sentence of a teacher")]
    assert teacher.post(link, [*teacher.get(link).form("").hidden.items(), *names]).status == 303
    url = server.environment["QUIZAPP_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with Session(engine) as session:
        fill(session)

        # Whoever takes it slowly holds nothing of the database, and gets all of it.
        with begun(teacher) as response:
            length = int(response.headers["Content-Length"])
            assert length > 10_000_000
            assert len(kept_files(server)) == 1
            if engine.dialect.name == "sqlite":
                assert session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0] == 0
            else:
                assert session.scalar(IDLE) == 0
            assert browser(server.port).get("/").status == 200
            assert len(response.read()) == length - len(FIRST)
    engine.dispose()

    # Whoever hangs up leaves no file behind.
    with begun(teacher):
        assert len(kept_files(server)) == 1
    until = time.monotonic() + WITHIN
    while kept_files(server):
        assert time.monotonic() < until
        time.sleep(0.05)

    # A file that cannot be read to its end breaks the line, and so does the end of the server.
    with begun(teacher) as damaged:
        os.truncate(kept_files(server)[0], 1000)
        with pytest.raises(http.client.IncompleteRead):
            damaged.read()
    with begun(teacher) as killed:
        server.kill()
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            killed.read()
