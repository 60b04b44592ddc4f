"""A database that is full, locked, read-only, damaged or gone: a page that says so, nothing half-written, then on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, make_url, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.core.question import option_key
from quizapp.extensions import db
from quizapp.store.tables import Answer, Attempt, Login, Person

Make = Callable[..., Any]
NAME = "app-whose-database-fails"
RIGHT = {"choice": option_key("capital-kenya", "Nairobi")}


@pytest.fixture
def app(database: str, make_app: Make, publish: Make, make_question: Make) -> Flask:
    """The app with one question, whose faults come out as in life, and whose connections bear its name."""
    publish(make_question())
    named = make_url(database)
    if named.get_backend_name() == "postgresql":
        named = named.update_query_dict({"application_name": NAME})
    app: Flask = make_app(PROPAGATE_EXCEPTIONS=False, DATABASE_URL=named.render_as_string(hide_password=False))
    return app


@pytest.fixture
def own(app: Flask) -> Engine:
    """The app's own engine."""
    with app.app_context():
        return db.engine


@pytest.fixture
def question(app: Flask, client: FlaskClient) -> str:
    """The address of an open question of the browser."""
    started = client.post("/q/all", data={"start_key": "k"})
    return f"{started.location}/1"


@pytest.fixture
def sqlite_file(database: str) -> Path:
    """The file of the test's database, if it is one of SQLite."""
    if not database.startswith("sqlite"):
        pytest.skip("about SQLite")
    return Path(database.removeprefix("sqlite:///"))


@contextmanager
def every_connection(engine: Engine, *statements: str) -> Iterator[None]:
    """Run statements on every connection that the app takes from its pool."""

    def prepare(connection: Any, _record: object, _proxy: object) -> None:
        for statement in statements:
            connection.execute(statement)

    event.listen(engine, "checkout", prepare)
    try:
        yield
    finally:
        event.remove(engine, "checkout", prepare)
        engine.dispose()


def counts(session: Session) -> list[int]:
    """Count the rows that an answer touches."""
    session.expire_all()
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Person, Login, Attempt, Answer)]


def assert_says(answer: TestResponse, sentence: str) -> None:
    """Expect a page that says what happened and what to do, and nothing of how we are made."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == "5"
    assert sentence in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert not [word for word in ("Traceback", "sqlite", "SQL", "psycopg") if word in answer.text]


# Full


def test_a_full_disk_refuses_an_answer_and_takes_it_when_there_is_room(
    sqlite_file: Path, client: FlaskClient, own: Engine, question: str, session: Session
) -> None:
    before = counts(session)

    with every_connection(own, "PRAGMA max_page_count = 1"), filled(sqlite_file):
        refused = client.post(question, data=RIGHT)
        shown = client.get(question)
    during = counts(session)
    again = client.post(question, data=RIGHT)

    assert_says(refused, "The server cannot store anything at the moment.")
    assert "What you just sent is not stored; everything before it is kept." in refused.text
    assert shown.status_code == 200
    assert during == before
    assert again.status_code == 303
    assert counts(session)[3] == 1


@contextmanager
def filled(database: Path) -> Iterator[None]:
    """Leave no page free in a database, so that the next row needs a new one."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE ballast (weight BLOB)")
        weigh = "INSERT INTO ballast VALUES (zeroblob(99999))"
        connection.execute(f"CREATE TRIGGER full BEFORE INSERT ON answer BEGIN {weigh}; END")
        yield
        connection.execute("DROP TRIGGER full")
        connection.execute("DROP TABLE ballast")


# Locked


def test_a_locked_database_refuses_an_answer_and_takes_it_later(
    sqlite_file: Path, client: FlaskClient, own: Engine, question: str, session: Session
) -> None:
    before = counts(session)

    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with every_connection(own, "PRAGMA busy_timeout = 50"):
            refused = client.post(question, data=RIGHT)
            shown = client.get(question)
        other.execute("ROLLBACK")
    during = counts(session)
    again = client.post(question, data=RIGHT)

    assert_says(refused, "The database is busy.")
    assert shown.status_code == 200, "who reads waits for nobody"
    assert during == before
    assert again.status_code == 303


