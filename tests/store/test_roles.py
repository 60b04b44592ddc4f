"""Roles are given and taken; there is always an administrator."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store import links, logins, people, removal, roles
from quizapp.store.roles import Gone, LastAdministrator
from quizapp.store.tables import Person

Make = Callable[..., Any]
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def administrators(make_person: Make) -> list[int]:
    """Make two administrators and return their ids."""
    return [make_person(name, role="administrator").id for name in ("Mr Root", "Ms Root")]


def count_of(session: Session, role: str) -> int:
    """Count the people of a role as they are now."""
    session.rollback()
    return session.scalar(select(func.count()).select_from(Person).where(Person.role == role)) or 0


@pytest.mark.parametrize(
    ("before", "after"),
    [("student", "teacher"), ("teacher", "student"), ("administrator", "teacher"), ("teacher", "administrator")],
)
def test_a_new_role_ends_every_login_and_link(
    session: Session, make_person: Make, administrators: list[int], now: datetime.datetime, before: Any, after: Any
) -> None:
    ana = make_person("Ana", role=before)
    logins.begin_login(session, ana, "token", now)
    link = links.reset_link(session, ana, now)

    roles.set_role(session, ana, after)

    assert ana.role == after
    assert logins.holder(session, "token", LONG_AGO) is None
    with pytest.raises(links.LinkGone):
        links.check_link(session, link, "reset", now)


def test_a_password_chosen_as_a_student_does_not_open_a_teachers_account(
    session: Session, make_person: Make, password: str, now: datetime.datetime
) -> None:
    roles.set_role(session, make_person("Ana"), "teacher")

    with pytest.raises(people.WrongCredentials):
        people.authenticate(session, username="Ana", password=password, now=now)


def test_a_teachers_password_is_good_enough_for_a_student(
    session: Session, make_person: Make, password: str, now: datetime.datetime
) -> None:
    ana = make_person("Ana", role="teacher")

    roles.set_role(session, ana, "student")

    assert people.authenticate(session, username="Ana", password=password, now=now) is ana


def test_the_only_administrator_cannot_be_demoted(session: Session, make_person: Make) -> None:
    root = make_person("Mr Root", role="administrator")

    with pytest.raises(LastAdministrator, match="Make somebody else an administrator first"):
        roles.set_role(session, root, "teacher")


def test_whoever_is_gone_gets_no_role(session: Session, make_person: Make, now: datetime.datetime) -> None:
    ana = make_person("Ana")
    removal.remove(session, ana.id, now)

    with pytest.raises(Gone):
        roles.set_role(session, ana, "teacher")


@pytest.mark.parametrize("how", ["demoted", "deleted"])
def test_of_administrators_who_go_at_once_one_stays(
    session: Session, at_once: Make, administrators: list[int], now: datetime.datetime, how: str
) -> None:
    wanted = iter(administrators * 8)

    def step(own: Session) -> None:
        person_id = next(wanted)
        person = own.get(Person, person_id)
        try:
            if how == "deleted":
                removal.remove(own, person_id, now)
            elif person is not None:
                roles.set_role(own, person, "teacher")
        except LastAdministrator:
            own.rollback()

    at_once(step)

    assert count_of(session, "administrator") == 1


def test_somebody_deleted_sixteen_times_at_once_is_deleted_once(
    session: Session, at_once: Make, make_person: Make, now: datetime.datetime
) -> None:
    ana = make_person("Ana")

    assert at_once(lambda own: removal.remove(own, ana.id, now)).count(True) == 1
    assert count_of(session, "student") == 0
