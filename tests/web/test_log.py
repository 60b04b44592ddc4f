"""What the log tells, and what it never tells."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from quizapp.web.log import JsonLine, TextLine

Make = Callable[..., Any]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return a function that returns the lines of the log so far."""
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records]


def test_a_failed_sign_in_is_noted_without_name_or_password(
    client: FlaskClient, lines: Callable[[], list[str]]
) -> None:
    answer = client.post("/signin", data={"username": "Amina", "password": "my secret words"})

    assert lines() == [f"failed sign-in by person nobody, request {answer.headers['X-Request-Id']}"]


def test_a_refused_access_is_noted(
    client: FlaskClient, make_person: Make, sign_in: Make, lines: Callable[[], list[str]]
) -> None:
    student = make_person("Amina")

    sign_in(client, student).get("/teach")

    assert lines()[0].startswith(f"access to teach.home refused by person {student.id}, request ")


def test_exports_and_role_changes_are_noted(
    client: FlaskClient, make_person: Make, sign_in: Make, lines: Callable[[], list[str]]
) -> None:
    root, student = make_person("Mr Root", role="administrator"), make_person("Amina")
    sign_in(client, root)

    client.get("/teach/scores.csv")
    client.post(f"/admin/people/{student.id}", data={"do": "teacher"})

    assert [line.split(f" by person {root.id}")[0] for line in lines()] == [
        "export of scores",
        f"person {student.id} made a teacher",
        f"new link for person {student.id}",
    ]


# How lines look


@pytest.fixture
def written(make_app: Make) -> Callable[..., tuple[FlaskClient, Callable[[], list[str]]]]:
    """Return a function that makes a browser and a function which returns the lines that its app has written."""

    def make(**settings: Any) -> tuple[FlaskClient, Callable[[], list[str]]]:
        app = make_app(**settings)
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(JsonLine() if app.config["LOG_FORMAT"] == "json" else TextLine())
        app.logger.addHandler(handler)
        return app.test_client(), lambda: stream.getvalue().splitlines()

    return make


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    """Take the handlers of a test off again; the logger is one for all apps."""
    logger = logging.getLogger("quizapp")
    before = list(logger.handlers)
    yield
    logger.handlers = before


def test_a_line_of_json_says_when_who_and_in_which_request(written: Make) -> None:
    client, lines = written(LOG_FORMAT="json")

    answer = client.post("/signin", data={"username": "Amina", "password": "my secret words"})

    line = json.loads(lines()[0])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {
        "level": "info",
        "event": "failed sign-in",
        "user_id": None,
        "request_id": answer.headers["X-Request-Id"],
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_nobody_writes_a_line_of_their_own(written: Make, form: str) -> None:
    client, lines = written(LOG_FORMAT=form)
    forged = "x\r\n2026-01-01T00:00:00Z INFO person 1 made an administrator\x1b[2J\u2028\x85"

    client.application.logger.error("request: %s", forged)

    assert len(lines()) == 1
    assert lines()[0].isprintable()


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_failing_request_tells_its_endpoint_and_not_its_address(written: Make, form: str) -> None:
    client, lines = written(LOG_FORMAT=form, PROPAGATE_EXCEPTIONS=False)
    client.application.view_functions["account.reset"] = lambda token: 1 / 0

    client.get("/reset/a-secret-token")

    assert "account.reset" in "".join(lines())
    assert "a-secret-token" not in "".join(lines())


def test_a_failing_database_repeats_nothing_that_was_typed(written: Make, tmp_path: Path) -> None:
    client, lines = written(DATABASE_URL=f"sqlite:///{tmp_path / 'without-tables.sqlite'}")

    answer = client.post("/signin", data={"username": "Amina Kent", "password": "my secret words"})

    assert answer.status_code == 503
    assert "no such table" in lines()[0]
    assert not any(typed in lines()[0].lower() for typed in ("amina", "kent", "secret words"))


def test_requests_are_written_down_only_where_that_is_wanted(written: Make) -> None:
    quiet, unsaid = written()
    quiet.get("/about")
    before = unsaid()
    client, lines = written(ACCESS_LOG=True)

    answer = client.get("/about")
    client.get("/healthz")

    assert before == []
    assert len(lines()) == 1
    assert re.search(
        rf" INFO GET /about 200 in \d+\.\d ms by person unknown, request {answer.headers['X-Request-Id']}$", lines()[0]
    )


def test_the_access_log_names_the_person_and_not_the_address(written: Make, make_person: Make, sign_in: Make) -> None:
    client, lines = written(ACCESS_LOG=True, LOG_FORMAT="json")
    person = make_person("Ana")

    sign_in(client, person).get("/a/a-private-name")

    line = json.loads(lines()[-1])
    assert (line["event"], line["route"], line["status"], line["user_id"]) == (
        "request",
        "/a/<public_id>",
        404,
        person.id,
    )
    assert "a-private-name" not in lines()[-1]
