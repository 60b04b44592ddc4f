"""What changes rows: forms with their token, by the fields that their page asks for; reading never does."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.extensions import db
from quizapp.store.tables import Base

Make = Callable[..., Any]
# What somebody may try to slip in; a field that a form does hold keeps its own value.
EXTRA = {
    "fraction": "1",
    "score": "1",
    "max": "100",
    "mark": "1",
    "status": "answered",
    "role": "administrator",
    "is_admin": "1",
    "is_teacher": "true",
    "id": "1",
    "person_id": "1",
    "user_id": "1",
    "author_id": "1",
    "origin": "bank",
    "started_at": "2001-01-01T00:00:00Z",
    "answered_at": "2001-01-01T00:00:00Z",
    "finished_at": "2001-01-01T00:00:00Z",
    "archived_at": "2001-01-01T00:00:00Z",
    "created_at": "2001-01-01T00:00:00Z",
    "public_id": "chosen-by-me",
    "attempt_id": "1",
    "position": "3",
    "n": "3",
    "seed": "chosen-by-me",
    "quiz": "all",
    "title": "A title of mine",
    "revision": "99",
    "revision_id": "1",
    "password_hash": "nothing",
    "username_key": "root",
    "token": "chosen-by-me",
    "correct": "1",
    "key": "1",
}
# Made of chance, the order of a quiz too: never equal in two installations.
CHANCE = {"token_hash", "public_id", "seed", "start_key", "password_hash", "position"}


def rows(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables, without what is made of chance."""
    with app.app_context(), Session(db.engine) as session:
        return {
            table.name: sorted(
                map(tuple, session.execute(select(*(column for column in table.columns if column.name not in CHANCE)))),
                key=repr,
            )
            for table in Base.metadata.sorted_tables
        }


def unsafe(world: Any) -> list[tuple[str, str]]:
    """List the unsafe routes as endpoint and address."""
    return [(endpoint, address) for method, endpoint, _, address in world.requests() if method != "GET"]


@pytest.fixture
def twins(make_world: Make, make_app: Make, database: str, tmp_path: Path) -> Callable[[str], tuple[Any, Any, Any]]:
    """Return a function that makes a world, the browser of somebody in it, and one in a copy of the whole."""
    if not database.startswith("sqlite"):
        pytest.skip("the copy of a database is that of its file")

    def twins(part: str) -> tuple[Any, Any, Any]:
        world = make_world()
        browser = world.browser(part)
        with sqlite3.connect(tmp_path / "dateline.sqlite") as source, sqlite3.connect(tmp_path / "twin.sqlite") as copy:
            source.backup(copy)
        for connection in (source, copy):
            connection.close()
        twin = make_app(DATABASE_URL=f"sqlite:///{tmp_path / 'twin.sqlite'}")
        other = twin.test_client()
        if cookie := browser.get_cookie("dateline"):
            other.set_cookie("dateline", cookie.value)
        return world, browser, other

    return twins


@pytest.mark.parametrize("part", ["anonymous", "owner", "teacher", "root"])
def test_extra_fields_change_nothing(twins: Make, part: str) -> None:
    world, browser, other = twins(part)
    last = [one for one in unsafe(world) if one[0].startswith(("account.", "me."))]

    for endpoint, address in [*(one for one in unsafe(world) if one not in last), *last]:
        plain = world.ask(browser, "POST", endpoint, address)
        form = {**EXTRA, **world.form(endpoint)}
        extra = other.post(address, data=form)
        assert (extra.status_code, endpoint) == (plain.status_code, endpoint)
        assert rows(other.application) == rows(world.app), endpoint


@pytest.mark.parametrize("part", ["anonymous", "guest", "owner", "teacher", "root"])
def test_reading_changes_nothing(make_world: Make, part: str) -> None:
    world = make_world(answered=1)
    browser = world.browser(part)
    before = rows(world.app)

    for n in (1, 2, 3):
        for method, _, _, address in world.requests(n=n):
            if method == "GET":
                browser.get(address)
                browser.head(address)

    assert rows(world.app) == before


def test_a_form_without_its_token_changes_nothing(make_world: Make) -> None:
    world = make_world()
    browser = world.browser("root")
    world.app.config["WTF_CSRF_ENABLED"] = True
    before = rows(world.app)

    statuses = {
        (endpoint, token): world.ask(browser, "POST", endpoint, address, csrf_token=token).status_code
        for endpoint, address in unsafe(world)
        for token in ("", "made-up")
    }

    assert {asked: status for asked, status in statuses.items() if status != 400} == {}
    assert rows(world.app) == before
