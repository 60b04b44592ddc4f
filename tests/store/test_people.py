"""People prove who they are; links and logins end when they should."""

import datetime
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from quizapp.core.credentials import BadCredentials
from quizapp.store import links, logins, people, roles, roll, throttle
from quizapp.store.links import LinkGone
from quizapp.store.people import TooManyTries, WrongCredentials
from quizapp.store.tables import Attempt, Login, Person, SignInFailures
from quizapp.store.throttle import MOST_FAILURES, WINDOW
from quizapp.store.tokens import token_hash

Make = Callable[..., Any]
MINUTE = datetime.timedelta(minutes=1)
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def fail(session: Session, now: datetime.datetime) -> Make:
    """Return a function that fails to sign in a number of times, as a view would."""

    def fail(username: str, times: int, at: datetime.datetime = now) -> None:
        for _ in range(times):
            with pytest.raises(WrongCredentials):
                people.authenticate(session, username=username, password="not it", now=at)
            session.commit()

    return fail


@pytest.fixture
def add_attempt(session: Session, now: datetime.datetime) -> Make:
    """Return a function that gives a person an attempt started by a key, and commits."""

    def add_attempt(person: Person, key: str) -> None:
        session.add(
            Attempt(
                public_id=f"p{person.id}",
                person_id=person.id,
                quiz="all",
                title="All",
                seed="s",
                start_key=key,
                started_at=now,
            )
        )
        session.commit()

    return add_attempt


def test_name_and_password_let_in(session: Session, make_person: Make, password: str, now: datetime.datetime) -> None:
    ana = make_person("Ana Kovač")

    assert people.authenticate(session, username=" ANA  kovač ", password=password, now=now) is ana


def test_a_wrong_password_and_an_unknown_name_read_the_same(
    session: Session, make_person: Make, now: datetime.datetime
) -> None:
    make_person("Ana")

    with pytest.raises(WrongCredentials) as known:
        people.authenticate(session, username="Ana", password="not it", now=now)
    with pytest.raises(WrongCredentials) as unknown:
        people.authenticate(session, username="Nobody", password="not it", now=now)

    assert str(known.value) == str(unknown.value)


def test_ten_failures_lock_a_name_even_with_the_right_password(
    session: Session, make_person: Make, fail: Make, password: str, now: datetime.datetime
) -> None:
    make_person("Ana")
    fail("Ana", MOST_FAILURES)

    with pytest.raises(TooManyTries, match=r"in 14 minutes\.") as locked:
        people.authenticate(session, username="Ana", password=password, now=now + MINUTE)

    assert locked.value.wait == WINDOW - MINUTE


def test_an_unknown_name_is_locked_as_a_known_one(session: Session, fail: Make, now: datetime.datetime) -> None:
    fail("Nobody", MOST_FAILURES)

    with pytest.raises(TooManyTries):
        people.authenticate(session, username="Nobody", password="not it", now=now)


def test_a_locked_name_locks_nobody_else(
    session: Session, make_person: Make, fail: Make, password: str, now: datetime.datetime
) -> None:
    make_person("Ana")
    fail("Ben", MOST_FAILURES)

    assert people.authenticate(session, username="Ana", password=password, now=now).username == "Ana"


def test_a_lock_ends_with_its_window(
    session: Session, make_person: Make, fail: Make, password: str, now: datetime.datetime
) -> None:
    make_person("Ana")
    fail("Ana", MOST_FAILURES)

    assert people.authenticate(session, username="Ana", password=password, now=now + WINDOW).username == "Ana"


def test_failures_of_an_earlier_window_do_not_count(session: Session, fail: Make, now: datetime.datetime) -> None:
    fail("Ana", MOST_FAILURES - 1)

    fail("Ana", 1, at=now + WINDOW)

    assert session.scalar(select(SignInFailures.failures)) == 1


def test_a_success_forgets_the_failures(
    session: Session, make_person: Make, fail: Make, password: str, now: datetime.datetime
) -> None:
    make_person("Ana")
    fail("Ana", MOST_FAILURES - 1)

    people.authenticate(session, username="Ana", password=password, now=now)

    assert session.scalar(select(func.count()).select_from(SignInFailures)) == 0


def test_an_old_hash_is_renewed_at_sign_in(session: Session, make_person: Make, now: datetime.datetime) -> None:
    ana = make_person("Ana")
    ana.password_hash = generate_password_hash("an old password", method="pbkdf2:sha256:1000")
    session.commit()

    people.authenticate(session, username="Ana", password="an old password", now=now)

    assert ana.password_hash.startswith("scrypt:")


