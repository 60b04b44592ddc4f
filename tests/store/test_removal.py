"""Whoever is deleted is in no row and no byte; what was answered stays as numbers of nobody."""

import datetime
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from quizapp.core.mark import Mark
from quizapp.question_types import ShortText
from quizapp.store import (
    answer_reports,
    answers,
    attempts,
    links,
    logins,
    people,
    questions,
    removal,
    reports,
    throttle,
)
from quizapp.store.roles import LastAdministrator
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Base, Login, OneTimeLink, Person, QuestionRow

Make = Callable[..., Any]
NAME = "Zyxora Quell"


@pytest.fixture
def make_written() -> Make:
    """Return a function that makes a question to be answered by writing."""
    return lambda id: ShortText(
        id=id, stem="Who?", accepted=("Nairobi",), kind="capital", explanation="Because.", topic="africa"
    )


@pytest.fixture
def take(session: Session, publish: Make, make_question: Make, make_written: Make, now: datetime.datetime) -> Make:
    """Return a function with which a person answers some of three questions: a choice, and then by the own name."""
    drawn = [make_question("chosen"), make_written("written"), make_written("left")]
    publish(*drawn)

    def take(person: Person, *, reached: int = 2, quiz: str = "all", key: str = "k", name: str = NAME) -> Attempt:
        attempt = attempts.start_attempt(
            session,
            person_id=person.id,
            quiz=quiz,
            title="All topics",
            questions=drawn,
            start_key=key,
            name=name,
            now=now,
        )
        for position in range(1, reached + 1):
            turn = answers.turn(session, person.id, attempt.public_id, position)
            response = turn.place.question.solution() if position == 1 else name
            mark = Mark(fraction=float(position == 1))
            answers.record_answer(session, turn, response=response, mark=mark, now=now)
        session.commit()
        return attempt

    return take


@pytest.fixture
def remove(session: Session, engine: Engine, now: datetime.datetime) -> Make:
    """Return a function that deletes a person as a view does: remove, commit, wipe."""

    def remove(person_id: int) -> bool:
        was_there = removal.remove(session, person_id, now)
        session.commit()
        return was_there and removal.wipe(engine)

    return remove


@pytest.fixture
def plant(make_person: Make, session: Session, take: Make, make_question: Make, now: datetime.datetime) -> Make:
    """Return a function that makes a person of a role whose name stands wherever a name can stand."""

    def plant(role: str) -> Person:
        person: Person = make_person(nickname=NAME) if role == "guest" else make_person(NAME, role=role)
        take(person, key=f"{NAME} posted this")
        take(person, key="unfinished", reached=1)
        logins.begin_login(session, person, "token", now)
        throttle.count_failure(session, person.username_key or "", now)
        if role != "guest":
            links.reset_link(session, person, now)
        if role in people.TEACHING:
            questions.add_question(session, make_question("own-0123456789abcdef"), author_id=person.id, now=now)
        session.commit()
        return person

    return plant


def everything(session: Session) -> str:
    """Write down every row of every table."""
    session.rollback()
    return "\n".join(str(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table)))