def test_postgresql_that_waits_too_long_for_a_row_refuses_and_takes_the_answer_later(
    client: FlaskClient, own: Engine, engine: Engine, question: str, session: Session
) -> None:
    if own.dialect.name != "postgresql":
        pytest.skip("about PostgreSQL")

    with engine.connect() as other:
        other.execute(text("LOCK TABLE answer IN EXCLUSIVE MODE"))
        with every_connection(own, "SET lock_timeout = 50"):
            refused = client.post(question, data=RIGHT)
    again = client.post(question, data=RIGHT)

    assert_says(refused, "The database is busy.")
    assert again.status_code == 303
    assert counts(session)[3] == 1


# Read-only


def test_a_database_that_cannot_be_written_refuses_an_answer_and_takes_it_later(
    client: FlaskClient, own: Engine, question: str, session: Session
) -> None:
    before = counts(session)
    is_sqlite = own.dialect.name == "sqlite"

    with every_connection(own, "PRAGMA query_only = ON" if is_sqlite else "SET default_transaction_read_only = on"):
        refused = client.post(question, data=RIGHT)
        shown = client.get(question)
    during = counts(session)
    again = client.post(question, data=RIGHT)

    assert_says(refused, "The server cannot store anything at the moment.")
    assert shown.status_code == 200
    assert during == before
    assert again.status_code == 303


# Not ready


def test_a_database_that_nobody_has_prepared_says_so(make_app: Make, tmp_path: Path) -> None:
    unready = make_app(DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite'}", PROPAGATE_EXCEPTIONS=False)

    assert_says(unready.test_client().get("/"), "The database is not ready.")


# Damaged


def test_a_damaged_database_says_so(sqlite_file: Path, client: FlaskClient, own: Engine, question: str) -> None:
    own.dispose()
    size = sqlite_file.stat().st_size
    with closing(sqlite3.connect(sqlite_file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with sqlite_file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))

    assert_says(client.get(question), "The database is damaged.")


# Gone, and back


def test_a_file_that_is_moved_away_and_back_loses_nothing(
    sqlite_file: Path, client: FlaskClient, own: Engine, question: str, session: Session
) -> None:
    session.close()
    own.dispose()
    elsewhere = sqlite_file.with_name("elsewhere.sqlite")

    sqlite_file.rename(elsewhere)
    refused = client.post(question, data=RIGHT)
    was_made_anew = sqlite_file.exists()
    own.dispose()
    elsewhere.rename(sqlite_file)
    again = client.post(question, data=RIGHT)

    assert_says(refused, "The database cannot be reached.")
    assert not was_made_anew, "an empty database in its place would be taken for the real one"
    assert again.status_code == 303
    assert counts(session)[3] == 1


@pytest.fixture
def server(database: str, postgresql: Engine) -> Iterator[Engine]:
    """The PostgreSQL server, which lets the test's database be reached again in the end."""
    if database.startswith("sqlite"):
        pytest.skip("about PostgreSQL")
    name = make_url(database).database
    with postgresql.connect() as connection:
        yield connection
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))


def end_connections(connection: Any, database: str) -> None:
    """End every connection of the app to a database, as a restart of its server does, and wait until it has ended."""
    statement = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name AND application_name = :app"
    )
    connection.execute(text(statement), {"name": make_url(database).database, "app": NAME})


def test_nobody_notices_that_postgresql_was_restarted_between_two_requests(
    database: str, server: Any, client: FlaskClient, question: str
) -> None:
    end_connections(server, database)

    assert client.post(question, data=RIGHT).status_code == 303


def test_postgresql_that_is_down_is_told_and_nobody_notices_when_it_is_back(
    database: str, server: Any, client: FlaskClient, question: str
) -> None:
    name = make_url(database).database
    server.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
    end_connections(server, database)
    refused = [client.post(question, data=RIGHT), client.get("/")]
    server.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))

    for answer in refused:
        assert_says(answer, "The database cannot be reached.")
    assert client.post(question, data=RIGHT).status_code == 303
