"""Publishing makes revisions, and only where something changed."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.question_types import from_line
from quizapp.store import publication, questions
from quizapp.store.tables import QuestionRevision, QuestionRow

Make = Callable[..., Any]


def revisions(session: Session, question_id: str) -> list[int]:
    """List the numbers of a question's revisions."""
    statement = select(QuestionRevision.number).where(QuestionRevision.question_id == question_id)
    return sorted(session.scalars(statement))


def test_a_published_question_reads_as_it_was_written(session: Session, publish: Make, make_question: Make) -> None:
    question = make_question()

    publish(question)

    body = session.scalars(select(QuestionRevision.body)).one()
    assert from_line(body.encode()) == (question, 1)


def test_an_unchanged_question_keeps_its_revision(session: Session, publish: Make, make_question: Make) -> None:
    publish(make_question())

    done = publish(make_question(), digest="d2")

    assert revisions(session, "capital-kenya") == [1]
    assert done == publication.Published(added=0, changed=0, archived=0, unchanged=1)


def test_a_changed_question_gets_the_next_revision(session: Session, publish: Make, make_question: Make) -> None:
    publish(make_question())
    publish(make_question(stem="Name the capital of Kenya."), digest="d2")

    publish(make_question(stem="Name the capital of Kenya."), digest="d3")

    row, current = questions.latest(session, "capital-kenya")
    assert revisions(session, "capital-kenya") == [1, 2]
    assert (row.revision, row.stem, current.stem) == (2, "Name the capital of Kenya.", "Name the capital of Kenya.")


def test_a_question_that_is_gone_is_archived(session: Session, publish: Make, make_question: Make) -> None:
    publish(make_question("a"), make_question("b"))

    publish(make_question("a"), digest="d2")

    assert session.scalars(select(QuestionRow.id).where(QuestionRow.archived_at.is_not(None))).all() == ["b"]


def test_a_question_that_is_back_is_drawn_again(session: Session, publish: Make, make_question: Make) -> None:
    publish(make_question("a"), make_question("b"))
    publish(make_question("a"), digest="d2")

    publish(make_question("a"), make_question("b"), digest="d3")

    assert session.get_one(QuestionRow, "b").archived_at is None
    assert revisions(session, "b") == [1]


def test_what_a_teacher_archived_stays_archived(
    session: Session, publish: Make, make_question: Make, now: datetime.datetime
) -> None:
    publish(make_question("a"))
    questions.archive(session, "a", now)
    session.commit()

    publish(make_question("a", stem="Asked in other words?"), digest="d2")

    assert session.get_one(QuestionRow, "a").archived_by == "teacher"


def test_a_changed_source_is_the_new_one_among_the_filters(
    session: Session, publish: Make, make_question: Make
) -> None:
    publish(make_question("a"))
    cited = make_question("a").citations[0]

    publish(make_question("a", citations=(type(cited)(source="almanac"),)), digest="d2")

    assert questions.find_questions(session, source="almanac").total == 1
    assert questions.find_questions(session, source="atlas").total == 0


def test_the_digest_of_the_last_publication_is_kept(session: Session, publish: Make, make_question: Make) -> None:
    publish(make_question(), digest="d1")
    publish(make_question(), digest="d2")

    assert publication.published_digest(session) == "d2"


def test_nothing_has_been_published_in_an_empty_database(session: Session) -> None:
    assert publication.published_digest(session) is None


def test_a_publication_that_fails_leaves_nothing(session: Session, publish: Make, make_question: Make) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        publish(make_question("a"), make_question("b", topic="atlantis"))
    session.rollback()

    assert session.scalar(select(func.count()).select_from(QuestionRow)) == 0
    assert publication.published_digest(session) is None


def test_what_was_measured_is_kept_with_the_publication(
    session: Session, bank: Any, now: datetime.datetime, publish: Make
) -> None:
    publish()

    publication.publish(session, bank, [], "d2", now, report='{"questions": 0}')

    latest = publication.latest_publication(session)
    assert latest is not None
    assert (latest.digest, latest.report) == ("d2", '{"questions": 0}')


def test_before_anything_is_published_there_is_no_publication(session: Session) -> None:
    assert publication.latest_publication(session) is None