def rows(session: Session, table: type[Base]) -> int:
    """Count the rows of a table."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def files_of(engine: Engine) -> bytes:
    """Read the files of a SQLite database as they lie on the disk."""
    path = Path(engine.url.database or "")
    return b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal", "-shm") if Path(f"{path}{end}").exists())


@pytest.mark.parametrize("role", ["guest", "student", "teacher"])
def test_a_planted_name_is_in_no_row(session: Session, plant: Make, remove: Make, role: str) -> None:
    person = plant(role)
    before = everything(session).casefold()

    assert remove(person.id)
    assert NAME.casefold() in before
    assert NAME.casefold() not in everything(session).casefold()


@pytest.mark.parametrize("role", ["guest", "student", "teacher"])
def test_a_planted_name_is_in_no_byte(engine: Engine, plant: Make, remove: Make, role: str) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    person = plant(role)
    before = files_of(engine).lower()

    assert remove(person.id)
    assert NAME.lower().encode() in before
    assert NAME.lower().encode() not in files_of(engine).lower()


def test_copies_that_stay_in_pages_when_rows_move_go_as_well(session: Session, engine: Engine) -> None:
    """Fill pages and let their rows grow, so that rows move to new pages: zeroing what is deleted is not enough."""
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    dice = random.Random(0)
    insert = text(
        "INSERT INTO attempt (public_id, quiz, title, name, seed, start_key, started_at) "
        "VALUES (:public_id, 'all', 'All', :name, 's', 'k', '2025-11-23 12:00:00')"
    )
    grow = text("UPDATE attempt SET finished_at = '2025-11-23 12:30:00.000000' WHERE id = :id")
    for number in range(1, 2001):
        session.execute(insert, {"public_id": str(dice.random()), "name": NAME})
        session.execute(grow, {"id": max(1, number - dice.randrange(100))})
    ids = dice.sample(range(1, 2001), 2000)
    session.execute(text("UPDATE attempt SET name = '' WHERE id = :id"), [{"id": number} for number in ids])
    session.commit()
    session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).all()
    if NAME.encode() not in files_of(engine):
        pytest.skip("this SQLite leaves no copies")

    assert removal.wipe(engine)
    assert NAME.encode() not in files_of(engine)


@pytest.mark.parametrize("role", ["guest", "student"])
def test_the_numbers_stay(session: Session, plant: Make, remove: Make, role: str) -> None:
    def numbers() -> list[Any]:
        columns = (Answer.question_id, Answer.revision_id, Answer.status, Answer.fraction, Answer.answered_at)
        return sorted(tuple(row) for row in session.execute(select(*columns)))

    person = plant(role)
    before = numbers(), rows(session, AttemptQuestion), reports.count_attempts(session)

    remove(person.id)

    assert (numbers(), rows(session, AttemptQuestion), reports.count_attempts(session)) == before


def test_what_was_chosen_stays_and_what_was_typed_goes(
    session: Session, make_person: Make, take: Make, remove: Make
) -> None:
    ana = make_person("Ana")
    take(ana)

    remove(ana.id)

    kept = session.execute(select(Answer.question_id, Answer.response.is_(None)).order_by(Answer.question_id)).all()
    assert [tuple(row) for row in kept] == [("chosen", False), ("written", True)]


def test_the_attempts_of_nobody_are_closed_under_new_ids(
    session: Session, make_person: Make, take: Make, remove: Make, now: datetime.datetime
) -> None:
    ana = make_person("Ana")
    old = take(ana).public_id

    remove(ana.id)

    session.expire_all()
    [attempt] = session.scalars(select(Attempt))
    assert (attempt.person_id, attempt.name, attempt.finished_at) == (None, "", now)
    assert old not in (attempt.public_id, attempt.start_key)


def test_tries_and_attempts_without_an_answer_go(session: Session, make_person: Make, take: Make, remove: Make) -> None:
    teacher = make_person("Ms Ono", role="teacher")
    take(teacher, quiz="try", key="k1")
    take(teacher, reached=0, key="k2")

    remove(teacher.id)

    assert [rows(session, table) for table in (Attempt, AttemptQuestion, Answer)] == [0, 0, 0]


def test_logins_links_and_failures_end(session: Session, plant: Make, remove: Make) -> None:
    person = plant("student")

    remove(person.id)

    assert [rows(session, table) for table in (Login, OneTimeLink, Person)] == [0, 0, 0]


def test_a_teachers_questions_stay_without_an_author(session: Session, plant: Make, remove: Make) -> None:
    person = plant("teacher")

    remove(person.id)

    session.expire_all()
    assert session.get_one(QuestionRow, "own-0123456789abcdef").author_id is None


def test_others_keep_everything(session: Session, make_person: Make, take: Make, remove: Make) -> None:
    ana, ben = make_person("Ana"), make_person("Ben")
    take(ana, name="Ana")
    take(ben, name="Ben")

    remove(ana.id)

    assert next(reports.score_rows(session)).name == "Ben"
    assert [row.response for row in answer_reports.answer_rows(session) if row.name == "Ben"][1] == "Ben"


def test_reports_tell_of_nobody(session: Session, make_person: Make, take: Make, remove: Make) -> None:
    ana = make_person("Ana")
    take(ana)

    remove(ana.id)

    [score] = reports.score_rows(session)
    assert (score.name, score.user_id, score.score, score.status) == ("deleted account", None, 1.0, "submitted")
    assert [(row.name, row.status, row.score) for row in answer_reports.answer_rows(session)] == [
        ("deleted account", "answered", 1.0),
        ("deleted account", "answered", 0.0),
        ("deleted account", "not_reached", None),
    ]
    assert [row.name for row in reports.newest_scores(session, limit=9)] == ["deleted account"]


def test_an_id_is_never_given_again(session: Session, make_person: Make, remove: Make) -> None:
    first = make_person("Ana").id
    remove(first)

    assert make_person("Ben").id > first


def test_the_only_administrator_stays(session: Session, make_person: Make, now: datetime.datetime) -> None:
    root = make_person("Mr Root", role="administrator")

    with pytest.raises(LastAdministrator):
        removal.remove(session, root.id, now)


def test_whoever_is_gone_is_not_deleted_twice(make_person: Make, remove: Make) -> None:
    ana = make_person("Ana")

    assert [remove(ana.id), remove(ana.id)] == [True, False]


def test_a_database_in_use_is_not_called_wiped(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    is_wiped = removal.wipe(engine)
    other.close()

    assert not is_wiped


def test_a_deletion_makes_a_wipe_due_until_it_is_done(
    session: Session, engine: Engine, make_person: Make, now: datetime.datetime
) -> None:
    due = [removal.is_wipe_due(engine)]
    removal.remove(session, make_person("Ana").id, now)
    due.append(removal.is_wipe_due(engine))
    session.commit()
    due.append(removal.is_wipe_due(engine))
    removal.wipe(engine)

    is_sqlite = engine.dialect.name == "sqlite"
    assert [*due, removal.is_wipe_due(engine)] == [False, False, is_sqlite, False]


def test_a_deletion_that_is_taken_back_makes_nothing_due(
    session: Session, engine: Engine, make_person: Make, now: datetime.datetime
) -> None:
    removal.remove(session, make_person("Ana").id, now)
    session.rollback()

    assert not removal.is_wipe_due(engine)


def test_a_wipe_that_could_not_be_finished_stays_due(
    session: Session, engine: Engine, make_person: Make, remove: Make, now: datetime.datetime
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    ana = make_person("Ana")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(engine.url.database or "", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM person").fetchall()

    was_wiped = remove(ana.id)
    reader.close()

    assert (was_wiped, removal.is_wipe_due(engine)) == (False, True)


def test_an_answer_on_its_way_comes_too_late(
    session: Session, engine: Engine, make_person: Make, take: Make, remove: Make, now: datetime.datetime
) -> None:
    ana = make_person("Ana")
    attempt = take(ana, reached=1)
    with Session(engine) as other:
        turn = answers.turn(other, ana.id, attempt.public_id, 2)
        other.rollback()

        remove(ana.id)

        with pytest.raises(attempts.UnknownAttempt):
            answers.record_answer(other, turn, response=NAME, mark=Mark(fraction=0.0), now=now)
    assert NAME not in everything(session)
