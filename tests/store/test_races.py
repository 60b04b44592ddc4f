"""Sixteen equal requests at once make one row each."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.core.credentials import BadCredentials
from quizapp.core.mark import Mark
from quizapp.store import answers, attempts, links, logins, people, publication, questions, throttle
from quizapp.store.tables import (
    Answer,
    Attempt,
    AttemptQuestion,
    Base,
    Login,
    Person,
    QuestionRevision,
    SignInFailures,
)

Make = Callable[..., Any]
AT_ONCE = 16


def rows(session: Session, table: type[Base]) -> int:
    """Count the rows of a table."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_one_browser_becomes_one_guest(session: Session, at_once: Make, now: datetime.datetime) -> None:
    guests = at_once(lambda own: logins.guest_of(own, "one token", now).id)

    assert len(set(guests)) == 1
    assert (rows(session, Person), rows(session, Login)) == (1, 1)


def test_one_form_starts_one_attempt(
    session: Session, at_once: Make, publish: Make, make_question: Make, make_person: Make, now: datetime.datetime
) -> None:
    drawn = [make_question(f"q{number}") for number in range(10)]
    publish(*drawn)
    guest_id = make_person().id

    started = at_once(
        lambda own: (
            attempts.start_attempt(
                own, person_id=guest_id, quiz="all", title="All", questions=drawn, start_key="k", now=now
            ).public_id
        )
    )

    assert len(set(started)) == 1
    assert (rows(session, Attempt), rows(session, AttemptQuestion)) == (1, 10)


def test_one_question_keeps_one_answer(
    session: Session, at_once: Make, publish: Make, make_question: Make, make_person: Make, now: datetime.datetime
) -> None:
    publish(make_question())
    attempt = attempts.start_attempt(
        session,
        person_id=make_person().id,
        quiz="all",
        title="All",
        questions=[make_question()],
        start_key="k",
        now=now,
    )
    session.commit()

    def step(own: Session) -> float:
        turn = answers.turn(own, attempt.person_id, attempt.public_id, 1)
        share = id(own) % 97 / 97
        kept = answers.record_answer(own, turn, response="x", mark=Mark(fraction=share), now=now)
        return kept.fraction

    kept = at_once(step)

    session.refresh(attempt)
    assert len(set(kept)) == 1
    assert rows(session, Answer) == 1
    assert attempt.finished_at == now


def test_one_user_name_is_given_once(session: Session, at_once: Make, now: datetime.datetime, password: str) -> None:

    def step(own: Session) -> bool:
        try:
            people.create_account(own, username="Ana", password=password, role="student", now=now)
        except BadCredentials:
            return False
        return True

    assert at_once(step).count(True) == 1
    assert rows(session, Person) == 1


def test_a_set_up_link_makes_one_teacher(
    session: Session, at_once: Make, now: datetime.datetime, password: str
) -> None:
    token = links.setup_link(session, now)
    assert token
    session.commit()
    names = iter([f"teacher {letter}" for letter in "abcdefghijklmnop"])

    def step(own: Session) -> bool:
        try:
            links.use_setup_link(own, token, username=next(names), password=password, now=now)
        except links.LinkGone:
            own.rollback()
            return False
        return True

    assert at_once(step).count(True) == 1
    assert rows(session, Person) == 1


def test_every_failed_sign_in_is_counted(session: Session, at_once: Make, now: datetime.datetime) -> None:
    at_once(lambda own: throttle.count_failure(own, "ana", now))

    assert session.get_one(SignInFailures, throttle.name_hash("ana")).failures == AT_ONCE


def test_a_question_sent_sixteen_times_is_added_once(
    session: Session, at_once: Make, publish: Make, make_question: Make, now: datetime.datetime
) -> None:
    publish()
    question = make_question("own-0123456789abcdef")

    at_once(lambda own: questions.add_question(own, question, author_id=None, now=now).id)

    assert rows(session, QuestionRevision) == 1


def test_of_equal_edits_at_once_one_becomes_current(
    session: Session, at_once: Make, publish: Make, make_question: Make, now: datetime.datetime
) -> None:
    publish()
    questions.add_question(session, make_question("own-0123456789abcdef"), author_id=None, now=now)
    session.commit()

    def step(own: Session) -> bool:
        edited = make_question("own-0123456789abcdef", stem=f"Edited {id(own)}?")
        try:
            questions.revise_question(own, edited, based_on=1, author_id=None, now=now)
        except questions.ChangedMeanwhile:
            return False
        return True

    assert at_once(step).count(True) == 1
    assert rows(session, QuestionRevision) == 2


def test_a_bank_published_by_many_processes_is_there_once(
    session: Session, at_once: Make, bank: Any, make_question: Make, now: datetime.datetime
) -> None:
    bank_questions = [make_question(f"q{number}") for number in range(20)]

    at_once(lambda own: publication.publish(own, bank, bank_questions, "d1", now))

    assert rows(session, QuestionRevision) == 20


def test_what_another_tab_starts_during_a_sign_in_goes_over_to_the_account(
    engine: Engine, session: Session, publish: Make, make_question: Make, make_person: Make, now: datetime.datetime
) -> None:
    publish(make_question())
    guest, account = make_person(), make_person("Ana")

    def sign_in() -> None:
        with Session(engine, expire_on_commit=False) as own:
            logins.merge(own, guest=own.get_one(Person, guest.id), into=own.get_one(Person, account.id))
            own.commit()

    with Session(engine) as tab, ThreadPoolExecutor(1) as pool:
        start = {"person_id": guest.id, "quiz": "all", "title": "All", "start_key": "k", "now": now}
        attempts.start_attempt(tab, questions=[make_question()], **start)
        signing_in = pool.submit(sign_in)
        wait([signing_in], timeout=0.3)
        tab.commit()
        signing_in.result()

    assert session.scalars(select(Attempt.person_id)).all() == [account.id]
