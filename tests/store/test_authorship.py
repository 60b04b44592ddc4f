"""Who may change which question."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.store import questions
from quizapp.store.authorship import archivable, authors, editable
from quizapp.store.questions import UnknownQuestion

Make = Callable[..., Any]
OWN = "own-0123456789abcdef"


@pytest.fixture
def people(
    session: Session, publish: Make, make_person: Make, make_question: Make, now: datetime.datetime
) -> dict[str, Any]:
    """Return people beside a bank question and one that Ms Ono has added."""
    publish(make_question("shipped"))
    roles = {"Ms Ono": "teacher", "Mr Late": "teacher", "Mr Root": "administrator"}
    made = {name: make_person(name, role=role) for name, role in roles.items()}
    questions.add_question(session, make_question(OWN), author_id=made["Ms Ono"].id, now=now)
    session.commit()
    return made


@pytest.mark.parametrize(
    ("name", "question", "may_edit", "may_archive"),
    [
        ("Ms Ono", OWN, True, True),
        ("Mr Late", OWN, False, False),
        ("Mr Root", OWN, True, True),
        ("Ms Ono", "shipped", False, False),
        ("Mr Root", "shipped", False, True),
        ("Mr Root", "nothing", False, False),
    ],
)
def test_authors_edit_their_own_and_administrators_everybodys(
    session: Session, people: dict[str, Any], name: str, question: str, may_edit: bool, may_archive: bool
) -> None:
    found = [is_found(find, session, people[name], question) for find in (editable, archivable)]

    assert found == [may_edit, may_archive]


def is_found(find: Make, session: Session, person: Any, question: str) -> bool:
    """Say whether a question is handed to a person."""
    try:
        find(session, person, question)
    except UnknownQuestion:
        return False
    return True


def test_only_those_who_added_questions_are_authors(session: Session, people: dict[str, Any]) -> None:
    assert [person.username for person in authors(session)] == ["Ms Ono"]
