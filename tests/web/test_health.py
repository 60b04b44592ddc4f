"""Probes: does the process live, can it serve, and if not, why."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import stamp
from sqlalchemy import Engine, event, text

from quizapp.config import RUN_FOLDER
from quizapp.extensions import db
from quizapp.web.health import STOPPING

Make = Callable[..., Any]


@pytest.fixture
def migrated(app: Flask) -> FlaskClient:
    """Return a browser of an app whose database has been migrated."""
    with app.app_context():
        stamp()
    return app.test_client()


def test_a_living_process_says_so_without_the_database(client: FlaskClient, engine: Engine) -> None:
    asked: list[str] = []
    with client.application.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.text, asked) == (200, "ok\n", [])


def test_what_was_migrated_and_published_is_ready(migrated: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question())

    answer = migrated.get("/readyz")

    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_a_server_that_is_about_to_stop_is_not_ready(
    migrated: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUN_FOLDER, str(tmp_path))
    (tmp_path / STOPPING).touch()

    answer = migrated.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "stopping\n")


def test_without_a_bank_nobody_can_be_served(migrated: FlaskClient) -> None:
    answer = migrated.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "bank\n")


@pytest.mark.parametrize("revision", ["0001", "9999"])
def test_a_schema_of_other_code_is_not_ready(migrated: FlaskClient, engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})

    answer = migrated.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "schema\n")


def test_a_database_that_is_gone_is_said(make_app: Make, tmp_path: Any) -> None:
    nowhere = make_app(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/at/all.sqlite")

    answer = nowhere.test_client().get("/readyz")

    assert (answer.status_code, answer.text) == (503, "database\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_gets_no_cookie_and_may_call_the_server_by_any_name(make_app: Make, path: str) -> None:
    client = make_app(TRUSTED_HOSTS=["quiz.school.example"]).test_client()

    answers = [client.get(path, base_url=f"http://{host}/") for host in ("10.0.0.7:8000", "quiz.school.example")]

    assert answers[0].text == answers[1].text
    assert "Set-Cookie" not in answers[0].headers


def test_any_other_page_keeps_asking_for_its_name(make_app: Make) -> None:
    client = make_app(TRUSTED_HOSTS=["quiz.school.example"]).test_client()

    assert client.get("/about", base_url="http://10.0.0.7:8000/").status_code == 400
