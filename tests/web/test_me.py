"""A visitor's own account and data: seen, taken away, and deleted."""

import datetime
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from quizapp.core.question import option_key
from quizapp.core.source import Source
from quizapp.store import links, questions, roles, sources, throttle
from quizapp.store.tables import Answer, Attempt, Base, Login, Person

Make = Callable[..., Any]
Now = datetime.datetime
NEW = "another long sentence"


@pytest.fixture
def student(client: FlaskClient, make_person: Make, sign_in: Make) -> FlaskClient:
    """Return the browser of a student named Amina."""
    return sign_in(client, make_person("Amina"))


@pytest.fixture
def guest(client: FlaskClient, publish: Make, make_question: Make) -> FlaskClient:
    """Return the browser of a guest who has answered one question of two."""
    publish(make_question("q1"), make_question("q2"))
    started = client.post("/q/all", data={"start_key": "k" * 32, "name": "Zuri"})
    question_id = "q1" if "(q1)" in client.get(f"{started.location}/1").text else "q2"
    client.post(f"{started.location}/1", data={"choice": option_key(question_id, "Mombasa")})
    return client


def people_left(session: Session) -> list[str]:
    """List the roles of everybody who is there."""
    session.rollback()
    return list(session.scalars(select(Person.role).order_by(Person.id)))


def token_of(client: FlaskClient) -> str:
    """Return the token in a browser's cookie."""
    with client.session_transaction() as cookie:
        return str(cookie["_user_id"])


def test_a_guest_reads_what_is_kept(guest: FlaskClient) -> None:
    page = guest.get("/me").text

    assert "<strong>Zuri</strong>" in page
    assert "1 quiz with 1 answer:" in page
    assert "Make an account" in page


def test_a_teacher_reads_that_questions_carry_the_name(
    client: FlaskClient,
    session: Session,
    publish: Make,
    make_question: Make,
    make_person: Make,
    sign_in: Make,
    now: Any,
) -> None:
    publish(make_question())
    teacher = make_person("Ms Ono", role="teacher")
    questions.add_question(session, make_question("own-0123456789abcdef"), author_id=teacher.id, now=now)
    session.commit()

    page = sign_in(client, teacher).get("/me").text

    assert "1 question and 0 sources that you added, with your name." in page


@pytest.mark.parametrize(("days", "words"), [(0, "It is kept until you delete it."), (365, "for 365 days.")])
def test_it_is_said_how_long_things_are_kept(
    make_app: Make, make_person: Make, sign_in: Make, days: int, words: str
) -> None:
    client = sign_in(make_app(RETENTION_DAYS=days).test_client(), make_person("Amina"))

    assert words in client.get("/me").text


def test_the_menu_leads_there(guest: FlaskClient) -> None:
    assert 'href="/me"' in guest.get("/about").text


def test_whoever_is_nobody_yet_is_sent_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/me").location == "/signin?next=/me"


def test_a_new_password_ends_other_logins_and_renews_this_one(
    app: Flask, student: FlaskClient, session: Session, sign_in: Make, password: str
) -> None:
    other = sign_in(app.test_client(), session.scalars(select(Person)).one())
    before = token_of(student)

    answer = student.post("/me/password", data={"current": password, "password": NEW})

    assert (answer.status_code, answer.location) == (303, "/me")
    assert student.get("/me").status_code == 200
    assert token_of(student) != before
    assert other.get("/me").status_code == 303
    assert app.test_client().post("/signin", data={"username": "Amina", "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("not the password", NEW, "That is not the password you have now."),
        ("", NEW, "Type your password."),
        (None, "short", "at least 8 characters"),
        (None, "password", "among the first that others would guess"),
    ],
)
def test_a_password_is_not_changed_without_the_current_one_or_for_a_bad_one(
    student: FlaskClient, session: Session, password: str, current: str | None, new: str, said: str
) -> None:
    form = {"current": password if current is None else current, "password": new}

    answer = student.post("/me/password", data=form)

    assert answer.status_code == 422
    assert said in answer.text
    assert student.get("/me").status_code == 200
    assert session.scalar(select(func.count()).select_from(Login)) == 1


@pytest.mark.parametrize("path", ["/me/password", "/me/delete"])
def test_the_eleventh_wrong_password_is_told_to_wait_and_so_is_the_sign_in(
    app: Flask, student: FlaskClient, password: str, path: str
) -> None:
    for _ in range(10):
        student.post(path, data={"current": "not the password", "password": NEW})

    answer = student.post(path, data={"current": password, "password": NEW})
    entered = app.test_client().post("/signin", data={"username": "Amina", "password": password})

    assert (answer.status_code, answer.headers["Retry-After"], entered.status_code) == (429, "900", 429)


