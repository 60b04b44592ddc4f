"""The migrations make the tables that the code declares."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text

from quizapp.extensions import db
from quizapp.store.schema import standing
from quizapp.store.tables import Base


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    url: str = request.getfixturevalue("new_postgresql")()
    return url


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
