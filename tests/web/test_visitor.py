"""A browser becomes a guest at its first answer, an account at sign-in, and nobody at sign-out."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.config import LOGIN_DAYS
from quizapp.store import people, roles
from quizapp.store.tables import Answer, Attempt, Login, Person

Make = Callable[..., Any]
AT_ONCE = 16


@pytest.fixture
def today(publish: Make, make_question: Make) -> dict[str, str]:
    """Publish one question and return the form that answers it."""
    question = make_question()
    publish(question)
    return {"choice": question.solution()}


def count(session: Session, table: type[Any]) -> int:
    """Count the rows of a table as they are now."""
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def cookie_of(client: FlaskClient) -> dict[str, Any]:
    """Read what a browser's cookie holds, as anybody can."""
    with client.session_transaction() as cookie:
        return dict(cookie)


def put(client: FlaskClient, held: dict[str, Any]) -> None:
    """Make a browser's cookie hold this and nothing else, as a kept copy would."""
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(held)


def test_looking_makes_nobody(client: FlaskClient, session: Session, today: dict[str, str]) -> None:
    client.get("/")

    assert count(session, Person) == 0


def test_the_first_answer_makes_a_guest(client: FlaskClient, session: Session, today: dict[str, str]) -> None:
    client.get("/")
    client.post("/today", data=today)

    assert session.scalars(select(Person.role)).all() == ["guest"]
    assert "_user_id" in cookie_of(client)


def test_the_same_form_sent_sixteen_times_at_once_makes_one_guest_and_one_answer(
    make_app: Make, session: Session, today: dict[str, str]
) -> None:
    app: Flask = make_app()
    barrier = Barrier(AT_ONCE)

    def send(_number: int) -> int:
        client = app.test_client()
        put(client, {"visitor": "the token of one browser", "csrf_token": "x"})
        barrier.wait()
        return client.post("/today", data=today).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = set(pool.map(send, range(AT_ONCE)))

    assert statuses == {303}
    assert [count(session, table) for table in (Person, Login, Attempt, Answer)] == [1, 1, 1, 1]


def test_a_browser_that_was_shown_a_form_holds_the_token_of_its_guest(make_app: Make) -> None:
    client = make_app(WTF_CSRF_ENABLED=True).test_client()

    client.get("/signin")

    assert len(cookie_of(client)["visitor"]) >= 43


def test_signing_in_gives_a_new_token(
    client: FlaskClient, make_person: Make, password: str, today: dict[str, str]
) -> None:
    make_person("Ana")
    client.post("/today", data=today)
    before = cookie_of(client)["_user_id"]

    client.post("/signin", data={"username": "Ana", "password": password})

    assert cookie_of(client)["_user_id"] != before


def test_what_a_guest_answered_becomes_the_accounts_at_sign_in(
    client: FlaskClient, session: Session, make_person: Make, password: str, today: dict[str, str]
) -> None:
    ana = make_person("Ana")
    client.post("/today", data=today)

    client.post("/signin", data={"username": "Ana", "password": password})

    assert session.scalars(select(Attempt.person_id)).all() == [ana.id]
    assert session.scalars(select(Person.role)).all() == ["student"]


def test_what_a_guest_answered_becomes_the_accounts_at_sign_up(
    client: FlaskClient, session: Session, password: str, today: dict[str, str]
) -> None:
    client.post("/today", data=today)

    client.post("/signup", data={"username": "Ana", "password": password})

    [person] = session.scalars(select(Person))
    assert (person.username, person.role) == ("Ana", "student")
    assert session.scalars(select(Attempt.person_id)).all() == [person.id]


def test_a_cookie_kept_from_before_signing_out_is_dead(
    client: FlaskClient, session: Session, make_person: Make, sign_in: Make
) -> None:
    sign_in(client, make_person("Ms Ono", role="teacher"))
    kept = cookie_of(client)
    client.post("/signout")

    put(client, kept)

    assert client.get("/teach").status_code == 303
    assert count(session, Login) == 0


def test_a_cookie_kept_from_before_a_new_password_is_dead(
    client: FlaskClient, session: Session, make_person: Make, sign_in: Make
) -> None:
    teacher = make_person("Ms Ono", role="teacher")
    sign_in(client, teacher)

    people.set_password(session, teacher, "another long sentence")
    session.commit()

    assert client.get("/teach").status_code == 303


def test_a_cookie_kept_from_before_a_new_role_is_dead(
    client: FlaskClient, session: Session, make_person: Make, sign_in: Make
) -> None:
    teacher = make_person("Ms Ono", role="teacher")
    sign_in(client, teacher)

    roles.set_role(session, teacher, "student")
    session.commit()

    assert client.get("/teach").status_code == 303


def test_a_login_ends_by_itself(make_app: Make, make_person: Make, sign_in: Make, now: datetime.datetime) -> None:
    later = now + datetime.timedelta(days=LOGIN_DAYS, seconds=1)
    client = sign_in(make_app(CLOCK=lambda: later).test_client(), make_person("Ms Ono", role="teacher"))

    assert client.get("/teach").status_code == 303


def test_the_cookie_holds_no_name_role_or_score(
    client: FlaskClient, make_person: Make, password: str, today: dict[str, str]
) -> None:
    make_person("Ana")
    client.post("/today", data=today)
    client.post("/signin", data={"username": "Ana", "password": password})

    assert set(cookie_of(client)) <= {"_user_id", "_fresh", "_id", "_permanent", "csrf_token", "visitor"}


def test_after_signing_out_the_next_answer_is_somebody_elses(
    client: FlaskClient, session: Session, today: dict[str, str]
) -> None:
    client.post("/today", data=today)
    client.post("/signout")

    client.post("/today", data=today)

    assert count(session, Person) == 2
    assert len(set(session.scalars(select(Attempt.person_id)))) == 2


def test_ten_failed_sign_ins_are_told_to_wait(client: FlaskClient, make_person: Make, password: str) -> None:
    make_person("Ana")
    for _ in range(10):
        client.post("/signin", data={"username": "Ana", "password": "not it at all"})

    answer = client.post("/signin", data={"username": "Ana", "password": password})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "15 minutes" in answer.text
