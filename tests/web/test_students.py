"""A teacher helps a student who lost the password, and nobody else."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

Make = Callable[..., Any]
NEW = "another few words"


@pytest.fixture
def teacher(client: FlaskClient, make_person: Make, sign_in: Make) -> FlaskClient:
    """Return a teacher's browser."""
    return sign_in(client, make_person("Ms Ono", role="teacher"))


def test_a_student_sets_a_new_password_by_the_teachers_link(
    app: Flask, teacher: FlaskClient, make_person: Make
) -> None:
    student = make_person("Amina")

    page = teacher.post(f"/teach/students/{student.id}").text
    [link] = re.findall(r"/reset/[\w-]+", page)
    used = app.test_client().post(link, data={"password": NEW})
    entered = app.test_client().post("/signin", data={"username": "Amina", "password": NEW})

    assert "A link for Amina" in page
    assert (used.status_code, entered.status_code) == (303, 303)


@pytest.mark.parametrize("role", ["teacher", "administrator", "guest", "nobody"])
def test_anybody_else_looks_like_nobody(teacher: FlaskClient, make_person: Make, role: str) -> None:
    person_id = {
        "guest": lambda: make_person().id,
        "nobody": lambda: 999,
    }.get(role, lambda: make_person("Mx Else", role=role).id)()

    answer = teacher.post(f"/teach/students/{person_id}")

    assert answer.status_code == 404
    assert "/reset/" not in answer.text


def test_students_are_found_by_a_part_of_their_name_and_teachers_are_not(
    teacher: FlaskClient, make_person: Make
) -> None:
    make_person("Amina")
    make_person("Mr Amin", role="teacher")

    page = teacher.get("/teach/students?q=amin").text

    assert "Amina" in page
    assert "Mr Amin" not in page


def test_without_a_name_nobody_is_listed(teacher: FlaskClient, make_person: Make) -> None:
    make_person("Amina")

    assert "Amina" not in teacher.get("/teach/students").text


def test_a_link_is_noted_and_not_shown_again(
    teacher: FlaskClient, make_person: Make, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    student = make_person("Amina")

    teacher.post(f"/teach/students/{student.id}")

    assert caplog.records[0].getMessage().startswith(f"new link for person {student.id} by person")
    assert teacher.get(f"/teach/students/{student.id}").location == "/teach/students"