def test_a_guest_has_no_password_to_change(guest: FlaskClient) -> None:
    assert guest.get("/me/password").location == "/signup"


def test_signing_out_everywhere_ends_every_login(
    app: Flask, student: FlaskClient, session: Session, sign_in: Make
) -> None:
    other = sign_in(app.test_client(), session.scalars(select(Person)).one())

    answer = student.post("/me/signout")

    assert answer.status_code == 303
    assert [browser.get("/me").status_code for browser in (student, other)] == [303, 303]
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Login)) == 0


# The file to take away


def tables_of(name: str) -> list[tuple[Table, str]]:
    """List the tables with a foreign key to a table, each with its column."""
    return [
        (table, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == name
    ]


def texts_in(value: Any) -> set[str]:
    """Collect every text in a value of JSON, names of fields left out."""
    if isinstance(value, dict):
        return set().union(*map(texts_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts_in, value))
    return {value} if isinstance(value, str) else set()


@pytest.fixture
def full(
    client: FlaskClient,
    session: Session,
    publish: Make,
    make_question: Make,
    make_person: Make,
    sign_in: Make,
    now: Any,
) -> FlaskClient:
    """Return a teacher's browser; a row of every table refers to the teacher, and to somebody else."""
    publish(make_question("q1"), make_question("q2"), make_question("q3"))
    for name, own_id in (("Mr Else", "own-aaaaaaaaaaaaaaaa"), ("Ms Ono", "own-bbbbbbbbbbbbbbbb")):
        person = make_person(name, role="teacher")
        sign_in(client, person)
        links.reset_link(session, person, now)
        throttle.count_failure(session, person.username_key, now)
        sources.add_source(session, Source(id=own_id, label=f"of {name}"), author_id=person.id, now=now)
        questions.add_question(session, make_question(own_id), author_id=person.id, now=now)
        session.commit()
        started = client.post("/q/all", data={"start_key": "k" * 32})
        client.post(f"{started.location}/1", data={"skip": "1"})
    return client


def own(session: Session, table: Table, column: str) -> int:
    """Count the rows of a table that refer to Ms Ono."""
    session.rollback()
    person_id = session.scalars(select(Person.id).where(Person.username == "Ms Ono")).one()
    attempts = select(Attempt.id).where(Attempt.person_id == person_id)
    wanted = [person_id] if column in {"person_id", "author_id"} else attempts
    return session.scalar(select(func.count()).select_from(table).where(table.c[column].in_(wanted))) or 0


def test_the_file_holds_every_row_that_refers_to_a_person(full: FlaskClient, session: Session) -> None:
    """A new table with a foreign key to people fails this until the file holds it."""
    data = json.loads(full.get("/me/export").data)

    referring = tables_of("person")
    expected = {table.name: own(session, table, column) for table, column in referring}
    assert min(expected.values()) == 1
    assert {name: len(data.get(name, [])) for name in expected} == expected
    assert (data["person"]["username"], len(data["sign_in_failures"])) == ("Ms Ono", 1)


def test_the_file_holds_every_row_of_the_attempts_of_a_person(full: FlaskClient, session: Session) -> None:
    [attempt] = json.loads(full.get("/me/export").data)["attempt"]
    held = {
        "attempt_question": len(attempt["attempt_question"]),
        "answer": sum(1 for place in attempt["attempt_question"] if place.get("answer")),
    }

    assert held == {table.name: own(session, table, column) for table, column in tables_of("attempt")}


def test_the_file_holds_nobody_else_and_no_secret(full: FlaskClient, session: Session) -> None:
    text = full.get("/me/export").text
    person = session.scalars(select(Person).where(Person.username == "Ms Ono")).one()
    hashes = {person.password_hash, *session.scalars(select(Login.token_hash)), token_of(full)}

    assert "Else" not in text
    assert [word for word in (*hashes, "password_hash", "token_hash") if word in text] == []


def test_the_file_tells_no_key_and_nothing_of_what_was_not_asked_yet(guest: FlaskClient, session: Session) -> None:
    [attempt] = json.loads(guest.get("/me/export").data)["attempt"]
    first, second = attempt["attempt_question"]

    said = texts_in(attempt)
    assert (first["answer"]["response"], first["answer"]["fraction"]) == ("Mombasa", 0.0)
    assert not any(word in text for text in said for word in ("Nairobi", "seat of government", "main port"))
    assert second["stem"]
    assert second["answer"] is None


def test_the_file_does_not_name_an_open_question(client: FlaskClient, publish: Make, make_question: Make) -> None:
    """An id of the bank can be the answer."""
    publish(make_question("kenya-nairobi", stem="What is the capital of Kenya?"))
    client.post("/q/all", data={"start_key": "k" * 32})

    before = client.get("/me/export").text
    [attempt] = json.loads(before)["attempt"]
    client.post(f"/a/{attempt['public_id']}/1", data={"skip": "1"})

    assert "nairobi" not in before.casefold()
    assert "kenya-nairobi" in client.get("/me/export").text


def test_the_file_stops_where_the_student_does(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(*[make_question(f"q{number}") for number in range(3)])
    client.post("/q/all", data={"start_key": "k" * 32})

    [attempt] = json.loads(client.get("/me/export").data)["attempt"]

    assert [set(place) - {"position"} == set() for place in attempt["attempt_question"]] == [False, True, True]


def test_whoever_teaches_no_more_gets_no_key_of_their_own_questions(
    full: FlaskClient, session: Session, sign_in: Make
) -> None:
    as_teacher = full.get("/me/export").text
    person = session.scalars(select(Person).where(Person.username == "Ms Ono")).one()
    roles.set_role(session, person, "student")
    session.commit()

    as_student = sign_in(full, person).get("/me/export").text

    assert "main port" in as_teacher
    assert "main port" not in as_student


def test_the_file_is_downloaded_and_kept_by_no_cache(student: FlaskClient) -> None:
    answer = student.get("/me/export")

    assert answer.content_type == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="my-data_20251123T120000Z.json"')
    assert answer.headers["Cache-Control"] == "no-store"


# The end


def test_a_student_is_deleted_with_the_password(student: FlaskClient, session: Session, password: str) -> None:
    page = student.get("/me/delete").text
    answer = student.post("/me/delete", data={"current": password})

    assert "What goes" in page
    assert "What stays" in page
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Your data is deleted." in student.get("/").text
    assert people_left(session) == []


def test_a_guest_is_deleted_with_a_tick_and_the_numbers_stay(guest: FlaskClient, session: Session) -> None:
    refused = guest.post("/me/delete")
    answer = guest.post("/me/delete", data={"sure": "y"})

    assert (refused.status_code, answer.status_code) == (422, 303)
    assert "Tick the box to delete your data." in refused.text
    assert people_left(session) == []
    assert session.scalars(select(Answer.fraction)).all() == [0.0]


def test_a_cookie_kept_from_before_a_deletion_is_dead(student: FlaskClient, password: str) -> None:
    token = token_of(student)
    student.post("/me/delete", data={"current": password})
    with student.session_transaction() as cookie:
        cookie["_user_id"] = token

    assert student.get("/me").location == "/signin?next=/me"


@pytest.mark.parametrize("form", [{}, {"current": "not the password"}, {"sure": "y"}])
def test_an_account_is_not_deleted_without_its_password(
    student: FlaskClient, session: Session, form: dict[str, str]
) -> None:
    assert student.post("/me/delete", data=form).status_code == 422
    assert people_left(session) == ["student"]


def test_the_only_administrator_is_told_what_to_do_first(
    client: FlaskClient, session: Session, make_person: Make, sign_in: Make, password: str
) -> None:
    sign_in(client, make_person("Mr Root", role="administrator"))

    answer = client.post("/me/delete", data={"current": password})

    assert answer.status_code == 422
    assert "Make somebody else an administrator first." in answer.text
    assert people_left(session) == ["administrator"]


def test_what_is_done_to_an_account_is_noted_without_a_name(
    student: FlaskClient, session: Session, password: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    person_id = session.scalars(select(Person.id)).one()

    student.get("/me/export")
    student.post("/me/password", data={"current": password, "password": NEW})
    student.post("/me/delete", data={"current": NEW})

    lines = [record.getMessage().split(", request")[0] for record in caplog.records]
    assert lines == [
        f"{event} by person {person_id}"
        for event in ("export of own data", "password changed", f"person {person_id} deleted")
    ]


@pytest.mark.parametrize(
    ("days", "words"), [(0, "It is kept until you delete it."), (200, "for 200 days is forgotten.")]
)
def test_the_privacy_section_tells_how_long_and_where_to_delete(make_app: Make, days: int, words: str) -> None:
    page = make_app(RETENTION_DAYS=days).test_client().get("/about").text

    assert words in page
    assert 'href="/me"' in page
    assert "backups" in page
