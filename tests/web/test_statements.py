"""How often a request asks the database, whatever the size of quiz, class or bank."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from quizapp.extensions import db
from quizapp.store import attempts

Make = Callable[..., Any]
STATEMENTS_OF_A_START = 11


class Asked:
    """What was sent to the database: its statements, and how often something was committed."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.statements: list[str] = []
        self.commits = 0


Watch = Callable[[], AbstractContextManager[Asked]]


@pytest.fixture
def watch(app: Flask) -> Watch:
    """Return a context in which the app's statements and commits are counted."""

    @contextmanager
    def watch() -> Iterator[Asked]:
        asked = Asked()
        with app.app_context():
            engine = db.engine

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.statements.append(statement)

        def count(_connection: Any) -> None:
            asked.commits += 1

        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "commit", count)
        yield asked
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", count)

    return watch


@pytest.fixture(params=[(1, 0, 0), (30, 0, 0), (3, 40, 60)], ids=["one question", "long quiz", "large class and bank"])
def taken(
    request: pytest.FixtureRequest,
    session: Session,
    publish: Make,
    make_question: Make,
    make_person: Make,
    client: FlaskClient,
    sign_in: Make,
    now: datetime.datetime,
) -> str:
    """Return the address of the attempt of whoever is signed in, in a class and a bank of some size."""
    length, classmates, others = request.param
    drawn = [make_question(f"q{number}") for number in range(length)]
    publish(*drawn, *(make_question(f"other{number}") for number in range(others)))

    def start(person: Any) -> str:
        attempt = attempts.start_attempt(
            session, person_id=person.id, quiz="all", title="All", questions=drawn, start_key="k", now=now
        )
        session.commit()
        return f"/a/{attempt.public_id}"

    for _ in range(classmates):
        start(make_person())
    student = make_person("Ana")
    sign_in(client, student)
    return start(student)


def test_a_question_page_asks_three_times_at_most(client: FlaskClient, watch: Watch, taken: str) -> None:
    with watch() as asked:
        page = client.get(f"{taken}/1")

    assert page.status_code == 200
    assert len(asked.statements) <= 3, asked.statements
    assert asked.commits == 0


def test_an_answer_asks_four_times_at_most_and_commits_once(
    client: FlaskClient, watch: Watch, taken: str, make_question: Make
) -> None:
    key = make_question("q0").solution()

    with watch() as asked:
        answer = client.post(f"{taken}/1", data={"choice": key})

    assert answer.status_code == 303
    assert len(asked.statements) <= 4, asked.statements
    assert asked.commits == 1


def test_an_answer_that_is_sent_again_commits_nothing(
    client: FlaskClient, watch: Watch, taken: str, make_question: Make
) -> None:
    key = make_question("q0").solution()
    client.post(f"{taken}/1", data={"choice": key})

    with watch() as asked:
        client.post(f"{taken}/1", data={"choice": key})

    assert len(asked.statements) <= 4, asked.statements
    assert asked.commits == 0


def test_a_feedback_page_asks_five_times_at_most(
    client: FlaskClient, watch: Watch, taken: str, make_question: Make
) -> None:
    client.post(f"{taken}/1", data={"choice": make_question("q0").solution()})

    with watch() as asked:
        page = client.get(f"{taken}/1")

    assert page.status_code == 200
    assert len(asked.statements) <= 5, asked.statements


def test_a_start_asks_as_often_whatever_quiz_class_and_bank(client: FlaskClient, watch: Watch, taken: str) -> None:
    with watch() as asked:
        answer = client.post("/q/africa", data={"start_key": "another", "name": "Ana"})

    assert answer.status_code == 303
    assert len(asked.statements) <= STATEMENTS_OF_A_START, asked.statements
    assert asked.commits == 1
