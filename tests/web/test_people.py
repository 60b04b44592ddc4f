"""Administration: accounts for teachers, and links that are shown once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.store.tables import Person

Make = Callable[..., Any]
LONG = "several words in a row"


@pytest.fixture
def root(client: FlaskClient, make_person: Make, sign_in: Make) -> FlaskClient:
    """Return an administrator's browser."""
    return sign_in(client, make_person("Mr Root", role="administrator"))


def link_in(page: str) -> str:
    """Return the one-time link that a page shows."""
    return re.findall(r"/reset/[\w-]+", page)[0]


def test_a_new_teacher_chooses_a_password_by_the_link(app: Flask, root: FlaskClient, session: Session) -> None:
    page = root.post("/admin/people", data={"username": "Ms Ono", "role": "teacher"}).text

    answer = app.test_client().post(link_in(page), data={"password": LONG})

    assert (answer.status_code, answer.location) == (303, "/teach")
    assert session.scalars(select(Person.role).where(Person.username == "Ms Ono")).one() == "teacher"


def test_the_link_is_shown_once(root: FlaskClient) -> None:
    root.post("/admin/people", data={"username": "Ms Ono", "role": "teacher"})

    assert "/reset/" not in root.get("/admin/people").text


def test_a_role_that_does_not_exist_is_refused(root: FlaskClient, session: Session) -> None:
    answer = root.post("/admin/people", data={"username": "Ms Ono", "role": "emperor"})

    assert answer.status_code == 422
    assert session.scalars(select(Person).where(Person.username == "Ms Ono")).first() is None


def test_a_taken_name_is_said_at_its_field(root: FlaskClient, make_person: Make) -> None:
    make_person("Amina")

    answer = root.post("/admin/people", data={"username": "AMINA", "role": "teacher"})

    assert answer.status_code == 422
    assert "That user name is taken." in answer.text


def test_a_student_becomes_a_teacher_and_is_signed_out(
    app: Flask, root: FlaskClient, make_person: Make, sign_in: Make
) -> None:
    student = make_person("Amina")
    browser = sign_in(app.test_client(), student)

    page = root.post(f"/admin/people/{student.id}", data={"do": "teacher"}).text

    assert "A link for Amina" in page
    assert "/signin" in browser.get("/teach").location


def test_nothing_is_done_to_an_account_that_was_not_asked_for(root: FlaskClient, make_person: Make) -> None:
    student = make_person("Amina")

    answer = root.post(f"/admin/people/{student.id}", data={"username": "Mr Ali", "role": "teacher"})

    assert answer.status_code == 400
    assert "/reset/" not in answer.text


def test_an_account_whose_page_is_reloaded_shows_no_link(root: FlaskClient, make_person: Make) -> None:
    student = make_person("Amina")
    root.post(f"/admin/people/{student.id}", data={"do": "reset"})

    page = root.get(f"/admin/people/{student.id}")

    assert page.status_code == 200
    assert "Amina" in page.text
    assert "/reset/" not in page.text


@pytest.mark.parametrize(("before", "after"), [("teacher", "student"), ("administrator", "teacher")])
def test_a_role_is_taken_away_and_its_owner_signed_out(
    app: Flask, root: FlaskClient, make_person: Make, sign_in: Make, session: Session, before: str, after: str
) -> None:
    person = make_person("Ms Ono", role=before)
    browser = sign_in(app.test_client(), person)

    answer = root.post(f"/admin/people/{person.id}", data={"do": after})

    assert (answer.status_code, answer.location) == (303, f"/admin/people/{person.id}")
    assert f"Ms Ono is a {after} now, and signed out everywhere." in root.get(answer.location).text
    assert "/signin" in browser.get("/teach").location
    session.expire_all()
    assert session.get_one(Person, person.id).role == after


def test_the_only_administrator_is_told_what_to_do_first(root: FlaskClient, session: Session) -> None:
    [person] = session.scalars(select(Person))

    answer = root.post(f"/admin/people/{person.id}", data={"do": "teacher"})

    assert answer.status_code == 422
    assert "Make somebody else an administrator first." in answer.text
    assert root.get("/admin/people").status_code == 200


def test_an_account_is_deleted_after_a_page_that_says_what_goes(
    app: Flask, root: FlaskClient, make_person: Make, sign_in: Make, session: Session
) -> None:
    person = make_person("Zyxora", role="teacher")
    browser = sign_in(app.test_client(), person)

    page = root.get(f"/admin/people/{person.id}/delete").text
    answer = root.post(f"/admin/people/{person.id}/delete")

    assert "What goes" in page
    assert (answer.status_code, answer.location) == (303, "/admin/people")
    assert "The account of Zyxora is deleted." in root.get("/admin/people").text
    assert "/signin" in browser.get("/teach").location
    session.rollback()
    assert session.scalars(select(Person.username)).all() == ["Mr Root"]


def test_the_own_account_is_deleted_by_its_password(root: FlaskClient, session: Session) -> None:
    [person] = session.scalars(select(Person))

    answer = root.post(f"/admin/people/{person.id}/delete")

    assert answer.location == "/me/delete"
    session.rollback()
    assert session.scalars(select(Person.role)).all() == ["administrator"]


@pytest.mark.parametrize("path", ["", "/delete"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_guest_and_nobody_have_no_account_page(root: FlaskClient, make_person: Make, path: str, method: str) -> None:
    for person_id in (make_person().id, 999):
        assert root.open(f"/admin/people/{person_id}{path}", method=method, data={"do": "reset"}).status_code == 404


def test_a_lost_password_is_mended_by_a_link(app: Flask, root: FlaskClient, make_person: Make) -> None:
    student = make_person("Amina")

    page = root.post(f"/admin/people/{student.id}", data={"do": "reset"}).text

    assert app.test_client().get(link_in(page)).status_code == 200


def test_a_guest_has_no_access_to_mend(root: FlaskClient, make_person: Make) -> None:
    assert root.post(f"/admin/people/{make_person().id}", data={"do": "reset"}).status_code == 404


def test_people_are_found_by_a_part_of_their_name(root: FlaskClient, make_person: Make) -> None:
    make_person("Amina")
    make_person("Zuri")

    page = root.get("/admin/people?q=ami").text

    assert "Amina" in page
    assert "Zuri" not in page
