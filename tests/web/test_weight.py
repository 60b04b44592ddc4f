"""What pages weigh: a question in bytes, and everything that a newcomer's browser has to fetch."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.bank.build import Built, build
from quizapp.config import PROJECT
from quizapp.question_types import AnyQuestion
from quizapp.store import attempts, publication
from quizapp.store.questions import type_of
from quizapp.store.tables import Person
from quizapp.web.offer import LENGTH

Make = Callable[..., Any]
QUESTION_BYTES = 8 * 1024
VIEW_BYTES = 30 * 1024
VIEW_REQUESTS = 8
HEAVY = {"map_point", "matching"}
GZIP = {"Accept-Encoding": "gzip"}
LONG_NAME = "Bartholomew Featherstonehaugh-Cholmonde"


@pytest.fixture(scope="module")
def built() -> Built:
    """Build the shipped bank."""
    return build(PROJECT / "question_bank")


@pytest.fixture
def take(session: Session, built: Built, now: Any) -> Callable[[Person, list[AnyQuestion]], str]:
    """Return a function that starts an attempt of some shipped questions and returns its address."""
    publication.publish(session, built.bank, built.questions, "shipped", now)
    session.commit()

    def take(person: Person, questions: list[AnyQuestion]) -> str:
        attempt = attempts.start_attempt(
            session,
            person_id=person.id,
            quiz="all",
            title="All topics",
            questions=questions,
            start_key=attempts.new_start_key(),
            now=now,
        )
        session.commit()
        return f"/a/{attempt.public_id}"

    return take


def fetched(client: FlaskClient, address: str) -> dict[str, int]:
    """Return what a browser that has nothing fetches for a page: each address with the bytes of its body."""
    page = client.get(address, headers=GZIP, follow_redirects=True)
    found = {page.request.path: len(page.data)}
    wanted = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)
    for address in wanted:
        answer = client.get(address, headers=GZIP)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        found[address] = len(answer.data)
        nested = re.findall(r'(?:url\("\.\./|from "\./)([^"]+)"', client.get(address).text)
        wanted += [re.sub(r"(css|js)/[^/]+$", "", address) + (f"js/{n}" if n.endswith("js") else n) for n in nested]
    return found


def test_each_shipped_question_is_small(
    client: FlaskClient, built: Built, take: Make, make_person: Make, sign_in: Make
) -> None:
    person = make_person(LONG_NAME, role="administrator")
    sign_in(client, person)
    weights = {}

    for begin in range(0, len(built.questions), LENGTH):
        ten = list(built.questions[begin : begin + LENGTH])
        address = take(person, ten)
        for n, question in enumerate(ten, start=1):
            page = client.get(f"{address}/{n}")
            assert "data-check" in page.text
            weights[question.id] = len(page.data)
            if n == 1 or type_of(question) in HEAVY:
                refused = client.post(f"{address}/{n}", data={})
                weights[f"{question.id}, refused"] = len(refused.data)
                assert refused.status_code == 422
            client.post(f"{address}/{n}", data={"skip": "1"})

    assert len(weights) > len(built.questions)
    assert {name: weight for name, weight in weights.items() if weight > QUESTION_BYTES} == {}


def test_the_first_view_of_a_newcomer_is_light(client: FlaskClient, take: Make, built: Built) -> None:
    found = fetched(client, "/")

    assert "data-check" in client.get("/").text
    assert len(found) <= VIEW_REQUESTS, found
    assert sum(found.values()) <= VIEW_BYTES, found


def test_the_first_view_of_any_type_of_question_is_light(
    client: FlaskClient, built: Built, take: Make, make_person: Make, sign_in: Make
) -> None:
    one_of_each = list({type_of(question): question for question in built.questions}.values())
    person = make_person()
    sign_in(client, person)
    address = take(person, one_of_each)

    for n in range(1, len(one_of_each) + 1):
        found = fetched(client, f"{address}/{n}")
        assert len(found) <= VIEW_REQUESTS, found
        assert sum(found.values()) <= VIEW_BYTES, found
        client.post(f"{address}/{n}", data={"skip": "1"})
        assert sum(fetched(client, f"{address}/{n}").values()) <= VIEW_BYTES


@pytest.mark.parametrize("address", ["/teach", "/teach/scores", "/signin"])
def test_the_first_view_of_a_teacher_is_light(
    client: FlaskClient, take: Make, make_person: Make, sign_in: Make, address: str
) -> None:
    found = fetched(sign_in(client, make_person("Ms Ono", role="teacher")), address)

    assert len(found) <= VIEW_REQUESTS, found
    assert sum(found.values()) <= VIEW_BYTES, found
