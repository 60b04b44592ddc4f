"""What is exported: in order, a little at a time, and without keeping the database from anybody."""

import datetime
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select, text, update
from sqlalchemy.orm import Session

from quizapp.question_types import encode_response
from quizapp.store import answer_reports, removal, reports
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Person, QuestionRevision

Make = Callable[..., Any]
Rows = Callable[[Session], Iterator[Any]]
EXPORTS: list[Rows] = [reports.score_rows, answer_reports.answer_rows]


@pytest.fixture
def school(session: Session, publish: Make, make_question: Make, now: datetime.datetime) -> Make:
    """Return a function that fills the database: so many guests of equal names, each with an attempt of two."""
    asked = [make_question(f"q{number}") for number in range(2)]
    publish(*asked)
    revisions = session.execute(select(QuestionRevision.question_id, QuestionRevision.id)).all()
    right = encode_response(asked[0], asked[0].solution())

    def school(guests: int | range, *, name: str = "Guest", answered: int = 2) -> None:
        ids = list(guests if isinstance(guests, range) else range(1, guests + 1))
        session.execute(
            insert(Person), [{"id": id, "role": "guest", "nickname": name, "created_at": now} for id in ids]
        )
        values = {"quiz": "all", "title": "All", "name": "", "seed": "s", "start_key": "k", "started_at": now}
        session.execute(
            insert(Attempt), [{**values, "id": id, "person_id": id, "public_id": f"a{id:06}"} for id in ids]
        )
        for position, (question_id, revision_id) in enumerate(revisions, start=1):
            pinned = {"question_id": question_id, "revision_id": revision_id}
            session.execute(insert(AttemptQuestion), [{**pinned, "attempt_id": id, "position": position} for id in ids])
            if position <= answered:
                given = {**pinned, "status": "answered", "response": right, "fraction": 1, "answered_at": now}
                session.execute(insert(Answer), [{**given, "revision": 1, "attempt_id": id} for id in ids])
        session.commit()
        return ids

    return school


def names(session: Session, wanted: dict[int, str]) -> None:
    for id, name in wanted.items():
        session.execute(update(Person).where(Person.id == id).values(nickname=name))
    session.commit()


@pytest.mark.parametrize("rows", EXPORTS)
def test_rows_are_sorted_by_name_without_case_then_by_name_and_person(
    session: Session, school: Make, rows: Rows
) -> None:
    school(9)
    names(session, {1: "Z", 2: "straße", 3: "STRASSE", 4: "Straße", 5: "ana", 6: "Ana", 7: "ana", 8: "Łódź", 9: "𐐀"})

    listed = list(dict.fromkeys((row.name, row.user_id) for row in rows(session)))

    assert listed == [
        ("Ana", 6), ("ana", 5), ("ana", 7), ("STRASSE", 3), ("Straße", 4), ("straße", 2), ("Z", 1), ("Łódź", 8),
        ("𐐀", 9),
    ]  # fmt: skip


def test_attempts_of_one_person_are_sorted_by_start_scores_to_the_second(
    session: Session, school: Make, now: datetime.datetime
) -> None:
    """A file of scores tells the start to the second, and keeps its order when it is read and written again."""
    school(3)
    half = datetime.timedelta(milliseconds=500)
    for id, started_at in {1: now + half, 2: now, 3: now - half}.items():
        session.execute(
            update(Attempt).where(Attempt.id == id).values(person_id=1, start_key=id, started_at=started_at)
        )
    session.commit()

    scored = [row.attempt_id for row in reports.score_rows(session)]
    answered = [row.attempt_id for row in answer_reports.answer_rows(session) if row.position == 1]

    assert scored == ["a000003", "a000001", "a000002"]
    assert answered == ["a000003", "a000002", "a000001"]


@pytest.mark.parametrize("rows", EXPORTS)
def test_a_guest_may_be_called_as_those_who_were_deleted_are(
    session: Session, school: Make, rows: Rows, now: datetime.datetime
) -> None:
    school(2, name=reports.NOBODY)
    removal.remove(session, 2, now)
    session.commit()

    assert list(dict.fromkeys(row.user_id for row in rows(session))) == [None, 1]


def test_questions_of_an_attempt_are_in_the_order_drawn(session: Session, school: Make) -> None:
    school(3, answered=1)

    listed = [(row.user_id, row.position, row.status) for row in answer_reports.answer_rows(session)]

    assert listed == [(id, n, status) for id in (1, 2, 3) for n, status in [(1, "answered"), (2, "not_reached")]]


def test_portions_leave_nothing_out_and_read_each_wording_once(
    session: Session, engine: Engine, school: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    school(7)
    whole = list(answer_reports.answer_rows(session))
    monkeypatch.setattr(answer_reports, "AT_ONCE", 2)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: asked.append(statement))

    assert list(answer_reports.answer_rows(session)) == whole
    assert len(whole) == 14
    assert sum("FROM question_revision" in statement for statement in asked) == 1


def test_wordings_that_are_not_at_hand_any_more_are_read_again(
    session: Session, school: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    school(3)
    whole = list(answer_reports.answer_rows(session))
    monkeypatch.setattr(answer_reports, "AT_ONCE", 1)
    monkeypatch.setattr(answer_reports, "WORDINGS", 1)

    assert list(answer_reports.answer_rows(session)) == whole


def test_the_rows_of_answers_are_counted(session: Session, school: Make) -> None:
    school(3, answered=0)

    assert answer_reports.count_rows(session) == 6


@pytest.mark.parametrize("rows", EXPORTS)
def test_whoever_takes_rows_slowly_keeps_nobody_from_the_database(
    session: Session, engine: Engine, school: Make, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a connection nor a transaction is held between rows, so that others write and the log is emptied."""
    monkeypatch.setattr(answer_reports, "AT_ONCE", 2)
    school(7)
    taken = rows(session)
    next(taken)

    assert not session.in_transaction()
    assert engine.pool.status().endswith("Current Checked out connections: 0")
    with Session(engine) as other:
        other.execute(update(Attempt).values(seed="written meanwhile"))
        other.commit()
        if engine.dialect.name == "sqlite":
            assert other.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0] == 0
    assert sum(1 for _ in taken) > 0


@pytest.mark.parametrize("rows", EXPORTS)
def test_whose_attempts_are_listed_is_as_of_the_beginning(
    session: Session, engine: Engine, school: Make, rows: Rows, now: datetime.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_reports, "AT_ONCE", 1)
    school(3)
    taken = rows(session)
    first = next(taken)
    with Session(engine) as other:
        removal.remove(other, 3, now)
        other.execute(insert(Person).values(id=9, role="guest", nickname="Guest", created_at=now))
        other.execute(update(Attempt).where(Attempt.id == 2).values(person_id=9))
        other.commit()

    assert {row.user_id for row in (first, *taken)} == {1, 2, 3}


@pytest.mark.parametrize("rows", EXPORTS)
def test_memory_does_not_grow_with_the_number_of_rows(
    session: Session, school: Make, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def peak(attempts: range) -> int:
        school(attempts)
        tracemalloc.start()
        assert len({row.attempt_id[:1] for row in rows(session)}) == 1
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    monkeypatch.setattr(reports, "READ_AHEAD", 100)
    monkeypatch.setattr(answer_reports, "AT_ONCE", 20)
    peak(range(1, 10))
    few = peak(range(10, 500))

    assert peak(range(500, 5000)) < few + 500_000, "4,500 more attempts, kept, would be two million bytes"
