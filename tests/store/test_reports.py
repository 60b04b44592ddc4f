"""Reports derive scores and list every question, answered or not."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.store import answer_reports, answers, attempts, logins, reports
from quizapp.store.reports import Filter
from quizapp.store.tables import Attempt, Person

Make = Callable[..., Any]


@pytest.fixture
def take(session: Session, publish: Make, make_question: Make, now: datetime.datetime) -> Make:
    """Return a function with which a person takes a quiz of four: right, wrong, skipped, not reached."""
    drawn = [make_question(f"q{number}") for number in range(4)]
    publish(*drawn)

    def take(person: Person, *, quiz: str = "all", name: str = "", reached: int = 3, key: str = "k") -> Attempt:
        attempt = attempts.start_attempt(
            session,
            person_id=person.id,
            quiz=quiz,
            title=quiz.title(),
            questions=drawn,
            start_key=key,
            now=now,
            name=name,
        )
        for position in range(1, reached + 1):
            turn = answers.turn(session, attempt.person_id, attempt.public_id, position)
            if position == 3:
                answers.skip(session, turn, now=now)
                continue
            question = turn.place.question
            wrong = [choice.key for choice in question.present(None).choices if choice.key != question.solution()]
            response = wrong[0] if position == 2 else question.solution()
            mark = question.grade(response)
            answers.record_answer(session, turn, response=response, mark=mark, now=now)
        session.commit()
        return attempt

    return take


@pytest.fixture
def make_question(make_question: Make) -> Make:
    """Return the function of the same name, whose options keep their order so that no dice are needed."""
    return lambda *args, **fields: make_question(*args, sorted_options=True, **fields)


def test_a_score_is_out_of_what_was_drawn(session: Session, make_person: Make, take: Make) -> None:
    take(make_person("Ana"))

    [row] = reports.score_rows(session)

    assert (row.score, row.max, row.percent, row.status, row.finished_at) == (1.0, 4.0, 25.0, "in_progress", None)


def test_an_attempt_without_answers_has_the_score_nought(session: Session, make_person: Make, take: Make) -> None:
    take(make_person("Ana"), reached=0)

    [row] = reports.score_rows(session)

    assert (row.score, row.max) == (0.0, 4.0)


def test_a_complete_attempt_is_submitted(
    session: Session, make_person: Make, take: Make, now: datetime.datetime
) -> None:
    take(make_person("Ana"), reached=4)

    [row] = reports.score_rows(session)

    assert (row.status, row.finished_at) == ("submitted", now)


def test_the_teacher_sees_user_name_or_nickname_or_number(session: Session, make_person: Make, take: Make) -> None:
    nobody, somebody = make_person(), make_person(nickname="=1+1")
    take(make_person("Ana"), name="Ben")
    take(nobody)
    take(somebody)
    take(make_person(nickname="Old"), name="New")

    names = [row.name for row in reports.score_rows(session)]

    assert names == ["=1+1", "Ana", f"Guest {nobody.id}", "New"]


def test_tries_of_single_questions_are_no_scores(session: Session, make_person: Make, take: Make) -> None:
    take(make_person("Ms Ono", role="teacher"), quiz="try")

    assert list(reports.score_rows(session)) == []
    assert list(answer_reports.answer_rows(session)) == []
    assert len(list(reports.score_rows(session, Filter(quiz="try")))) == 1


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(name="AN"), ["Ana"]),
        (Filter(name="%"), []),
        (Filter(quiz="today"), ["Ben"]),
        (Filter(status="submitted"), ["Ben"]),
        (Filter(status="in_progress"), ["Ana"]),
        (Filter(person_id=-1), []),
    ],
)
def test_scores_are_filtered_by_name_quiz_status_and_person(
    session: Session, make_person: Make, take: Make, wanted: Filter, names: list[str]
) -> None:
    take(make_person("Ana"))
    take(make_person("Ben"), quiz="today", reached=4)

    assert [row.name for row in reports.score_rows(session, wanted)] == names


def test_answers_tell_right_wrong_skipped_and_not_reached_apart(
    session: Session, make_person: Make, take: Make
) -> None:
    take(make_person("Ana"))

    rows = answer_reports.answer_rows(session)

    assert [(row.position, row.status, row.response, row.score) for row in rows] == [
        (1, "answered", "Nairobi", 1.0),
        (2, "answered", "Mombasa", 0.0),
        (3, "skipped", None, 0.0),
        (4, "not_reached", None, None),
    ]


def test_an_answer_names_question_revision_and_citation(session: Session, make_person: Make, take: Make) -> None:
    take(make_person("Ana"))

    row = next(answer_reports.answer_rows(session))

    assert (row.question_id, row.question_revision, row.type, row.correct_answer) == (
        "q0",
        1,
        "single_choice",
        "Nairobi",
    )
    assert (row.source_id, row.source_label, row.source_url, row.paragraph, row.anchor) == (
        "atlas",
        "the school atlas",
        "https://atlas.example/kenya",
        3,
        "capital Nairobi",
    )


def test_a_merged_guest_is_reported_under_the_account(session: Session, make_person: Make, take: Make) -> None:
    guest, ana = make_person(nickname="Panda"), make_person("Ana")
    take(guest)

    logins.merge(session, guest=guest, into=ana)
    session.commit()

    assert [row.name for row in reports.score_rows(session)] == ["Ana"]


def test_quizzes_that_were_taken_are_listed_by_title(session: Session, make_person: Make, take: Make) -> None:
    ana = make_person("Ana")
    take(ana, quiz="today", key="k1")
    take(ana, quiz="all", key="k2")
    take(ana, quiz="try", key="k3")

    assert reports.quizzes(session) == [("all", "All"), ("today", "Today")]


def test_a_period_takes_its_first_moment_and_leaves_its_last(
    session: Session, make_person: Make, take: Make, now: datetime.datetime
) -> None:
    take(make_person("Ana"))
    second = datetime.timedelta(seconds=1)

    periods = [
        Filter(since=now, until=now + second),
        Filter(since=now + second),
        Filter(until=now),
    ]

    assert [len(list(reports.score_rows(session, period))) for period in periods] == [1, 0, 0]
    assert [len(list(answer_reports.answer_rows(session, period))) for period in periods] == [4, 0, 0]


def test_attempts_are_counted_without_listing_them(session: Session, make_person: Make, take: Make) -> None:
    take(make_person("Ana"))
    take(make_person("Ben"), quiz="try")

    counted = [reports.count_attempts(session), reports.count_attempts(session, Filter(name="ben", quiz="try"))]

    assert counted == [1, 1]
