"""The migrations make the tables that the code declares."""

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text

from quizapp.extensions import db
from quizapp.store.schema import standing
from quizapp.store.tables import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request: pytest.FixtureRequest, make_app: Callable[..., Flask], tmp_path) -> Flask:
    """Return the app on a database without tables."""
    if request.param == "postgresql":
        return make_app(DATABASE_URL=request.getfixturevalue("new_postgresql")())
    return make_app(DATABASE_URL=f"sqlite:///{tmp_path / 'fresh.sqlite'}")


def differences(engine: Engine) -> list[object]:
    """List what a database has otherwise than the code declares."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def test_migrations_build_exactly_the_declared_tables(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()

        assert differences(db.engine) == []


def test_migrations_can_be_taken_back_and_made_again(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names())
        upgrade()

        assert left == {"alembic_version"}
        assert differences(db.engine) == []


def test_migrations_keep_foreign_keys_on(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL cannot turn them off")
        with db.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_database_without_tables_is_empty(empty_app: Flask) -> None:
    with empty_app.app_context():
        assert standing(db.engine) == "empty"


def test_a_migrated_database_is_current(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()

        assert standing(db.engine) == "current"


def test_a_database_of_a_later_version_is_newer(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

        assert standing(db.engine) == "newer"
