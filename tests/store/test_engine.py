"""SQLite is opened so that nothing acknowledged is lost and nobody fails half-way."""

import pytest
from sqlalchemy import Engine, create_engine, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quizapp.store import engine as store_engine
from quizapp.store.tables import TopicRow


@pytest.fixture
def sqlite(engine: Engine) -> Engine:
    """Return the engine, if it is one of SQLite."""
    if engine.dialect.name != "sqlite":
        pytest.skip("about SQLite")
    return engine


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000), ("secure_delete", 1)],
)
def test_every_connection_is_set_up(sqlite: Engine, pragma: str, value: object) -> None:
    with sqlite.connect() as first, sqlite.connect() as second:
        assert [c.scalar(text(f"PRAGMA {pragma}")) for c in (first, second)] == [value, value]


def topic(id: str) -> TopicRow:
    """Return a topic."""
    return TopicRow(id=id, title=id, description="", position=0)


def test_a_reader_is_not_kept_waiting_by_a_writer(engine: Engine) -> None:
    with Session(engine) as writer, Session(engine) as reader:
        writer.add(topic("a"))
        writer.flush()

        assert reader.scalars(select(TopicRow)).all() == []


def test_a_session_that_has_read_can_write_after_somebody_else_did(engine: Engine) -> None:
    with Session(engine) as first, Session(engine) as second:
        first.scalars(select(TopicRow)).all()
        second.add(topic("a"))
        second.commit()

        first.add(topic("b"))
        first.commit()

        assert len(first.scalars(select(TopicRow)).all()) == 2


def test_a_second_writer_is_refused_only_after_waiting_and_writes_nothing(sqlite: Engine) -> None:
    impatient = create_engine(sqlite.url)
    store_engine.prepare(impatient)
    with Session(sqlite) as first, Session(impatient) as second:
        second.execute(text("PRAGMA busy_timeout = 10"))
        first.add(topic("a"))
        first.flush()

        with pytest.raises(OperationalError, match="locked"):
            second.execute(insert(TopicRow).values(id="b", title="b", description="", position=0))

        first.commit()
        second.rollback()
        assert [row.id for row in second.scalars(select(TopicRow))] == ["a"]
    impatient.dispose()


def test_a_savepoint_belongs_to_the_transaction_around_it(engine: Engine) -> None:
    with Session(engine) as session:
        with session.begin_nested():
            session.add(topic("a"))
        session.rollback()

        assert session.scalars(select(TopicRow)).all() == []


def test_preparing_twice_is_preparing_once(sqlite: Engine) -> None:
    store_engine.prepare(sqlite)

    with sqlite.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
