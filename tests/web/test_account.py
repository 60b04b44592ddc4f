"""Accounts: signing up, in and out, and the links that help people in."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store import links, people, turns
from quizapp.store.tables import Attempt, Login, Person

Make = Callable[..., Any]
LONG = "several words in a row"


def test_a_student_signs_up_and_is_signed_in(client: FlaskClient) -> None:
    answer = client.post("/signup", data={"username": "Amina", "password": LONG})

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Account of" in client.get("/").text


def test_a_guest_is_told_beforehand_that_answers_move_into_the_account(
    client: FlaskClient, publish: Make, make_question: Make
) -> None:
    publish(make_question())
    client.post("/q/all", data={"start_key": "k" * 32, "name": "Zuri"})

    page = client.get("/signup").text

    assert "This browser has answered questions as <strong>Zuri</strong>." in page
    assert "They become part of the new account, scores included." in page
    assert "Not you? Start fresh" in page


@pytest.mark.parametrize("path", ["/signup", "/signin"])
def test_a_guests_attempts_move_into_the_account(
    client: FlaskClient,
    publish: Make,
    make_question: Make,
    make_person: Make,
    session: Session,
    password: str,
    path: str,
) -> None:
    publish(make_question())
    if path == "/signin":
        make_person("Amina")
    client.post("/q/all", data={"start_key": "k" * 32, "name": "Zuri"})

    client.post(path, data={"username": "Amina", "password": password})

    owner = session.scalars(select(Person).join(Attempt)).one()
    assert owner.username == "Amina"


def test_what_was_typed_stays_and_what_is_wrong_is_said(client: FlaskClient, make_person: Make) -> None:
    make_person("Amina")

    answer = client.post("/signup", data={"username": "amina", "password": LONG})

    assert answer.status_code == 422
    assert 'value="amina"' in answer.text
    assert answer.text.count("That user name is taken. Choose another one.") == 2


@pytest.mark.parametrize("username", ["Amina", "Nobody"])
def test_known_and_unknown_names_are_refused_in_the_same_words(
    client: FlaskClient, make_person: Make, username: str
) -> None:
    make_person("Amina")

    answer = client.post("/signin", data={"username": username, "password": "not the password"})

    assert answer.status_code == 422
    assert "User name and password do not match. Check both and try again." in answer.text


def test_the_eleventh_failure_is_told_how_long_to_wait(client: FlaskClient, make_person: Make, password: str) -> None:
    make_person("Amina")
    for _ in range(10):
        client.post("/signin", data={"username": "Amina", "password": "not the password"})

    answer = client.post("/signin", data={"username": "Amina", "password": password})

    assert answer.status_code == 429
    assert "Try again in 15 minutes." in answer.text
    assert answer.headers["Retry-After"] == "900"


@pytest.mark.parametrize(
    ("wanted", "opened"),
    [
        ("/teach/scores?quiz=all", "/teach/scores?quiz=all"),
        ("", "/teach"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
    ],
)
def test_signing_in_goes_where_somebody_wanted_but_never_elsewhere(
    client: FlaskClient, make_person: Make, password: str, wanted: str, opened: str
) -> None:
    make_person("Ms Ono", role="teacher")

    answer = client.post("/signin", data={"username": "Ms Ono", "password": password, "next": wanted})

    assert answer.location == opened


def test_signing_out_kills_the_cookie(client: FlaskClient, make_person: Make, sign_in: Make, session: Session) -> None:
    sign_in(client, make_person("Amina"))

    answer = client.post("/signout")

    assert answer.status_code == 303
    assert session.scalar(select(func.count()).select_from(Login)) == 0


def test_signing_out_is_not_a_link(client: FlaskClient) -> None:
    assert client.get("/signout").status_code == 405


def test_the_set_up_link_makes_one_administrator_and_no_second(
    app: Flask, session: Session, now: datetime.datetime
) -> None:
    token = links.setup_link(session, now)
    session.commit()
    first, second = app.test_client(), app.test_client()

    made = first.post(f"/setup/{token}", data={"username": "Ms Ono", "password": LONG})
    again = second.post(f"/setup/{token}", data={"username": "Mr Late", "password": LONG})

    assert (made.status_code, made.location) == (303, "/teach")
    assert again.status_code == 410
    assert session.scalars(select(Person.role)).all() == ["administrator"]


def test_the_set_up_link_survives_a_password_that_is_too_short(
    client: FlaskClient, session: Session, now: datetime.datetime
) -> None:
    token = links.setup_link(session, now)
    session.commit()

    refused = client.post(f"/setup/{token}", data={"username": "Ms Ono", "password": "too short"})

    assert refused.status_code == 422
    assert "at least 15 characters" in refused.text
    assert client.get(f"/setup/{token}").status_code == 200


def test_a_reset_link_changes_the_password_once(
    client: FlaskClient, make_person: Make, session: Session, now: datetime.datetime
) -> None:
    token = links.reset_link(session, make_person("Amina"), now)
    session.commit()

    changed = client.post(f"/reset/{token}", data={"password": "another few words"})
    again = client.get(f"/reset/{token}")
    client.post("/signout")
    entered = client.post("/signin", data={"username": "Amina", "password": "another few words"})

    assert (changed.status_code, again.status_code, entered.status_code) == (303, 410, 303)


@pytest.mark.parametrize("path", ["/setup/nothing", "/reset/nothing"])
def test_a_link_that_never_was_is_gone(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("path", ["/signin", "/signup", "/signout"])
def test_a_form_from_elsewhere_is_refused(make_app: Make, path: str) -> None:
    client = make_app(WTF_CSRF_ENABLED=True).test_client()

    assert client.post(path, data={"username": "Amina", "password": LONG}).status_code == 400


@pytest.mark.parametrize("path", ["/signin", "/signup"])
def test_when_too_many_sign_in_at_once_the_form_can_be_sent_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    form = {"username": "Amina", "password": "eight letters", "password2": "eight letters"}
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    with monkeypatch.context() as crowded:
        crowded.setattr(turns, "hashing", turns.Turns(0))

        busy = client.post(path, data=form)
    again = client.post(path, data=form)

    assert busy.status_code == 503
    assert busy.headers["Retry-After"] == "5"
    assert "Nothing was lost" in busy.text
    assert again.status_code in {303, 422}


# Two clicks


def test_the_second_click_on_sign_up_ends_where_the_first_did(app: Flask, session: Session) -> None:
    form = {"username": "Amina", "password": LONG}
    first, second = app.test_client(), app.test_client()

    answers = [browser.post("/signup", data=form) for browser in (first, second)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/")] * 2
    assert "Account of" in second.get("/").text
    assert session.scalar(select(func.count()).select_from(Person)) == 1


@pytest.mark.parametrize("sent", [{"password": "another password"}, {"username": "Ms Ono"}])
def test_a_taken_name_lets_nobody_in_without_its_password_or_as_a_teacher(
    app: Flask, make_person: Make, session: Session, sent: dict[str, str]
) -> None:
    make_person("Ms Ono", role="teacher")
    app.test_client().post("/signup", data={"username": "Amina", "password": LONG})

    answer = app.test_client().post("/signup", data={"username": "Amina", "password": LONG, **sent})

    assert answer.status_code == 422
    assert "That user name is taken." in answer.text
    assert session.scalar(select(func.count()).select_from(Login)) == 1


def test_a_name_that_was_taken_long_ago_lets_nobody_in(
    make_app: Make, make_person: Make, password: str, now: Any
) -> None:
    make_person("Amina")
    later = make_app(CLOCK=lambda: now + 2 * people.DOUBLE_CLICK)

    answer = later.test_client().post("/signup", data={"username": "Amina", "password": password})

    assert answer.status_code == 422


def test_tries_to_sign_up_under_a_new_name_count_as_failed_sign_ins(app: Flask) -> None:
    app.test_client().post("/signup", data={"username": "Amina", "password": LONG})
    for number in range(10):
        app.test_client().post("/signup", data={"username": "Amina", "password": f"a wrong guess {number}"})

    answer = app.test_client().post("/signup", data={"username": "Amina", "password": LONG})

    assert answer.status_code == 422
