"""What the log tells, and what it never tells."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

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
