"""Files that are made for a teacher: whole or an error page, and nobody who answers waits for them."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.core.report import AnswerRow, ScoreRow
from quizapp.store import turns
from quizapp.store.tables import Attempt, AttemptQuestion, Person, QuestionRevision
from quizapp.web import download
from quizapp.web.download import Places

Make = Callable[..., Any]
SCORES = "/teach/scores.csv"
ANSWERS = "/teach/answers.csv"
ATTEMPTS = 300


@pytest.fixture
def school(session: Session, publish: Make, make_question: Make, now: Any) -> None:
    """Fill the database with attempts that reached none of their questions."""
    publish(make_question("q1", stem='Which =city; is "it",\nin Kenya?'))
    revision = session.query(QuestionRevision).one()
    people = [
        {"id": id, "role": "guest", "nickname": f"=Guest, {id}", "created_at": now} for id in range(1, ATTEMPTS + 1)
    ]
    values = {"quiz": "all", "title": "All", "name": "", "seed": "s", "start_key": "k", "started_at": now}
    session.execute(insert(Person), people)
    session.execute(
        insert(Attempt),
        [values | {"id": one["id"], "person_id": one["id"], "public_id": f"a{one['id']}"} for one in people],
    )
    pinned = {"position": 1, "question_id": "q1", "revision_id": revision.id}
    session.execute(insert(AttemptQuestion), [pinned | {"attempt_id": one["id"]} for one in people])
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql("SELECT setval('person_id_seq', 1000)")
        session.commit()


@pytest.fixture
def teacher(school: None, app: Flask, make_person: Make, sign_in: Make) -> FlaskClient:
    """Return a teacher's browser, which gets a page where a view fails."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return sign_in(app.test_client(), make_person("Ms Ono", role="teacher"))


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test places of its own."""
    monkeypatch.setattr(download, "making", Places(1))
    monkeypatch.setattr(download, "sending", Places(2))
    monkeypatch.setattr(turns, "working", turns.Turns(2))


@pytest.fixture
def slowly(teacher: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], TestResponse]]:
    """Return a function that begins a download and takes no more than its first part."""
    monkeypatch.setattr(download, "PART", 1000)
    begun: list[TestResponse] = []

    def slowly() -> TestResponse:
        begun.append(teacher.get(ANSWERS))
        return begun[-1]

    yield slowly
    for response in begun:
        response.close()


def free(places: Places) -> int:
    return places._free.qsize()


@pytest.mark.parametrize(("path", "row"), [(SCORES, ScoreRow), (ANSWERS, AnswerRow)])
def test_a_file_is_valid_csv_of_the_length_that_was_announced(teacher: FlaskClient, path: str, row: Any) -> None:
    answer = teacher.get(path)

    header, *rows = csv.reader(io.StringIO(answer.text, newline=""), strict=True)
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert (tuple(header), len(rows), {len(cells) for cells in rows}) == (
        row.__struct_fields__, ATTEMPTS, {len(header)}
    )  # fmt: skip


def test_a_head_request_gets_the_length_and_leaves_nothing_behind(teacher: FlaskClient) -> None:
    answer = teacher.head(SCORES)
    answer.close()

    assert int(answer.headers["Content-Length"]) == len(teacher.get(SCORES).data)
    assert free(download.sending) == 2


def test_a_failure_near_the_end_is_a_page_and_no_part_of_a_file(teacher: FlaskClient, session: Session) -> None:
    session.execute(update(QuestionRevision).values(body="{"))
    session.commit()

    answer = teacher.get(ANSWERS)

    assert answer.status_code == 500
    assert answer.content_type.startswith("text/html")
    assert "attempt_id" not in answer.text
    assert (free(download.making), free(download.sending)) == (1, 2)


def test_who_takes_a_file_slowly_holds_no_place_of_those_who_work(slowly: Callable[[], TestResponse]) -> None:
    slowly()

    assert turns.working._free == 2
    assert free(download.making) == 1


def test_no_more_than_some_are_sent_at_once_and_an_end_makes_room(
    slowly: Callable[[], TestResponse], teacher: FlaskClient
) -> None:
    first, _ = slowly(), slowly()

    refused = teacher.get(SCORES)
    first.close()
    taken = teacher.get(SCORES)

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "Others are downloading just now." in refused.text
    assert taken.status_code == 200


def test_a_file_that_nobody_takes_to_its_end_is_given_up(slowly: Callable[[], TestResponse]) -> None:
    slowly().close()

    assert free(download.sending) == 2


def test_who_waits_to_make_a_file_lets_others_answer(
    teacher: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "working", turns.Turns(1))

    with ThreadPoolExecutor(1) as pool:
        with download.making.held(seconds=0):
            waiting = pool.submit(teacher.get, SCORES)
            while free(download.sending) == 2:
                assert not waiting.done()
            assert app.test_client().get("/about").status_code == 200
        assert waiting.result(10).status_code == 200


def test_who_waits_too_long_to_make_a_file_is_asked_to_come_back(
    teacher: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "WAIT_SECONDS", 0.01)

    with download.making.held(seconds=0):
        answer = teacher.get(SCORES)

    assert (answer.status_code, free(download.sending)) == (503, 2)


def test_a_file_that_takes_too_long_to_make_is_given_up(teacher: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAKE_SECONDS", -1)

    answer = teacher.get(ANSWERS)

    assert answer.status_code == 503
    assert "quizapp scores export" in answer.text


def test_a_file_that_finds_no_room_is_given_up(
    teacher: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(download, "IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    answer = teacher.get(ANSWERS)

    assert answer.status_code == 503
    assert "The server has no room to make this file." in answer.text
    assert (free(download.making), free(download.sending)) == (1, 2)


def test_a_student_is_refused_before_anything_is_made(app: Flask, make_person: Make, sign_in: Make) -> None:
    with download.making.held(seconds=0):
        answer = sign_in(app.test_client(), make_person("Amina")).get(ANSWERS)

    assert answer.status_code == 403
