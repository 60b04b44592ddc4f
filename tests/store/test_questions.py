"""Teachers add, revise, archive and find questions; quizzes draw from what is current."""

import datetime
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.core.source import Source
from quizapp.store import pool, questions
from quizapp.store.questions import BankQuestion, ChangedMeanwhile, UnknownQuestion
from quizapp.store.sources import add_source, sources_of
from quizapp.store.tables import QuestionRevision, QuestionRow

Make = Callable[..., Any]
OWN = "own-0123456789abcdef"


@pytest.fixture
def add(session: Session, publish: Make, make_question: Make, now: datetime.datetime) -> Make:
    """Return a function that adds a teacher's question to an empty bank and commits."""
    publish()

    def add(id: str = OWN, *, author_id: int | None = None, **fields: Any) -> QuestionRow:
        row = questions.add_question(session, make_question(id, **fields), author_id=author_id, now=now)
        session.commit()
        return row

    return add


def test_an_added_question_can_be_drawn_at_once(session: Session, add: Make) -> None:
    add()

    drawn = pool.candidates(session, topic="africa", rng=Random(1))

    assert [question.id for question in drawn] == [OWN]


def test_a_form_sent_twice_adds_one_question(session: Session, add: Make) -> None:
    add()
    add()

    assert session.scalar(select(func.count()).select_from(QuestionRevision)) == 1


def test_a_posted_id_of_the_bank_is_refused(add: Make) -> None:
    with pytest.raises(BankQuestion):
        add("capital-kenya")


def test_an_edit_makes_the_next_revision(
    session: Session, add: Make, make_question: Make, now: datetime.datetime
) -> None:
    add()

    row = questions.revise_question(
        session, make_question(OWN, stem="In other words?"), based_on=1, author_id=None, now=now
    )

    assert row.revision == 2
    assert questions.latest(session, OWN)[1].stem == "In other words?"


def test_an_edit_that_changes_nothing_makes_no_revision(
    session: Session, add: Make, make_question: Make, now: datetime.datetime
) -> None:
    add()

    row = questions.revise_question(session, make_question(OWN), based_on=1, author_id=None, now=now)

    assert row.revision == 1


def test_an_edit_of_an_older_revision_is_refused(
    session: Session, add: Make, make_question: Make, now: datetime.datetime
) -> None:
    add()
    questions.revise_question(session, make_question(OWN, stem="First?"), based_on=1, author_id=None, now=now)

    with pytest.raises(ChangedMeanwhile):
        questions.revise_question(session, make_question(OWN, stem="Second?"), based_on=1, author_id=None, now=now)


def test_a_question_of_the_bank_is_not_edited_in_the_browser(
    session: Session, publish: Make, make_question: Make, now: datetime.datetime
) -> None:
    publish(make_question())

    with pytest.raises(BankQuestion):
        questions.revise_question(session, make_question(stem="Other?"), based_on=1, author_id=None, now=now)


def test_an_archived_question_is_not_drawn_until_it_is_restored(
    session: Session, add: Make, now: datetime.datetime
) -> None:
    add()

    questions.archive(session, OWN, now)
    archived = pool.candidates(session, topic=None, rng=Random(1))
    questions.restore(session, OWN)

    assert archived == []
    assert len(pool.candidates(session, topic=None, rng=Random(1))) == 1


def test_an_unknown_question_is_said_to_be_unknown(session: Session) -> None:
    with pytest.raises(UnknownQuestion):
        questions.latest(session, "nothing")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {OWN, "river"}),
        ({"text": "RIVER"}, {"river"}),
        ({"text": "100%"}, set()),
        ({"kind": "capital"}, {OWN}),
        ({"type": "single_choice"}, {OWN, "river"}),
        ({"topic": "asia"}, {"river"}),
        ({"source": "atlas"}, {OWN, "river"}),
        ({"source": "almanac"}, set()),
        ({"author": "bank"}, {"river"}),
        ({"archived": True}, set()),
    ],
)
def test_questions_are_found_by_text_kind_type_topic_source_and_author(
    session: Session, add: Make, publish: Make, make_question: Make, filters: dict[str, Any], found: set[str]
) -> None:
    add()
    publish(make_question("river", kind="river", topic="asia", stem="Which river is longest?"))

    page = questions.find_questions(session, **filters)

    assert {row.id for row in page.rows} == found
    assert page.total == len(found)


def test_questions_are_found_by_their_author(session: Session, add: Make, make_person: Make) -> None:
    teacher = make_person("Ms Ono", role="teacher")
    add(author_id=teacher.id)

    page = questions.find_questions(session, author=teacher.id)

    assert [row.author and row.author.username for row in page.rows] == ["Ms Ono"]


def test_a_page_beyond_the_last_is_the_last(session: Session, publish: Make, make_question: Make) -> None:
    publish(*(make_question(f"q{number:02}") for number in range(questions.PAGE + 1)))

    page = questions.find_questions(session, page=9)

    assert (page.page, page.pages, len(page.rows)) == (2, 2, 1)


def test_only_topics_with_questions_are_offered(session: Session, publish: Make, make_question: Make) -> None:
    publish(make_question("a"), make_question("b"))

    offered = pool.topics(session)

    assert [(topic.id, topic.questions) for topic in offered] == [("africa", 2)]


def test_a_large_bank_is_sampled(session: Session, publish: Make, make_question: Make) -> None:
    publish(*(make_question(f"q{number:03}") for number in range(20)))

    drawn = pool.candidates(session, topic=None, rng=Random(1), limit=5)

    assert len({question.id for question in drawn}) == 5


def test_everybody_gets_the_same_question_on_one_day(session: Session, publish: Make, make_question: Make) -> None:
    publish(*(make_question(f"q{number:03}") for number in range(20)))
    day = datetime.date(2025, 11, 23)

    assert pool.question_of_the_day(session, day) == pool.question_of_the_day(session, day)


@pytest.mark.parametrize("day", range(1, 6))
def test_the_question_of_a_day_is_easy_for_a_newcomer(
    session: Session, publish: Make, make_question: Make, day: int
) -> None:
    long = "Which city, " + "after all that has been said about it, " * 3 + "is the capital?"
    hard = [make_question(f"h{number}", difficulty="compare") for number in range(5)]
    publish(*hard, *(make_question(f"l{number}", stem=long) for number in range(5)), make_question("plain"))

    assert pool.question_of_the_day(session, datetime.date(2025, 11, day)).id == "plain"


def test_a_source_that_is_there_already_stays(session: Session, publish: Make, now: datetime.datetime) -> None:
    publish()

    add_source(session, Source(id="atlas", label="another"), author_id=None, now=now)

    assert sources_of(session, ["atlas"])["atlas"].label == "the school atlas"
