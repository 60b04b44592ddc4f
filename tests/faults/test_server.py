"""The server is killed, or its disk is full: what was acknowledged is there, once, and marked right."""

import http.client
import os
import random
import signal
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from quizapp.question_types import encode_response
from quizapp.store.questions import decoded
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Person, QuestionRevision
from quizapp.web.result import points

resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")

STUDENTS = 24
ROUNDS = 6
SEED = 20251123
READY_SECONDS = 3.0
# The students and the server alone want two to four; CI runs other long tests beside them.
BUSY = 6.0
ROOM = 100_000

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups to kill"),
]


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of which a student was told that it is kept: where it belongs, and what was sent."""

    public_id: str
    position: int
    fields: list[tuple[str, str]]


class Refused(Exception):
    """The server did not do what a student asked for; ``page`` says why."""

    def __init__(self, page: Any) -> None:
        super().__init__(f"{page.status}: {page.text[:200]}")
        self.page = page


class Student:
    """Somebody who answers question after question, each with a double click, until the server is gone."""

    def __init__(self, browser: Any, seed: str) -> None:
        self.browser = browser
        self.rng = random.Random(seed)
        self.address = ""
        self.acknowledged: list[Acknowledged] = []
        self.unexpected: list[str] = []

    def answer_until_it_dies(self) -> None:
        """Go on until a connection breaks."""
        try:
            while True:
                self.answer_one()
        except (OSError, http.client.HTTPException):
            return

    def answer(self, count: int) -> None:
        """Answer some questions, or end a quiz."""
        for _ in range(count):
            self.answer_one()

    def answer_one(self) -> None:
        """Answer the next open question, in a new quiz where the last one is done."""
        if not self.address:
            form = self.browser.get("/q/all").form("/q/all")
            started = self.expect(self.browser.post_twice("/q/all", list(form.hidden.items())), 303)
            self.address = started.location
        resumed = self.browser.get(self.address)
        if resumed.location.endswith("/done"):
            self.address = ""
            return
        form = self.browser.get(resumed.location).form(resumed.location)
        fields = form.filled(self.rng)
        told = self.browser.post_twice(resumed.location, fields)
        if all(page.status == 422 for page in told):
            fields = [*form.hidden.items(), ("skip", "1")]
            told = self.browser.post_twice(resumed.location, fields)
        page = self.expect(told, 303)
        assert page.location == resumed.location, f"sent to {page.location}"
        _, _, public_id, position = resumed.location.split("/")
        self.acknowledged.append(Acknowledged(public_id=public_id, position=int(position), fields=fields))

    def expect(self, pages: list[Any], status: int) -> Any:
        """Return the first answer, and note every one that has another status."""
        self.unexpected += [f"{page.status}: {page.text[:200]}" for page in pages if page.status != status]
        found = [page for page in pages if page.status == status]
        if not found:
            raise Refused(pages[0])
        return found[0]


def test_nothing_acknowledged_is_lost_doubled_or_marked_wrongly(
    serve: Callable[..., Any], browser: type[Any], record_property: Callable[[str, object], None]
) -> None:
    server = serve("--workers", "2")
    students = [Student(browser(server.port), f"{SEED}:{number}") for number in range(STUDENTS)]
    rng = random.Random(SEED)
    server.start()
    ready: list[float] = []

    for _ in range(ROUNDS):
        with ThreadPoolExecutor(STUDENTS) as pool:
            running = [pool.submit(student.answer_until_it_dies) for student in students]
            time.sleep(rng.uniform(1.0, 3.0))
            server.kill(signal.SIGKILL)
            for each in running:
                each.result()
        ready.append(server.start())

    assert [fault for student in students for fault in student.unexpected] == []
    kept = [each for student in students for each in student.acknowledged]
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    record_property(
        "measured",
        f"{len(kept)} acknowledged, {ROUNDS} kills, ready after {', '.join(f'{each:.2f}' for each in ready)} s; "
        f"{load:.1f} programs wanted each core: the time is {'judged' if load <= BUSY else 'too crowded to judge'}",
    )
    engine = create_engine(server.environment["QUIZAPP_DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))
    with Session(engine) as session:
        assert [fault for each in kept if (fault := wrong_with(session, each))] == []
        assert doubled(session) == 0
        assert session.scalar(select(func.count()).select_from(Person)) == STUDENTS
        shown = {address: student for student in students for address in addresses(student)}
        assert [
            public_id
            for public_id, student in shown.items()
            if f">{score(session, public_id)} of 10</span>" not in student.browser.get(f"/a/{public_id}/done").text
        ] == []
    engine.dispose()
    assert len(kept) > STUDENTS
    assert load > BUSY or statistics.median(ready) <= READY_SECONDS


@pytest.mark.parametrize("serve", ["sqlite"], indirect=True)
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits the files of another process")
def test_a_disk_that_is_full_for_a_while_loses_nothing(
    serve: Callable[..., Any], browser: type[Any], tmp_path: Path
) -> None:
    server = serve("--workers", "2")
    server.start()
    student = Student(browser(server.port), f"{SEED}:full")
    student.answer(3)

    limit_files(server, (tmp_path / "instance" / "dateline.sqlite-wal").stat().st_size + ROOM)
    with pytest.raises(Refused) as refused:
        student.answer(1000)
    before = len(student.acknowledged)
    limit_files(server, resource.RLIM_INFINITY)
    student.answer(3)

    assert refused.value.page.status == 503
    assert refused.value.page.headers["Retry-After"]
    assert "The server cannot store anything at the moment." in refused.value.page.text
    assert len(student.acknowledged) > before
    engine = create_engine(server.environment["QUIZAPP_DATABASE_URL"])
    with Session(engine) as session:
        assert [fault for each in student.acknowledged if (fault := wrong_with(session, each))] == []
        assert session.scalar(select(func.count()).select_from(Answer)) == len(student.acknowledged)
    engine.dispose()


def limit_files(server: Any, size: int) -> None:
    """Let no file of the server's processes grow beyond a size: the system refuses what is written after it."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError):
            if os.getpgid(int(process.name)) == server.process.pid:
                resource.prlimit(int(process.name), resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def wrong_with(session: Session, told: Acknowledged) -> str:
    """Say what is wrong with the row of an acknowledged answer, or nothing."""
    rows = session.execute(
        select(Answer.status, Answer.response, Answer.fraction, QuestionRevision.body)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(
            AttemptQuestion,
            (AttemptQuestion.attempt_id == Attempt.id) & (AttemptQuestion.question_id == Answer.question_id),
        )
        .join(QuestionRevision, QuestionRevision.id == AttemptQuestion.revision_id)
        .where(Attempt.public_id == told.public_id, AttemptQuestion.position == told.position)
    ).all()
    if len(rows) != 1:
        return f"{told.public_id}/{told.position} has {len(rows)} rows"
    (row,) = rows
    if ("skip", "1") in told.fields:
        return "" if (row.status, row.response, row.fraction) == ("skipped", None, 0) else f"{told} is not skipped"
    question: Any = decoded(row.body)
    response = question.parse(MultiDict(told.fields))
    wanted = ("answered", encode_response(question, response), question.grade(response).fraction)
    return "" if (row.status, row.response, row.fraction) == wanted else f"{told} became {row}, not {wanted}"


def doubled(session: Session) -> int:
    """Count the answers that an attempt has more than once."""
    pairs = select(Answer.attempt_id).group_by(Answer.attempt_id, Answer.question_id).having(func.count() > 1)
    return session.scalar(select(func.count()).select_from(pairs.subquery())) or 0


def addresses(student: Student) -> set[str]:
    """Return the attempts of a student."""
    return {each.public_id for each in student.acknowledged}


def score(session: Session, public_id: str) -> str:
    """Add up the rows of an attempt, as the results page writes it."""
    total = session.scalar(select(func.sum(Answer.fraction)).join(Attempt).where(Attempt.public_id == public_id))
    return points(total or 0.0)
