"""Sixteen equal requests at once, on every address that changes something, leave the rows that one leaves."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.core.question import option_key
from quizapp.store import links, people, questions, turns
from quizapp.store.tables import Base, Person
from quizapp.web.audience import SAFE, routes

Make = Callable[..., Any]
Rows = Counter[tuple[str, ...]]
Effect = dict[str, object]
AT_ONCE = 16
ROUNDS = 40
RANDOM = {"token_hash", "public_id", "seed", "start_key", "password_hash"}
PASSWORD = "one long sentence to sign in with"  # noqa: S105
NEW_PASSWORD = "another sentence to sign in with"  # noqa: S105
KEY = re.compile(r'"key":"\w+"')
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A request that is sent sixteen times, and the statuses that its answers may have.

    The first of equal requests is done; the others are told so, or that somebody was first (``too_late``). In the
    tables of ``each`` every request that is done has a row of its own: a sign-in gives each answer its own token.
    """

    browser: FlaskClient
    address: str
    form: dict[str, Any]
    done: int = 303
    too_late: frozenset[int] = frozenset({303})
    each: tuple[str, ...] = ()


class World:
    """What a scenario finds and makes: people with browsers, questions; ``tag`` marks the round's own names."""

    def __init__(self, app: Flask, session: Session, make_person: Make, sign_in: Make, make_question: Make) -> None:
        self.app = app
        self.session = session
        self.make_person = make_person
        self.sign_in = sign_in
        self.make_question = make_question
        self.number = 0

    @property
    def tag(self) -> str:
        """Return a name that no other round has."""
        return f"tag{self.number:05}"

    @property
    def question_id(self) -> str:
        """Return the id of a teacher's question that no other round has."""
        return f"own-{self.number:016x}"

    def browser(self) -> FlaskClient:
        """Return a browser that has been here and has answered nothing."""
        browser = self.app.test_client()
        browser.get("/signin")
        return browser

    def person(self, role: str = "student", suffix: str = "") -> Person:
        """Make an account."""
        person: Person = self.make_person(f"{role[:4]} {self.tag}{suffix}", role=role)
        return person

    def signed_in(self, role: str = "student") -> FlaskClient:
        """Return the browser of a new account."""
        browser: FlaskClient = self.sign_in(self.app.test_client(), self.person(role, " own"))
        browser.get("/about")
        return browser

    def own_question(self, browser: FlaskClient) -> str:
        """Let a browser's teacher add a question and return its address."""
        self.session.expire_all()
        author = self.session.scalars(select(Person).order_by(Person.id.desc()).limit(1)).one()
        question = self.make_question(self.question_id, stem=f"Asked in {self.tag}?")
        questions.add_question(self.session, question, author_id=author.id, now=self.app.config["CLOCK"]())
        self.session.commit()
        return f"/teach/questions/{self.question_id}"

    def open_question(self, browser: FlaskClient) -> str:
        """Start a quiz and return the address of its first question."""
        started = browser.post("/q/all", data={**token_of(browser, "/q/all"), "start_key": self.tag})
        return f"{started.location}/1"


def token_of(browser: FlaskClient, page: str = "/signin") -> dict[str, str]:
    """Return the field that proves that a form comes from a page of ours."""
    found = CSRF.search(browser.get(page).text)
    return {"csrf_token": found[1]} if found else {}


RIGHT = {"choice": option_key("capital-kenya", "Nairobi")}


def answer(world: World) -> Sent:
    browser = world.signed_in()
    return Sent(browser=browser, address=world.open_question(browser), form=RIGHT)


def skip(world: World) -> Sent:
    browser = world.signed_in()
    return Sent(browser=browser, address=world.open_question(browser), form={"skip": "1"})


def start(world: World) -> Sent:
    return Sent(browser=world.browser(), address="/q/all", form={"start_key": world.tag, "name": world.tag})


def today(world: World) -> Sent:
    return Sent(browser=world.browser(), address="/today", form=RIGHT)