def test_a_taken_name_is_refused_however_it_is_written(make_person: Make) -> None:
    make_person("Ana")

    with pytest.raises(BadCredentials, match="taken"):
        make_person("ＡＮＡ")


@pytest.mark.parametrize("name", ["ms vucic", "Ms.Vučić", "Ms Vuc1c", "msvučić", "MS VUČIC"])
def test_a_student_cannot_take_a_name_that_reads_like_a_teachers(make_person: Make, name: str) -> None:
    make_person("Ms Vučić", role="teacher")

    with pytest.raises(BadCredentials, match="too much like a teacher’s"):
        make_person(name)


def test_names_of_students_may_differ_by_an_accent(make_person: Make) -> None:
    assert [make_person(name).username for name in ("Hà", "Hạ", "Ha")] == ["Hà", "Hạ", "Ha"]


@pytest.mark.parametrize("who", ["known", "unknown", "without a password"])
def test_every_failed_sign_in_costs_the_same_work(
    session: Session, make_person: Make, monkeypatch: pytest.MonkeyPatch, now: datetime.datetime, who: str
) -> None:
    make_person("known")
    make_person("without a password").password_hash = None
    session.commit()
    work: list[tuple[int, int, int]] = []
    scrypt = hashlib.scrypt

    def counted(password: bytes, *, salt: bytes, n: int, r: int, p: int, **more: int) -> bytes:
        work.append((n, r, p))
        return scrypt(password, salt=salt, n=n, r=r, p=p, **more)

    monkeypatch.setattr(hashlib, "scrypt", counted)

    with pytest.raises(WrongCredentials):
        people.authenticate(session, username=who, password="not it at all", now=now)

    assert work == [(512, 8, 1)]


def test_a_new_password_ends_every_login(session: Session, make_person: Make, now: datetime.datetime) -> None:
    ana = make_person("Ana")
    logins.begin_login(session, ana, "token", now)

    people.set_password(session, ana, "another password")

    assert logins.holder(session, "token", LONG_AGO) is None


def test_a_sign_in_that_overlaps_with_a_new_password_leaves_no_login(
    engine: Engine, session: Session, make_person: Make, password: str, now: datetime.datetime
) -> None:
    ana = make_person("Ana")
    with Session(engine) as other:
        people.set_password(other, other.get_one(Person, ana.id), "another password")
        other.commit()

    with pytest.raises(WrongCredentials):
        people.authenticate(session, username="Ana", password=password, now=now)


def test_a_wrong_password_of_somebody_signed_in_counts_as_a_failed_sign_in(
    session: Session, make_person: Make, password: str, now: datetime.datetime
) -> None:
    ana = make_person("Ana")
    for _ in range(MOST_FAILURES):
        with pytest.raises(WrongCredentials):
            people.check_own_password(session, ana, "not it", now)

    with pytest.raises(TooManyTries):
        people.authenticate(session, username="Ana", password=password, now=now)


def test_a_password_that_was_long_enough_before_a_new_role_is_not_set(
    session: Session, engine: Engine, make_person: Make
) -> None:
    ana = make_person("Ana")
    with Session(engine) as other:
        roles.set_role(other, other.get_one(Person, ana.id), "teacher")
        other.commit()

    with pytest.raises(BadCredentials):
        people.set_password(session, ana, "8 letters")


def test_a_new_password_ends_the_links_that_wait(session: Session, make_person: Make, now: datetime.datetime) -> None:
    ana = make_person("Ana")
    token = links.reset_link(session, ana, now)

    people.set_password(session, ana, "another password")

    with pytest.raises(LinkGone):
        links.check_link(session, token, "reset", now)


def test_the_names_of_failed_sign_ins_are_not_kept(session: Session, fail: Make) -> None:
    fail("a password typed into the wrong field", 1)

    assert session.scalars(select(SignInFailures.name_hash)).all() == [
        throttle.name_hash("a password typed into the wrong field")
    ]


def test_the_database_holds_no_token(session: Session, make_person: Make, now: datetime.datetime) -> None:
    logins.begin_login(session, make_person("Ana"), "token", now)

    assert session.scalars(select(Login.token_hash)).all() == [token_hash("token")]


def test_an_old_login_is_over(session: Session, make_person: Make, now: datetime.datetime) -> None:
    logins.begin_login(session, make_person("Ana"), "token", now)

    assert logins.holder(session, "token", now) is None


