"""Whoever has not been seen for longer than is wished is forgotten; nobody else."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store import answers, attempts, links, logins, retention, throttle
from quizapp.store.tables import Answer, Base, Login, OneTimeLink, Person, SignInFailures

Make = Callable[..., Any]
DAYS = 365
DAY = datetime.timedelta(days=1)
LIFE = 90 * DAY


@pytest.fixture
def much_later(now: datetime.datetime) -> datetime.datetime:
    """Return the moment when whoever was seen at noon of the first day is forgotten."""
    return now + DAYS * DAY + DAY


@pytest.fixture
def answer(session: Session, publish: Make, make_question: Make) -> Make:
    """Return a function with which a person starts a quiz of two and answers the first question some time later."""
    publish(make_question("q1"), make_question("q2"))

    def answer(person: Person, *, started_at: datetime.datetime, answered_at: datetime.datetime) -> None:
        attempt = attempts.start_attempt(
            session,
            person_id=person.id,
            quiz="all",
            title="All",
            questions=[make_question("q1"), make_question("q2")],
            start_key="k",
            now=started_at,
        )
        answers.skip(session, answers.turn(session, person.id, attempt.public_id, 1), now=answered_at)
        session.commit()

    return answer


def rows(session: Session, table: type[Base]) -> int:
    """Count the rows of a table."""
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("name", [None, "Ana"])
def test_whoever_was_not_seen_for_long_is_forgotten(
    session: Session, make_person: Make, answer: Make, now: datetime.datetime, much_later: datetime.datetime, name: Any
) -> None:
    answer(make_person(name), started_at=now, answered_at=now)

    gone = retention.forget_some(session, days=DAYS, now=much_later)

    assert (gone, rows(session, Person), rows(session, Answer)) == (1, 0, 1)


def test_with_no_days_everybody_is_kept(session: Session, make_person: Make, much_later: datetime.datetime) -> None:
    make_person()

    assert retention.forget_some(session, days=0, now=much_later) == 0


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_whoever_teaches_is_kept(session: Session, make_person: Make, much_later: datetime.datetime, role: str) -> None:
    make_person("Ms Ono", role=role)

    assert retention.forget_some(session, days=DAYS, now=much_later) == 0


def test_a_sign_in_keeps_though_the_login_has_ended(
    session: Session, make_person: Make, now: datetime.datetime, much_later: datetime.datetime
) -> None:
    logins.begin_login(session, make_person("Ana"), "token", now + 2 * DAY)
    retention.end_old(session, login_life=LIFE, now=much_later)

    assert rows(session, Login) == 0
    assert retention.forget_some(session, days=DAYS, now=much_later) == 0


@pytest.mark.parametrize(("started", "answered"), [(2, 2), (0, 2)])
def test_an_attempt_or_an_answer_keeps(
    session: Session,
    make_person: Make,
    answer: Make,
    now: datetime.datetime,
    much_later: datetime.datetime,
    started: int,
    answered: int,
) -> None:
    answer(make_person(), started_at=now + started * DAY, answered_at=now + answered * DAY)

    assert retention.forget_some(session, days=DAYS, now=much_later) == 0


def test_many_are_forgotten_some_at_a_time(
    session: Session, make_person: Make, much_later: datetime.datetime, now: datetime.datetime
) -> None:
    session.add_all(Person(role="guest", nickname="", created_at=now) for _ in range(retention.SOME + 1))
    session.commit()

    assert [retention.forget_some(session, days=DAYS, now=much_later) for _ in range(3)] == [retention.SOME, 1, 0]


def test_logins_end_with_their_life(session: Session, make_person: Make, now: datetime.datetime) -> None:
    ana = make_person("Ana")
    logins.begin_login(session, ana, "old", now)
    logins.begin_login(session, ana, "new", now + DAY)

    ended = retention.end_old(session, login_life=LIFE, now=now + LIFE)

    assert (ended.logins, rows(session, Login)) == (1, 1)


def test_links_that_were_used_or_have_expired_go(
    session: Session, make_person: Make, password: str, now: datetime.datetime
) -> None:
    used = links.reset_link(session, make_person("Ana"), now)
    links.use_reset_link(session, used, password=password, now=now)
    links.reset_link(session, make_person("Ben"), now - links.RESET_LINK_LIFE - DAY)
    links.reset_link(session, make_person("Cem"), now)
    links.setup_link(session, now)

    ended = retention.end_old(session, login_life=LIFE, now=now)

    assert (ended.links, rows(session, OneTimeLink)) == (2, 2)


def test_failures_of_windows_that_are_over_go(session: Session, now: datetime.datetime) -> None:
    throttle.count_failure(session, "ana", now)

    retention.end_old(session, login_life=LIFE, now=now + throttle.WINDOW)

    assert rows(session, SignInFailures) == 0
