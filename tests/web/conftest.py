"""What walks over all routes share: a world with somebody of every role, and how each route is asked for."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.core.bank import Bank
from quizapp.core.citation import Citation
from quizapp.core.question import Option, Question
from quizapp.core.source import Source
from quizapp.question_types.matching import Matching
from quizapp.question_types.short_text import ShortText
from quizapp.question_types.single_choice import SingleChoice
from quizapp.store import attempts, publication, questions
from quizapp.store.tables import Person
from quizapp.web.audience import routes

Make = Callable[..., Any]
IDS = ("choice", "words", "pairs")
OWN = "own-00000000000000aa"
SECRET = re.compile(r"(?:because|passage|anchor|why|accepted|source|partner)-([a-z]+)")
# What is sent to each unsafe route so that it does what it is for; a new route needs a line here.
FORMS: dict[str, dict[str, Any]] = {
    "account.reset": {"password": "a password nobody has"},
    "account.setup": {"username": "Newcomer", "password": "a password nobody has"},
    "account.signin": {"username": "Nobody Here", "password": "a password nobody has"},
    "account.signout": {},
    "account.signup": {"username": "Newcomer", "password": "a password nobody has"},
    "attempt.answer": {"skip": "1"},
    "landing.today": {},
    "me.delete": {},
    "me.password": {"current": "a password nobody has", "password": "another that nobody has"},
    "me.sign_out_everywhere": {},
    "people.act": {"do": "reset"},
    "people.delete": {},
    "people.show": {"username": "Ms Newcomer", "role": "teacher"},
    "quiz.start": {"start_key": "walk", "name": "Walker"},
    "students.link": {},
    "teach.archive": {},
    "teach.restore": {},
    "teach.try_question": {"start_key": "try"},
    "theme.choose": {"theme": "dark", "next": "/about"},
    "writing.edit_question": {
        "do": "publish",
        "kind": "single_choice",
        "revision": "1",
        "stem": "Which harbour was dredged?",
        "topic": "africa",
        "source": "source-choice",
        "options-0-text": "Tanga",
        "options-1-text": "Lamu",
        "right": "0",
    },
    "writing.new_question": {
        "do": "publish",
        "kind": "single_choice",
        "question_id": "own-0123456789abcdef",
        "stem": "Which quay was closed?",
        "topic": "africa",
        "source": "source-choice",
        "options-0-text": "Tanga",
        "options-1-text": "Lamu",
        "right": "0",
    },
    "writing.preview": {"kind": "single_choice", "stem": "Which?"},
}


class World(msgspec.Struct, frozen=True, kw_only=True):
    """An installation in use: ``values`` fill the addresses of routes, ``people`` are by the name of their part."""

    app: Flask
    people: dict[str, Person]
    owner: Person
    values: dict[str, Any]
    sign_in: Make

    def browser(self, part: str) -> FlaskClient:
        """Return a browser of its own for somebody, signed in."""
        client = self.app.test_client()
        if part == "anonymous":
            return client
        person = self.owner if part == "owner" else self.people[part]
        signed_in: FlaskClient = self.sign_in(client, person)
        return signed_in

    def requests(self, **values: Any) -> Iterator[tuple[str, str, str, str]]:
        """Yield every route as method, endpoint, audience and address, filled with the values of this world."""
        filled = {**self.values, **values}
        adapter = self.app.url_map.bind("localhost")
        arguments = {(rule.rule, rule.endpoint): rule.arguments for rule in self.app.url_map.iter_rules()}
        for route in routes(self.app):
            wanted = {name: filled[name] for name in arguments[route.rule, route.endpoint]}
            for method in route.methods:
                yield method, route.endpoint, str(route.audience), adapter.build(route.endpoint, wanted, method)

    def form(self, endpoint: str) -> dict[str, Any]:
        """Return what is sent to an unsafe route."""
        return FORMS[endpoint]

    def ask(self, client: FlaskClient, method: str, endpoint: str, address: str, **extra: Any) -> TestResponse:
        """Ask for a route as its page would."""
        if method == "GET":
            return client.get(address)
        return client.post(address, data={**self.form(endpoint), **extra})


def telltale(id: str) -> dict[str, Any]:
    """Return the fields of a question whose every secret names the question."""
    return {
        "id": id,
        "kind": "example",
        "topic": "africa",
        "explanation": f"because-{id}",
        "citations": (Citation(source=f"source-{id}", paragraph=2, anchor=f"anchor-{id}", says=f"passage-{id}"),),
    }


ASKED: tuple[Question[Any], ...] = (
    SingleChoice(
        stem="Which city?",
        options=(Option(text="Lagos", correct=True, why="why-choice"), Option(text="Accra", why="why-choice")),
        **telltale("choice"),
    ),
    ShortText(stem="Which strait?", accepted=("accepted-words",), **telltale("words")),
    Matching(
        stem="Match.",
        pairs=(("Indus", "Arabian Sea"), ("Ganges", "Bay of Bengal")),
        whys=("why-pairs", "why-pairs"),
        **telltale("pairs"),
    ),
)


@pytest.fixture
def secrets_in() -> Callable[[str], set[str]]:
    """Return a function that names the questions of which a text tells a secret."""
    return lambda text: set(SECRET.findall(text))


@pytest.fixture
def forms() -> dict[str, dict[str, Any]]:
    """Return what is sent to each unsafe route, by endpoint."""
    return FORMS


@pytest.fixture
def make_world(
    app: Flask, session: Session, bank: Bank, make_person: Make, sign_in: Make, now: Any
) -> Callable[..., World]:
    """Return a function that builds the world around one attempt of a person, of which some questions are answered."""

    def make_world(*, owner: str = "student", answered: int = 0) -> World:
        sources = {f"source-{id}": Source(id=f"source-{id}", label=f"source-{id}") for id in IDS}
        publication.publish(session, replace(bank, sources=bank.sources | sources), list(ASKED), "d1", now)
        people = {
            "guest": make_person(),
            "student": make_person("Ana"),
            "teacher": make_person("Ms Ono", role="teacher"),
            "root": make_person("Mr Root", role="administrator"),
        }
        person = make_person(None if owner == "guest" else "Olga")
        own = questions.add_question(
            session,
            SingleChoice(stem="Own?", options=ASKED[0].options, **{**telltale("choice"), "id": OWN}),
            author_id=people["teacher"].id,
            now=now,
        )
        attempt = attempts.start_attempt(
            session, person_id=person.id, quiz="all", title="All topics", questions=ASKED, start_key="k", now=now
        )
        session.commit()
        world = World(
            app=app,
            people=people,
            owner=person,
            sign_in=sign_in,
            values={
                "public_id": attempt.public_id,
                "n": 1,
                "quiz": "africa",
                "question_id": own.id,
                "person_id": people["student"].id,
                "token": "nothing",
                "digest": "0123456789",
                "filename": "css/page.css",
            },
        )
        browser = world.browser("owner")
        for n in range(1, answered + 1):
            browser.post(f"/a/{attempt.public_id}/{n}", data={"skip": "1"})
        return world

    return make_world