def test_a_guest_hands_attempts_to_an_account_and_is_gone(
    session: Session, make_person: Make, add_attempt: Make, now: datetime.datetime
) -> None:
    guest, ana = make_person(), make_person("Ana")
    guest_id = guest.id
    logins.begin_login(session, guest, "token", now)
    add_attempt(guest, "k")

    logins.merge(session, guest=guest, into=ana)
    session.commit()

    assert session.scalars(select(Attempt.person_id)).all() == [ana.id]
    assert session.get(Person, guest_id) is None
    assert session.scalar(select(func.count()).select_from(Login)) == 0


def test_a_day_answered_as_a_guest_and_before_is_kept_twice(
    session: Session, make_person: Make, add_attempt: Make
) -> None:
    guest, ana = make_person(), make_person("Ana")
    add_attempt(ana, "today:2025-11-23")
    add_attempt(guest, "today:2025-11-23")

    logins.merge(session, guest=guest, into=ana)
    session.commit()

    assert session.scalars(select(Attempt.person_id)).all() == [ana.id, ana.id]


def test_an_account_is_never_merged_away(session: Session, make_person: Make) -> None:
    ana, ben = make_person("Ana"), make_person("Ben")

    logins.merge(session, guest=ana, into=ben)

    assert roll.account_of(session, "Ana") is ana


def test_a_set_up_link_makes_an_administrator_once(session: Session, password: str, now: datetime.datetime) -> None:
    token = links.setup_link(session, now)
    assert token

    person = links.use_setup_link(session, token, username="Ms Ono", password=password, now=now)

    assert person.role == "administrator"
    with pytest.raises(LinkGone):
        links.use_setup_link(session, token, username="Mr Two", password=password, now=now)


def test_a_new_start_replaces_the_set_up_link(session: Session, now: datetime.datetime) -> None:
    first = links.setup_link(session, now)
    second = links.setup_link(session, now)
    assert first
    assert second

    links.check_link(session, second, "setup", now)
    with pytest.raises(LinkGone):
        links.check_link(session, first, "setup", now)


def test_there_is_no_set_up_link_once_somebody_may_teach(
    session: Session, make_person: Make, now: datetime.datetime
) -> None:
    make_person("Ms Ono", role="teacher")

    assert links.setup_link(session, now) is None


def test_a_set_up_link_is_dead_once_somebody_may_teach(
    session: Session, make_person: Make, password: str, now: datetime.datetime
) -> None:
    token = links.setup_link(session, now)
    assert token
    make_person("Ms Ono", role="teacher")

    with pytest.raises(LinkGone):
        links.use_setup_link(session, token, username="Mr Two", password=password, now=now)


def test_a_password_that_is_too_short_leaves_the_set_up_link_alive(session: Session, now: datetime.datetime) -> None:
    token = links.setup_link(session, now)
    assert token
    session.commit()

    with pytest.raises(BadCredentials):
        links.use_setup_link(session, token, username="Ms Ono", password="short", now=now)
    session.rollback()

    assert links.check_link(session, token, "setup", now) is None


def test_a_reset_link_sets_a_password_once(session: Session, make_person: Make, now: datetime.datetime) -> None:
    ana = make_person("Ana")
    token = links.reset_link(session, ana, now)

    links.use_reset_link(session, token, password="another password", now=now)

    assert people.authenticate(session, username="Ana", password="another password", now=now) is ana
    with pytest.raises(LinkGone):
        links.use_reset_link(session, token, password="a third password", now=now)


def test_a_reset_link_expires(session: Session, make_person: Make, now: datetime.datetime) -> None:
    token = links.reset_link(session, make_person("Ana"), now)

    with pytest.raises(LinkGone):
        links.check_link(session, token, "reset", now + links.RESET_LINK_LIFE + MINUTE)


def test_a_reset_link_is_no_set_up_link(session: Session, make_person: Make, now: datetime.datetime) -> None:
    token = links.reset_link(session, make_person("Ana"), now)

    with pytest.raises(LinkGone):
        links.check_link(session, token, "setup", now)


def test_accounts_are_listed_by_name_without_guests(session: Session, make_person: Make) -> None:
    make_person("ben")
    make_person("Ana")
    make_person()

    assert [person.username for person in roll.accounts(session)] == ["Ana", "ben"]


def test_accounts_are_counted_as_they_are_listed(session: Session, make_person: Make) -> None:
    for name in ("Ana", "Anna", "Ben"):
        make_person(name)
    make_person()

    assert [roll.count_accounts(session), roll.count_accounts(session, text="AN")] == [3, 2]
