"""The scores page and its downloads."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.formats.answers_csv import read_answers
from quizapp.formats.scores_csv import read_scores
from quizapp.store import answers, attempts, removal
from quizapp.store.tables import Answer, Person

Make = Callable[..., Any]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@pytest.fixture
def take(session: Session, publish: Make, make_question: Make, now: datetime.datetime) -> Make:
    """Return a function with which a person answers one question of two rightly."""
    drawn = [make_question("q1"), make_question("q2")]
    publish(*drawn)

    def take(person: Person, *, quiz: str = "all", title: str = "All topics", days_ago: int = 0) -> None:
        at = now - datetime.timedelta(days=days_ago)
        attempt = attempts.start_attempt(
            session, person_id=person.id, quiz=quiz, title=title, questions=drawn, start_key="k", now=at
        )
        turn = answers.turn(session, attempt.person_id, attempt.public_id, 1)
        solution = turn.place.question.solution()
        mark = turn.place.question.grade(solution)
        answers.record_answer(session, turn, response=solution, mark=mark, now=at)
        session.commit()

    return take


@pytest.fixture
def teacher(client: FlaskClient, make_person: Make, sign_in: Make) -> FlaskClient:
    """Return a teacher's browser."""
    return sign_in(client, make_person("Ms Ono", role="teacher"))


def test_an_attempt_is_listed_with_its_score(teacher: FlaskClient, make_person: Make, take: Make) -> None:
    take(make_person("Vučić"))

    page = teacher.get("/teach/scores").text

    assert ">Vučić</th>" in page
    assert '<td data-label="Per cent" class="number">50&nbsp;%</td>' in page
    assert "… still open" in page


def test_a_part_of_a_point_is_listed_as_students_see_it(
    teacher: FlaskClient, make_person: Make, take: Make, session: Session
) -> None:
    take(make_person("Amina"))
    session.execute(update(Answer).values(fraction=1 / 3))
    session.commit()

    assert '<td data-label="Score" class="number">0.33</td>' in teacher.get("/teach/scores").text


def test_a_guest_by_the_name_of_an_account_is_told_apart(teacher: FlaskClient, make_person: Make, take: Make) -> None:
    take(make_person(nickname="Amina"))
    take(make_person("Amina"))

    page = teacher.get("/teach/scores").text

    assert page.count('<th scope="row">Amina') == 2
    assert page.count('Amina <span class="chip">guest</span>') == 1


def test_without_attempts_the_page_says_what_will_stand_here(teacher: FlaskClient) -> None:
    assert "Nobody has taken a quiz yet" in teacher.get("/teach/scores").text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("quiz=africa", ["Amina"]),
        ("name=zur", ["Zuri"]),
        ("since=2025-11-22", ["Amina"]),
        ("until=2025-11-21", ["Zuri"]),
        ("until=2025-11-23", ["Amina", "Zuri"]),
        ("since=yesterday&page=x&until=0001-01-01", ["Amina", "Zuri"]),
        ("quiz=nothing", []),
    ],
)
def test_filters_leave_what_they_say_on_the_page_and_in_the_file(
    teacher: FlaskClient, make_person: Make, take: Make, query: str, names: list[str]
) -> None:
    take(make_person("Amina"), quiz="africa", title="Africa")
    take(make_person("Zuri"), days_ago=4)

    page = teacher.get(f"/teach/scores?{query}").text
    rows = read_scores(teacher.get(f"/teach/scores.csv?{query}").data)

    assert [row.name for row in rows] == names
    assert [name for name in ("Amina", "Zuri") if f">{name}</th>" in page] == names


def test_scores_come_as_a_file_with_a_name(teacher: FlaskClient, make_person: Make, take: Make) -> None:
    take(make_person("Amina"), quiz="africa", title="África")

    answer = teacher.get("/teach/scores.csv?quiz=africa&format=plain")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'attachment; filename="' in answer.headers["Content-Disposition"]
    assert "filename*=UTF-8''%C3%81frica_scores_20251123T120000Z.csv" in answer.headers["Content-Disposition"]
    assert not answer.data.startswith(BYTE_ORDER_MARK)


@pytest.mark.parametrize(("choice", "separator"), [("excel", b","), ("excel-semicolon", b";")])
@pytest.mark.parametrize("path", ["/teach/scores.csv", "/teach/answers.csv"])
def test_spreadsheets_get_their_mark_and_separator(
    teacher: FlaskClient, make_person: Make, take: Make, path: str, choice: str, separator: bytes
) -> None:
    take(make_person("Amina"))

    content = teacher.get(f"{path}?format={choice}").data

    assert content.startswith(BYTE_ORDER_MARK + b"attempt_id" + separator)


def test_answers_come_one_row_each_with_their_citation(teacher: FlaskClient, make_person: Make, take: Make) -> None:
    take(make_person("Amina"))

    rows = read_answers(teacher.get("/teach/answers.csv").data)

    assert [(row.question_id, row.score, row.source_id, row.paragraph) for row in rows] == [
        ("q1", 1, "atlas", 3),
        ("q2", None, "atlas", 3),
    ]


def test_the_scores_of_a_deleted_account_stay_on_the_page_and_in_the_files(
    teacher: FlaskClient, session: Session, make_person: Make, take: Make, now: datetime.datetime
) -> None:
    zuri = make_person("Zuri")
    take(zuri)
    removal.remove(session, zuri.id, now)
    session.commit()

    page = teacher.get("/teach/scores").text
    [row] = read_scores(teacher.get("/teach/scores.csv").data)
    answered = read_answers(teacher.get("/teach/answers.csv").data)

    assert ">deleted account</span></th>" in page
    assert (row.name, row.user_id, row.score) == ("deleted account", None, 1)
    assert {row.name for row in answered} == {"deleted account"}
