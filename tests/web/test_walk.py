"""Every route, for everybody, in every state of a quiz: who gets in, what they see, and what nobody is told."""

import base64
import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.store.tables import Answer
from quizapp.web.audience import RANKS

Make = Callable[..., Any]
VISITORS = {
    "anonymous": "anonymous",
    "guest": "guest",
    "student": "student",
    "teacher": "teacher",
    "root": "administrator",
}
STATES = {"fresh": 0, "begun": 1, "nearly done": 2, "finished": 3}
TOTAL = 3
LAST = TOTAL + 1
# What those get who are let in, where it is not simply the page (GET) or the way on to a page (POST).
SEEN = {
    "GET account.reset": 410,
    "GET account.setup": 410,
    "GET health.ready": 503,  # the database of a test was made without its migrations
    "GET landing.again": 303,
    "GET metrics.show": 404,  # off by default
    "GET students.back": 303,
    "POST me.delete": 422,
    "POST me.password": 422,
    "POST account.reset": 410,
    "POST account.setup": 410,
    "POST account.signin": 422,
    "POST landing.today": 422,
    "POST people.act": 200,
    "POST students.link": 200,
    "POST people.show": 200,
    "POST writing.preview": 200,
}
every_state = pytest.mark.parametrize("state", STATES)
every_case = pytest.mark.parametrize(
    ("owner", "state"), [*(("student", state) for state in STATES), ("guest", "begun")]
)


def outcome(answer: TestResponse) -> str:
    """Say how a visitor was received: a status, or that they are asked to sign in."""
    if answer.status_code == 303 and "/signin?next=" in answer.location:
        return "sign in"
    return str(answer.status_code)


def expected(method: str, endpoint: str, audience: str, role: str) -> str:
    """Say how a visitor who owns nothing of the world is to be received."""
    if RANKS[role] < RANKS[audience]:
        return "sign in" if method == "GET" and role in {"anonymous", "guest"} else "403"
    if endpoint.startswith("attempt."):
        return "404"
    if endpoint == "me.password" and role == "guest":
        return "303"
    return str(SEEN.get(f"{method} {endpoint}", 200 if method == "GET" else 303))


def own(method: str, endpoint: str, n: int, answered: int) -> tuple[int, str]:
    """Say what the owner of an attempt gets: the status, and what the page or the next address holds."""
    go_on = f"/{answered + 1}" if answered < TOTAL else "/done"
    if endpoint == "attempt.resume":
        return 303, go_on
    if endpoint == "attempt.done":
        return 200, "not answered yet" if answered < TOTAL else "Every question"
    if n > TOTAL:
        return 404, "There is no such page here."
    if n <= answered:
        return (200, 'id="verdict"') if method == "GET" else (303, f"/{n}")
    if n > answered + 1:
        return 303, go_on
    return (200, "data-check") if method == "GET" else (303, f"/{n}")


def plain(answer: TestResponse, *known: str) -> str:
    """Return a page without what differs at every request: its id, the form tokens, and the ids that were asked for."""
    text = re.sub(r'(csrf_token" value=")[^"]*|<code>[0-9a-f]{16}</code>', r"\1", answer.text)
    for name in known:
        text = text.replace(name, "…")
    return text


def told(answer: TestResponse) -> str:
    """Return everything that an answer tells: the page, the headers, and what the cookie says to whoever reads it."""
    cookie = answer.headers.get("Set-Cookie", "").partition("=")[2].partition(";")[0]
    body = cookie.lstrip(".").partition(".")[0]
    try:
        read = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        read = zlib.decompress(read) if cookie.startswith(".") else read
    except ValueError:
        read = b""
    return f"{answer.headers}{answer.text}{read.decode('utf-8', 'replace')}"


@every_case
def test_strangers_are_received_as_declared(make_world: Make, session: Session, owner: str, state: str) -> None:
    world = make_world(owner=owner, answered=STATES[state])
    wrong = []

    for part, role in VISITORS.items():
        client = world.browser(part)
        for n in range(1, LAST + 1):
            for method, endpoint, audience, address in world.requests(n=n):
                enters = method == "POST" and endpoint.startswith(("account.", "me.", "people.delete"))
                if endpoint.startswith("attempt.") or n == (LAST if enters else 1):
                    changes = part == "anonymous" or enters
                    browser = world.browser(part) if changes else client
                    extra = {"username": f"New {part}"} if endpoint == "account.signup" else {}
                    got = outcome(world.ask(browser, method, endpoint, address, **extra))
                    if got != expected(method, endpoint, audience, role):
                        wrong.append((part, method, address, got))

    assert wrong == []
    assert session.scalar(select(func.count()).select_from(Answer)) == STATES[state]


