"""The clock is set back, or changes to and from summer time: nothing is lost, and no time is negative."""

import datetime
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.core.question import option_key
from quizapp.store import links
from quizapp.store.tables import Answer, Attempt

Make = Callable[..., Any]
RIGHT = {"choice": option_key("capital-kenya", "Nairobi")}
WRONG = "not the right sentence at all"
HOUR = datetime.timedelta(hours=1)


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock(now: datetime.datetime) -> Clock:
    """The app's clock."""
    return Clock(now)


@pytest.fixture
def app(make_app: Make, publish: Make, make_question: Make, clock: Clock) -> Flask:
    """The app with one question and a clock that can be set."""
    publish(make_question())
    app: Flask = make_app(CLOCK=clock)
    return app


# Set back


def test_an_answer_after_the_clock_was_set_back_is_kept_and_took_no_negative_time(
    client: FlaskClient, clock: Clock, session: Session
) -> None:
    started = client.post("/q/all", data={"start_key": "k"})
    clock.now -= 2 * HOUR
    answered = client.post(f"{started.location}/1", data=RIGHT)
    results = client.get(f"{started.location}/done")

    assert answered.status_code == 303
    assert "1 of 1" in results.text
    assert "It took about a minute." in results.text
    assert not re.search(r"-\d+ minute", results.text)
    assert session.scalars(select(Answer.fraction)).all() == [1.0]


def test_a_login_outlives_a_clock_that_was_set_back(
    client: FlaskClient, clock: Clock, make_person: Make, sign_in: Make
) -> None:
    browser = sign_in(client, make_person("Ana"))
    clock.now -= 48 * HOUR

    assert "Ana" in browser.get("/").text


def test_whoever_had_to_wait_waits_no_longer_because_the_clock_was_set_back(
    client: FlaskClient, clock: Clock, make_person: Make, password: str
) -> None:
    make_person("Ana")
    for _ in range(11):
        refused = client.post("/signin", data={"username": "Ana", "password": WRONG})
    clock.now -= 2 * HOUR
    later = client.post("/signin", data={"username": "Ana", "password": WRONG})
    clock.now += datetime.timedelta(minutes=15)
    signed_in = client.post("/signin", data={"username": "Ana", "password": password})

    assert refused.status_code == 429
    assert int(later.headers.get("Retry-After", 0)) <= 15 * 60
    assert signed_in.status_code == 303


def test_failures_are_counted_after_the_clock_was_set_back(
    client: FlaskClient, clock: Clock, make_person: Make
) -> None:
    make_person("Ana")
    client.post("/signin", data={"username": "Ana", "password": WRONG})
    clock.now -= 2 * HOUR
    statuses = [client.post("/signin", data={"username": "Ana", "password": WRONG}).status_code for _ in range(11)]

    assert statuses[-1] == 429


def test_a_link_made_before_the_clock_was_set_back_works_once(
    client: FlaskClient, clock: Clock, make_person: Make, session: Session
) -> None:
    token = links.reset_link(session, make_person("Ana"), clock())
    session.commit()
    clock.now -= 2 * HOUR
    form = {"password": "another sentence to sign in with", "again": "another sentence to sign in with"}

    assert client.post(f"/reset/{token}", data=form).status_code == 303
    assert client.post(f"/reset/{token}", data=form).status_code == 410


def test_the_question_of_a_day_that_comes_again_is_answered_once(client: FlaskClient, clock: Clock) -> None:
    client.post("/today", data=RIGHT)
    clock.now += 24 * HOUR
    client.post("/today", data=RIGHT)
    clock.now -= 24 * HOUR

    assert 'action="/today"' not in client.get("/").text


# Summer time


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this computer stand in Berlin."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows takes its zone from elsewhere")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize(
    "switch",
    [
        datetime.datetime(2025, 3, 30, 1, tzinfo=datetime.UTC),
        datetime.datetime(2025, 10, 26, 1, tzinfo=datetime.UTC),
    ],
    ids=["to summer time", "from summer time"],
)
def test_an_attempt_over_a_switch_of_summer_time_takes_as_long_as_it_takes(
    client: FlaskClient, clock: Clock, session: Session, switch: datetime.datetime
) -> None:
    clock.now = switch - datetime.timedelta(minutes=20)
    started = client.post("/q/all", data={"start_key": "k"})
    clock.now = switch + datetime.timedelta(minutes=20)
    client.post(f"{started.location}/1", data=RIGHT)

    assert "It took 40 minutes." in client.get(f"{started.location}/done").text
    attempt = session.scalars(select(Attempt)).one()
    assert attempt.finished_at is not None
    assert attempt.finished_at - attempt.started_at == datetime.timedelta(minutes=40)


@pytest.mark.usefixtures("in_berlin")
def test_the_hour_that_comes_twice_keeps_the_order_of_answers(
    make_app: Make, publish: Make, make_question: Make, make_person: Make, sign_in: Make, clock: Clock, session: Session
) -> None:
    publish(*[make_question(f"q{number}") for number in range(4)])
    browser = make_app(CLOCK=clock).test_client()
    clock.now = datetime.datetime(2025, 10, 26, 0, 30, tzinfo=datetime.UTC)
    started = browser.post("/q/all", data={"start_key": "k"})
    for position in range(1, 5):
        clock.now += datetime.timedelta(minutes=30)
        browser.post(f"{started.location}/{position}", data={"skip": "1"})

    times = session.scalars(select(Answer.answered_at).order_by(Answer.id)).all()

    assert times == sorted(times)
    assert len(set(times)) == 4
