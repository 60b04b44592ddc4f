"""Every route says whom it is for, and lets in nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quizapp.web.audience import AUDIENCES, RANKS, Route, routes

Make = Callable[..., Any]
ROLES = ["anonymous", "guest", "student", "teacher", "administrator"]


@pytest.fixture
def visitors(app: Flask, make_person: Make, sign_in: Make) -> dict[str, FlaskClient]:
    """Return a browser for every role."""
    people = {
        "guest": make_person(),
        "student": make_person("Ana"),
        "teacher": make_person("Ms Ono", role="teacher"),
        "administrator": make_person("Mr Root", role="administrator"),
    }
    browsers = {role: sign_in(app.test_client(), person) for role, person in people.items()}
    return {"anonymous": app.test_client(), **browsers}


def ask(client: FlaskClient, route: Route, method: str) -> TestResponse:
    """Ask for a route with names that nothing has."""
    address = route.rule
    for argument in ("<path:filename>", "<int:n>", "<int:person_id>"):
        address = address.replace(argument, "1")
    parts = ["nothing" if part.startswith("<") else part for part in address.split("/")]
    return client.open("/".join(parts), method=method)


def is_refused(answer: TestResponse) -> bool:
    """Say whether an answer keeps a visitor out: forbidden, or sent to sign in."""
    return answer.status_code == 403 or (answer.status_code == 303 and "/signin?next=" in answer.location)


def test_every_route_declares_its_audience(app: Flask) -> None:
    assert [route.rule for route in routes(app) if route.audience is None] == []


def test_the_table_declares_nothing_that_is_not_there(app: Flask) -> None:
    assert AUDIENCES.keys() - {route.endpoint for route in routes(app)} == set()


@pytest.mark.parametrize("role", ROLES)
def test_every_route_lets_in_its_audience_and_nobody_else(
    app: Flask, visitors: dict[str, FlaskClient], role: str
) -> None:
    wrong = [
        (route.rule, method)
        for route in routes(app)
        for method in route.methods
        if route.endpoint not in {"static", "account.signout", "me.sign_out_everywhere"}
        and is_refused(ask(visitors[role], route, method)) == (RANKS[role] >= RANKS[route.audience or ""])
    ]

    assert wrong == []


def test_a_view_that_declares_nothing_is_for_nobody(make_app: Make, make_person: Make, sign_in: Make) -> None:
    app = make_app()
    app.add_url_rule("/forgotten", view_func=lambda: "secret", endpoint="forgotten")

    root = sign_in(app.test_client(), make_person("Mr Root", role="administrator"))

    assert root.get("/forgotten").status_code == 403


def test_whoever_may_sign_in_is_brought_back_afterwards(client: FlaskClient) -> None:
    answer = client.get("/teach/scores?quiz=all")

    assert answer.status_code == 303
    assert answer.location == "/signin?next=/teach/scores?quiz%3Dall"


def test_a_student_who_asks_for_a_teachers_page_is_told_so(
    client: FlaskClient, make_person: Make, sign_in: Make
) -> None:
    answer = sign_in(client, make_person("Ana")).get("/teach")

    assert answer.status_code == 403
    assert "This page is not open to you." in answer.text