@every_case
def test_owners_get_what_their_attempt_has_come_to(make_world: Make, session: Session, owner: str, state: str) -> None:
    answered = STATES[state]
    world = make_world(owner=owner, answered=answered)
    client = world.browser("owner")
    wrong = []

    for n in range(LAST, 0, -1):
        for method, endpoint, _, address in world.requests(n=n):
            if endpoint.startswith("attempt."):
                answer = world.ask(client, method, endpoint, address)
                status, holds = own(method, endpoint, n, answered)
                if answer.status_code != status or holds not in (answer.location or answer.text):
                    wrong.append((method, address, answer.status_code, answer.location))
                answered += method == "POST" and n == answered + 1 <= TOTAL

    assert wrong == []
    assert session.scalar(select(func.count()).select_from(Answer)) == answered


@every_state
def test_what_is_somebody_elses_looks_like_what_is_not_there(make_world: Make, state: str) -> None:
    world = make_world(answered=STATES[state])
    foreign, unknown = world.values["public_id"], "nothing-of-this-id"[: len(world.values["public_id"])]
    compared = 0

    for part in ("guest", "student", "teacher", "root"):
        client = world.browser(part)
        client.get("/")
        for n in range(1, LAST + 1):
            theirs = [one for one in world.requests(n=n) if one[1].startswith("attempt.")]
            nobodys = [one for one in world.requests(n=n, public_id=unknown) if one[1].startswith("attempt.")]
            for (method, endpoint, _, address), (_, _, _, other) in zip(theirs, nobodys, strict=True):
                mine, none = (world.ask(client, method, endpoint, one) for one in (address, other))
                assert mine.status_code == none.status_code == 404
                assert plain(mine, foreign) == plain(none, unknown)
                assert list(mine.headers.keys()) == list(none.headers.keys())
                compared += 1

    assert compared == 4 * 4 * LAST


@pytest.mark.parametrize("action", ["", "/archive", "/restore"])
def test_a_question_of_another_teacher_looks_like_one_that_is_not_there(
    make_world: Make, make_person: Make, sign_in: Make, action: str
) -> None:
    world = make_world()
    client = sign_in(world.app.test_client(), make_person("Ms Other", role="teacher"))
    foreign, unknown = world.values["question_id"], "own-00000000000000bb"
    form = {"do": "publish", "revision": "1"}

    mine, none = (client.post(f"/teach/questions/{id}{action}", data=form) for id in (foreign, unknown))

    assert mine.status_code == none.status_code == 404
    assert plain(mine, foreign) == plain(none, unknown)


@every_case
def test_no_page_tells_anything_of_an_answer_before_it_is_given(
    make_world: Make, secrets_in: Make, owner: str, state: str
) -> None:
    answered = STATES[state]
    world = make_world(owner=owner, answered=answered)
    mine = {"choice", "words", "pairs"} if answered == TOTAL else set(["choice", "words", "pairs"][:answered])
    leaks, seen = [], set()

    for part in ("anonymous", "guest", "student", "owner"):
        client = world.browser(part)
        allowed = mine if part == "owner" else set()
        for n in range(1, LAST + 1):
            for method, endpoint, _, address in world.requests(n=n):
                asked_before = n > 1 and not endpoint.startswith("attempt.")
                if asked_before or endpoint == "static" or (method, endpoint) == ("POST", "account.signout"):
                    continue
                answers = pages(client, method, address)
                found = set().union(*(secrets_in(told(answer)) for answer in answers))
                seen |= found
                leaks += [(part, method, address, id) for id in found - allowed]

    assert leaks == []
    assert seen == mine


def pages(client: FlaskClient, method: str, address: str) -> list[TestResponse]:
    """Ask for an address, with an empty form where it takes one, and follow where it leads."""
    answer = client.open(address, method=method, follow_redirects=True, data={} if method == "POST" else None)
    return [*answer.history, answer]


def test_each_route_has_its_line_in_this_walk(make_world: Make, forms: dict[str, Any]) -> None:
    world = make_world()
    unsafe = {endpoint for method, endpoint, _, _ in world.requests() if method != "GET"}
    everything = {f"{method} {endpoint}" for method, endpoint, _, _ in world.requests()}

    assert unsafe == forms.keys()
    assert SEEN.keys() - everything == set()
