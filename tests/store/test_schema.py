"""The migrations make the tables that the code declares."""

import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from quizapp.extensions import db
from quizapp.store.schema import migrations, standing
from quizapp.store.tables import Base, Person


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    url: str = request.getfixturevalue("new_postgresql")()
    return url


OLD_PERSON = (
    "INSERT INTO person (id, role, username, username_key, nickname, created_at) "
    "VALUES (7, 'student', 'Ana', 'ana', '', '2025-11-01 12:00:00')"
)
OLD_LOGIN = "INSERT INTO login (person_id, token_hash, created_at) VALUES (7, 'x', '2025-11-02 12:00:00')"
OLD_ATTEMPT = (
    "INSERT INTO attempt (public_id, person_id, quiz, title, name, seed, start_key, started_at) "
    "VALUES ('a', 7, 'all', 'All', 'Ana', 's', 'k', '2025-11-03 12:00:00')"
)
ATTEMPT_OF_NOBODY = OLD_ATTEMPT.replace("('a', 7", "('b', NULL")


def differences(engine: Engine) -> list[object]:
    """List what a database has otherwise than the code declares."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def test_migrations_build_exactly_the_declared_tables(app: Flask) -> None:
    with app.app_context():
        upgrade()

        assert differences(db.engine) == []


def test_migrations_can_be_taken_back_and_made_again(app: Flask) -> None:
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names())
        upgrade()

        assert left == {"alembic_version"}
        assert differences(db.engine) == []


def test_migrations_keep_foreign_keys_on(app: Flask) -> None:
    with app.app_context():
        upgrade()
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL cannot turn them off")
        with db.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_database_without_tables_is_empty(app: Flask) -> None:
    with app.app_context():
        assert standing(db.engine) == "empty"


def test_a_migrated_database_is_current(app: Flask) -> None:
    with app.app_context():
        upgrade()

        assert standing(db.engine) == "current"


def test_a_database_of_a_later_version_is_newer(app: Flask) -> None:
    with app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

        assert standing(db.engine) == "newer"


def test_people_and_answers_survive_a_migration_and_its_return(app: Flask) -> None:
    with app.app_context():
        upgrade(revision="0002")
        with db.engine.begin() as connection:
            connection.execute(text(OLD_PERSON))
            connection.execute(text(OLD_LOGIN))
            connection.execute(text(OLD_ATTEMPT))
        upgrade()
        with db.engine.begin() as connection:
            seen = connection.execute(text("SELECT username, last_login_at IS NULL FROM person")).one()
            connection.execute(text(ATTEMPT_OF_NOBODY))
        downgrade(revision="0002")
        with db.engine.connect() as connection:
            kept = connection.execute(text("SELECT person_id FROM attempt")).all()

        assert tuple(seen) == ("Ana", False)
        assert [tuple(row) for row in kept] == [(7,)]


def test_a_migrated_database_never_gives_an_id_again(app: Flask) -> None:
    with app.app_context():
        upgrade()
        with Session(db.engine) as session:
            for _ in range(2):
                person = Person(role="guest", nickname="", created_at=datetime.datetime.now(datetime.UTC))
                session.add(person)
                session.commit()
                last = person.id
                session.delete(person)
                session.commit()

    assert last == 2


def test_the_migrations_are_read_once_however_often_somebody_asks() -> None:
    assert migrations() is migrations()
