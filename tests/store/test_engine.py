"""SQLite is opened so that nothing acknowledged is lost and nobody fails half-way."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from quizapp.store import engine as store_engine
from quizapp.store.tables import TopicRow
from quizapp.store.writing_turn import WritingTurn


@pytest.fixture
def sqlite(engine: Engine) -> Engine:
    """Return the engine, if it is one of SQLite."""
    if engine.dialect.name != "sqlite":
        pytest.skip("about SQLite")
    return engine


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5_000), ("secure_delete", 1)],
)
def test_every_connection_is_set_up(sqlite: Engine, pragma: str, value: object) -> None:
    with sqlite.connect() as first, sqlite.connect() as second:
        assert [c.scalar(text(f"PRAGMA {pragma}")) for c in (first, second)] == [value, value]


@pytest.fixture
def server(engine: Engine) -> Engine:
    """Return the engine, if it is one of PostgreSQL."""
    if engine.dialect.name != "postgresql":
        pytest.skip("about PostgreSQL")
    return engine


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


def test_a_second_writer_is_refused_only_after_waiting_and_writes_nothing(
    sqlite: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_engine, "PATIENCE", 0.01)
    impatient = create_engine(sqlite.url)
    store_engine.prepare(impatient)
    with Session(sqlite) as first, Session(impatient) as second:
        first.add(topic("a"))
        first.flush()

        with pytest.raises(OperationalError, match="locked"):
            second.execute(insert(TopicRow).values(id="b", title="b", description="", position=0))

        first.commit()
        second.rollback()
        assert [row.id for row in second.scalars(select(TopicRow))] == ["a"]
    impatient.dispose()


def test_a_writer_waits_for_its_turn(sqlite: Engine) -> None:
    turns: list[str] = []

    def write(id: str) -> None:
        with Session(sqlite) as session:
            session.add(topic(id))
            session.flush()
            turns.append(f"{id} begins")
            time.sleep(0.01)
            turns.append(f"{id} ends")
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, "abcdefgh"))

    assert turns[1::2] == [begin.replace("begins", "ends") for begin in turns[0::2]]


def test_another_process_waits_for_its_turn(tmp_path: Path) -> None:
    path = str(tmp_path / "dateline.sqlite")
    ours, theirs = (WritingTurn(path, patience=0.05) for _ in range(2))
    ours.take()

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        theirs.take()
    ours.give_back()

    theirs.take()
    theirs.give_back()


def test_a_turn_ends_with_a_transaction_that_fails(sqlite: Engine) -> None:
    with Session(sqlite) as first, pytest.raises(IntegrityError):
        first.execute(insert(TopicRow).values(id="a", title=None, description="", position=0))

    with Session(sqlite) as second:
        second.add(topic("b"))
        second.commit()
        assert [row.id for row in second.scalars(select(TopicRow))] == ["b"]


def test_a_turn_that_cannot_be_asked_for_is_an_error_of_the_database(tmp_path: Path) -> None:
    turn = WritingTurn(str(tmp_path / "nowhere" / "dateline.sqlite"), patience=0.05)

    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        turn.take()


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


def in_transaction(session: Session) -> bool:
    """Say whether the database holds a transaction for a session."""
    driver: Any = session.connection().connection.dbapi_connection
    if session.get_bind().dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status)


def test_only_what_writes_or_locks_holds_a_transaction(engine: Engine) -> None:
    with Session(engine) as session:
        session.scalars(select(TopicRow)).all()
        while_reading = in_transaction(session)
        session.add(topic("a"))
        session.flush()
        while_writing = in_transaction(session)
        session.commit()

        assert (while_reading, while_writing, in_transaction(session)) == (False, True, False)


def test_what_is_rolled_back_was_never_there(engine: Engine) -> None:
    with Session(engine) as session:
        session.scalars(select(TopicRow)).all()
        session.add(topic("a"))
        session.flush()
        session.rollback()

        assert session.scalars(select(TopicRow)).all() == []


def test_rows_stay_locked_until_the_transaction_ends(server: Engine) -> None:
    with Session(server) as first, Session(server) as second:
        first.add(topic("a"))
        first.commit()
        first.execute(select(TopicRow).with_for_update())

        with pytest.raises(OperationalError, match="lock"):
            second.execute(select(TopicRow).with_for_update(nowait=True))
        second.rollback()
        first.rollback()

        assert second.scalars(select(TopicRow.id).with_for_update(nowait=True)).all() == ["a"]


def test_rows_can_be_read_in_portions(engine: Engine) -> None:
    with Session(engine) as session:
        session.add_all(topic(f"{number}") for number in range(5))
        session.commit()

        rows = session.execute(select(TopicRow.id).order_by(TopicRow.id).execution_options(yield_per=2))

        assert [list(portion) for portion in rows.scalars().partitions()] == [["0", "1"], ["2", "3"], ["4"]]


def test_statements_that_allow_no_transaction_get_none(server: Engine) -> None:
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM topic"))


def test_a_connection_that_the_server_has_ended_is_not_used_again(server: Engine) -> None:
    pid = select(func.pg_backend_pid())
    with Session(server) as session:
        ended = session.scalar(pid)
    administrator = create_engine(server.url)
    with administrator.connect() as other:
        other.execute(select(func.pg_terminate_backend(ended, 5_000)))
    administrator.dispose()

    with Session(server) as session:
        assert session.scalar(pid) != ended
