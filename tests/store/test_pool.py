"""What a quiz may draw from, in a bank of any size: everything that is not archived, each with the same chance."""

import datetime
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, insert, update
from sqlalchemy.orm import Session

from quizapp.question_types import to_line
from quizapp.store import pool
from quizapp.store.tables import QuestionRevision, QuestionRow, TopicRow

Make = Callable[..., Any]
MANY = 4 * pool.SMALL_BANK // 3
SMALL_TOPIC = 20


@pytest.fixture
def large(session: Session, make_question: Make, now: datetime.datetime) -> list[str]:
    """Fill a large bank and return the ids that may be drawn.

    The first quarter has five revisions each, every tenth question is archived, twenty are of a topic of their own.
    """
    session.add_all(TopicRow(id=id, title=id, description="", position=0) for id in ("africa", "asia"))
    session.flush()
    body = to_line(make_question("q"), 1).decode()
    rows = [
        {
            "id": f"q{number:05}",
            "origin": "bank",
            "topic_id": "asia" if number < SMALL_TOPIC else "africa",
            "type": "single_choice",
            "kind": "capital",
            "stem": "Which?",
            "revision": 5 if number < MANY // 4 else 1,
            "created_at": now,
            "updated_at": now,
            "archived_at": now if number % 10 == 9 else None,
        }
        for number in range(MANY)
    ]
    session.execute(insert(QuestionRow), rows)
    session.execute(
        insert(QuestionRevision),
        [
            {"question_id": row["id"], "number": number, "created_at": now, "body": body}
            for row in rows
            for number in range(1, row["revision"] + 1)
        ],
    )
    session.commit()
    return [row["id"] for row in rows if row["archived_at"] is None]


def drawn(session: Session, times: int, topic: str | None = None) -> Counter[str]:
    """Count how often each question is among the candidates."""
    rng = Random(1)
    counted: Counter[str] = Counter()
    for _ in range(times):
        ids = pool.sample_ids(session, topic=topic, rng=rng, limit=pool.CANDIDATES)
        assert len(ids) == len(set(ids))
        counted.update(ids)
    return counted


def test_every_question_of_a_large_bank_has_the_same_chance(session: Session, large: list[str]) -> None:
    times = 100

    counted = drawn(session, times)

    expected = times * pool.CANDIDATES / len(large)
    assert counted.keys() <= set(large)
    assert counted.total() == times * pool.CANDIDATES
    # Pearson's statistic by degree of freedom is 1 for equal chances, give or take 0.03 here.
    assert 0.9 < sum((counted[id] - expected) ** 2 / expected for id in large) / len(large) < 1.1
    often_revised = [id for id in large if id < f"q{MANY // 4:05}"]
    share = sum(counted[id] for id in often_revised) / counted.total()
    assert share == pytest.approx(len(often_revised) / len(large), rel=0.05)


def test_a_small_topic_of_a_large_bank_is_drawn_whole(session: Session, large: list[str]) -> None:
    own = [id for id in large if id < f"q{SMALL_TOPIC:05}"]

    assert sorted(drawn(session, 1, "asia")) == own


def test_a_start_reads_the_same_however_large_the_bank(session: Session, large: list[str]) -> None:
    asked: list[str] = []

    def note(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(session.get_bind(), "after_cursor_execute", note)
    ids = pool.sample_ids(session, topic=None, rng=Random(1), limit=pool.CANDIDATES)
    event.remove(session.get_bind(), "after_cursor_execute", note)

    assert len(ids) == pool.CANDIDATES
    assert len(asked) <= 3
    assert all("IN (" in statement or "max(" in statement for statement in asked), asked


def test_what_was_archived_this_moment_is_drawn_no_more(
    session: Session, large: list[str], now: datetime.datetime
) -> None:
    kept = set(large[: len(large) // 2])
    session.execute(update(QuestionRow).where(QuestionRow.id.not_in(kept)).values(archived_at=now))

    assert drawn(session, 3).keys() <= kept