def sign_up(world: World) -> Sent:
    form = {"username": f"new {world.tag}", "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    return Sent(browser=world.browser(), address="/signup", form=form, each=("login",))


def sign_up_after_answering(world: World) -> Sent:
    sent = sign_up(world)
    sent.browser.post("/today", data={**RIGHT, **token_of(sent.browser)})
    return sent


def sign_in_after_answering(world: World) -> Sent:
    browser = world.browser()
    browser.post("/today", data={**RIGHT, **token_of(browser)})
    form = {"username": world.person().username, "password": PASSWORD}
    return Sent(browser=browser, address="/signin", form=form, each=("login",))


def sign_out(world: World) -> Sent:
    return Sent(browser=world.signed_in(), address="/signout", form={})


def set_up(world: World) -> Sent:
    world.session.query(Person).filter(Person.role.in_(people.TEACHING)).update({"role": "student"})
    token = links.setup_link(world.session, world.app.config["CLOCK"]())
    world.session.commit()
    form = {"username": f"root {world.tag}", "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    return Sent(browser=world.browser(), address=f"/setup/{token}", form=form, too_late=frozenset({410, 422}))


def reset(world: World) -> Sent:
    token = links.reset_link(world.session, world.person(), world.app.config["CLOCK"]())
    world.session.commit()
    form = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    return Sent(browser=world.browser(), address=f"/reset/{token}", form=form, too_late=frozenset({410}))


def theme(world: World) -> Sent:
    return Sent(browser=world.signed_in(), address="/theme", form={"theme": "dark", "next": "/about"})


def new_question(world: World) -> Sent:
    return Sent(browser=world.signed_in("teacher"), address="/teach/questions/new", form=editor(world))


def edit_question(world: World) -> Sent:
    browser = world.signed_in("teacher")
    address = world.own_question(browser)
    form = {**editor(world), "revision": "1", "stem": f"Edited in {world.tag}?"}
    return Sent(browser=browser, address=address, form=form, too_late=frozenset({409}))


def preview(world: World) -> Sent:
    form = editor(world)
    return Sent(browser=world.signed_in("teacher"), address="/teach/questions/preview", form=form, done=200)


def archive(world: World) -> Sent:
    browser = world.signed_in("teacher")
    return Sent(browser=browser, address=f"{world.own_question(browser)}/archive", form={})


def restore(world: World) -> Sent:
    browser = world.signed_in("teacher")
    address = world.own_question(browser)
    browser.post(f"{address}/archive", data=token_of(browser, address))
    return Sent(browser=browser, address=f"{address}/restore", form={})


def try_question(world: World) -> Sent:
    browser = world.signed_in("teacher")
    return Sent(browser=browser, address="/teach/questions/capital-kenya/try", form={"start_key": world.tag})


def make_teacher(world: World) -> Sent:
    form = {"username": f"new {world.tag}", "role": "teacher"}
    browser = world.signed_in("administrator")
    return Sent(browser=browser, address="/admin/people", form=form, done=200, too_late=frozenset({422}))


def new_link(world: World) -> Sent:
    browser, person = world.signed_in("administrator"), world.person()
    return Sent(browser=browser, address=f"/admin/people/{person.id}", form={"do": "reset"}, done=200)


def promote(world: World) -> Sent:
    browser, person = world.signed_in("administrator"), world.person()
    return Sent(browser=browser, address=f"/admin/people/{person.id}", form={"do": "teacher"}, done=200)


def demote(world: World) -> Sent:
    browser, person = world.signed_in("administrator"), world.person("teacher")
    return Sent(browser=browser, address=f"/admin/people/{person.id}", form={"do": "student"})


def delete_person(world: World) -> Sent:
    browser, person = world.signed_in("administrator"), world.person("teacher")
    too_late = frozenset({303, 404})
    return Sent(browser=browser, address=f"/admin/people/{person.id}/delete", form={}, too_late=too_late)


def link_for_student(world: World) -> Sent:
    browser, person = world.signed_in("teacher"), world.person()
    return Sent(browser=browser, address=f"/teach/students/{person.id}", form={}, done=200)


def change_password(world: World) -> Sent:
    form = {"current": PASSWORD, "password": NEW_PASSWORD}
    too_late = frozenset({403, 422})
    return Sent(browser=world.signed_in(), address="/me/password", form=form, too_late=too_late)


def sign_out_everywhere(world: World) -> Sent:
    return Sent(browser=world.signed_in(), address="/me/signout", form={}, too_late=frozenset({303, 403}))


def delete_account(world: World) -> Sent:
    form = {"current": PASSWORD}
    return Sent(browser=world.signed_in(), address="/me/delete", form=form, too_late=frozenset({303, 403}))


def delete_guest(world: World) -> Sent:
    browser = world.browser()
    browser.post("/today", data={**RIGHT, **token_of(browser)})
    return Sent(browser=browser, address="/me/delete", form={"sure": "y"}, too_late=frozenset({303, 403}))


def editor(world: World) -> dict[str, Any]:
    """Return what the editor sends for a whole question from a source of its own."""
    return {
        "do": "publish",
        "question_id": world.question_id,
        "kind": "single_choice",
        "stem": f"Which harbour was dredged in {world.tag}?",
        "topic": "africa",
        "source": "",
        "source_title": "A harbour reopens",
        "outlet": f"The Paper of {world.tag}",
        "dated_on": "2024-05-06",
        "url": "https://coast.example/harbour",
        "explanation": "The quay was closed for a year.",
        "options-0-text": "Tanga",
        "options-1-text": "Lamu",
        "options-1-why": "Lamu is an old town on an island.",
        "options-2-text": "Beira",
        "right": "0",
    }


SCENARIOS: dict[str, list[Callable[[World], Sent]]] = {
    "account.reset": [reset],
    "account.setup": [set_up],
    "account.signin": [sign_in_after_answering],
    "account.signout": [sign_out],
    "account.signup": [sign_up, sign_up_after_answering],
    "attempt.answer": [answer, skip],
    "landing.today": [today],
    "me.delete": [delete_account, delete_guest],
    "me.password": [change_password],
    "me.sign_out_everywhere": [sign_out_everywhere],
    "people.act": [new_link, promote, demote],
    "people.delete": [delete_person],
    "people.show": [make_teacher],
    "quiz.start": [start],
    "students.link": [link_for_student],
    "teach.archive": [archive],
    "teach.restore": [restore],
    "teach.try_question": [try_question],
    "theme.choose": [theme],
    "writing.edit_question": [edit_question],
    "writing.new_question": [new_question],
    "writing.preview": [preview],
}
ALL = [scenario for scenarios in SCENARIOS.values() for scenario in scenarios]


@pytest.fixture
def world(
    make_app: Make,
    session: Session,
    publish: Make,
    make_question: Make,
    make_person: Make,
    sign_in: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """Return an app that asks one question, with form tokens as in life, and works on all sixteen requests at once."""
    monkeypatch.setattr(turns, "working", turns.Turns(AT_ONCE))
    publish(make_question())
    return World(make_app(WTF_CSRF_ENABLED=True), session, make_person, sign_in, make_question)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Return sixteen threads."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield pool


def test_every_address_that_changes_something_has_a_scenario(app: Flask) -> None:
    unsafe = {route.endpoint for route in routes(app) if set(route.methods) - SAFE}

    assert unsafe == SCENARIOS.keys()


@pytest.mark.parametrize("scenario", ALL)
def test_sixteen_equal_requests_leave_what_one_leaves(
    world: World, engine: Engine, pool: ThreadPoolExecutor, scenario: Callable[[World], Sent]
) -> None:
    compare(world, engine, pool, scenario, rounds=1)


@pytest.mark.faults
@pytest.mark.parametrize("scenario", ALL)
def test_so_they_do_forty_times(
    world: World, engine: Engine, pool: ThreadPoolExecutor, scenario: Callable[[World], Sent]
) -> None:
    compare(world, engine, pool, scenario, rounds=ROUNDS)


def compare(
    world: World, engine: Engine, pool: ThreadPoolExecutor, scenario: Callable[[World], Sent], *, rounds: int
) -> None:
    """Send a request once, then in every round sixteen times at once, and compare what it does to the rows."""
    wanted, _ = effect(world, engine, pool, scenario, times=1)
    for _ in range(rounds):
        found, statuses = effect(world, engine, pool, scenario, times=AT_ONCE)
        assert found == wanted, f"round {world.number}: {statuses}"


def effect(
    world: World, engine: Engine, pool: ThreadPoolExecutor, scenario: Callable[[World], Sent], *, times: int
) -> tuple[Effect, Counter[int]]:
    """Return what a request did to the rows, and the statuses of its answers, which must be expected ones."""
    world.number += 1
    sent = scenario(world)
    form = {**token_of(sent.browser), **sent.form}
    before = rows(engine, world)
    statuses = post_at_once(world.app, pool, sent, form, times)
    after = rows(engine, world)
    assert sent.done in statuses
    assert statuses.keys() <= {sent.done} | sent.too_late, statuses
    found: Effect = {}
    for table in Base.metadata.tables:
        if table in sent.each:
            found[table] = after[table].total() - before[table].total() - statuses[sent.done]
        else:
            found[table] = (after[table] - before[table], before[table] - after[table])
    return found, statuses


def post_at_once(app: Flask, pool: ThreadPoolExecutor, sent: Sent, form: dict[str, Any], times: int) -> Counter[int]:
    """Send a form from one browser several times at the same moment, and count the statuses of the answers."""
    cookie = sent.browser.get_cookie("dateline")
    headers = {"Cookie": f"dateline={cookie.value}"} if cookie else {}
    barrier = Barrier(times)

    def send(_number: int) -> int:
        browser = app.test_client(use_cookies=False)
        barrier.wait()
        return browser.post(sent.address, data=form, headers=headers).status_code

    return Counter(pool.map(send, range(times)))


def rows(engine: Engine, world: World) -> dict[str, Rows]:
    """Read every table, without what is drawn by chance or counted up, and with the round's own names as one."""
    own = (world.tag, world.question_id)

    def plain(name: str, value: object) -> str:
        if name in RANDOM or (isinstance(value, int) and (name == "id" or name.endswith("_id"))):
            return "something"
        text = KEY.sub("KEY", str(value))
        return text.replace(own[0], "TAG").replace(own[1], "QUESTION")

    with engine.connect() as connection:
        return {
            name: Counter(
                tuple(plain(column, value) for column, value in row._mapping.items())
                for row in connection.execute(select(table))
            )
            for name, table in Base.metadata.tables.items()
        }
