"""An attempt pins what it drew, keeps the first answer, and can be taken up again."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.core.mark import Mark
from quizapp.store import answers, attempts, questions
from quizapp.store.answers import OutOfTurn
from quizapp.store.attempts import UnknownAttempt
from quizapp.store.tables import Answer, Attempt

Make = Callable[..., Any]
LATER = datetime.timedelta(minutes=5)


@pytest.fixture
def start(session: Session, publish: Make, make_question: Make, make_person: Make, now: datetime.datetime) -> Make:
    """Return a function that starts a guest's attempt on some questions and commits."""
    publish(*(make_question(f"q{number}", topic="africa" if number < 2 else "asia") for number in range(4)))
    guest = make_person()

    def start(count: int = 2, *, key: str = "k1", quiz: str = "all") -> Attempt:
        drawn = [make_question(f"q{number}") for number in range(count)]
        attempt = attempts.start_attempt(
            session, person_id=guest.id, quiz=quiz, title="All topics", questions=drawn, start_key=key, now=now
        )
        session.commit()
        return attempt

    return start


@pytest.fixture
def answer(session: Session, now: datetime.datetime) -> Make:
    """Return a function that answers a position, right or not, and commits."""

    def answer(attempt: Attempt, position: int, *, right: bool = True, at: datetime.datetime = now) -> answers.Kept:
        turn = answers.turn(session, attempt.person_id, attempt.public_id, position)
        mark = Mark(fraction=1.0 if right else 0.0)
        response = turn.place.question.solution() if right else "0000000000"
        kept = answers.record_answer(session, turn, response=response, mark=mark, now=at)
        session.commit()
        return kept

    return answer


def test_an_attempt_asks_what_was_drawn_in_its_order(session: Session, start: Make) -> None:
    attempt = start(3)

    assert [(place.position, place.question.id) for place in answers.places(session, attempt.id)] == [
        (1, "q0"),
        (2, "q1"),
        (3, "q2"),
    ]


def test_a_form_sent_twice_starts_one_attempt(session: Session, start: Make) -> None:
    assert start().id == start().id
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_nothing_to_ask_starts_nothing(start: Make) -> None:
    with pytest.raises(questions.UnknownQuestion):
        start(0)


def test_an_edit_does_not_reach_an_attempt_in_progress(
    session: Session, start: Make, publish: Make, make_question: Make
) -> None:
    attempt = start(1)

    publish(make_question("q0", stem="In other words?"), digest="d2")

    place = answers.turn(session, attempt.person_id, attempt.public_id, 1).place
    assert (place.revision, place.question.stem) == (1, "Which city is the capital of Kenya (q0)?")


def test_the_first_answer_is_final(start: Make, answer: Make, now: datetime.datetime) -> None:
    attempt = start()
    answer(attempt, 1, right=False)

    kept = answer(attempt, 1, right=True, at=now + LATER)

    assert (kept.fraction, kept.answered_at) == (0.0, now)


def test_a_skip_is_as_final_as_an_answer(session: Session, start: Make, answer: Make, now: datetime.datetime) -> None:
    attempt = start()
    answers.skip(session, answers.turn(session, attempt.person_id, attempt.public_id, 1), now=now)
    session.commit()

    kept = answer(attempt, 1)

    assert (kept.status, kept.response, kept.fraction) == ("skipped", None, 0.0)


def test_an_attempt_tells_how_far_it_is(session: Session, start: Make, answer: Make) -> None:
    attempt = start(3)
    answer(attempt, 1)

    taken = attempts.attempt_of(session, attempt.person_id, attempt.public_id)

    assert (taken.answered, taken.total, taken.next_open) == (1, 3, 2)


def test_a_later_question_waits_for_its_turn(session: Session, start: Make, answer: Make) -> None:
    attempt = start(3)

    with pytest.raises(OutOfTurn):
        answer(attempt, 2)

    assert session.scalar(select(func.count()).select_from(Answer)) == 0


def test_the_last_answer_finishes_the_attempt(
    session: Session, start: Make, answer: Make, now: datetime.datetime
) -> None:
    attempt = start(2)
    answer(attempt, 1)
    answer(attempt, 2, at=now + LATER)

    taken = attempts.attempt_of(session, attempt.person_id, attempt.public_id)
    assert (taken.finished_at, taken.next_open) == (now + LATER, None)


def test_an_attempt_that_is_gone_takes_no_answer(session: Session, start: Make) -> None:
    attempt = start(2)
    turn = answers.turn(session, attempt.person_id, attempt.public_id, 1)
    session.delete(attempt)
    session.flush()

    with pytest.raises(UnknownAttempt):
        answers.skip(session, turn, now=attempt.started_at)


def test_an_open_attempt_is_found_again(session: Session, start: Make, answer: Make) -> None:
    attempt = start(1, key="k1")
    assert attempts.open_attempts(session, attempt.person_id)["all"].public_id == attempt.public_id

    answer(attempt, 1)

    assert attempts.open_attempts(session, attempt.person_id) == {}


def test_of_two_open_attempts_at_a_quiz_the_later_one_is_found(session: Session, start: Make) -> None:
    start(2, key="k1")
    later = start(2, key="k2")

    assert attempts.open_attempts(session, later.person_id)["all"].public_id == later.public_id


def test_somebody_elses_attempt_looks_like_none(session: Session, start: Make, make_person: Make) -> None:
    attempt, other = start(), make_person("Ana")

    with pytest.raises(UnknownAttempt):
        attempts.attempt_of(session, other.id, attempt.public_id)


def test_a_position_that_was_not_drawn_is_unknown(session: Session, start: Make) -> None:
    attempt = start(2)

    with pytest.raises(UnknownAttempt):
        answers.turn(session, attempt.person_id, attempt.public_id, 3)


def test_results_count_what_was_not_reached_as_nothing(session: Session, start: Make, answer: Make) -> None:
    attempt = start(3)
    answer(attempt, 1)

    results = answers.results(session, attempts.attempt_of(session, attempt.person_id, attempt.public_id))

    assert (results.score, results.max) == (1.0, 3.0)


def test_results_begin_with_the_weakest_topic(session: Session, start: Make, answer: Make) -> None:
    attempt = start(4)
    for position in (1, 2):
        answer(attempt, position)
    for position in (3, 4):
        answer(attempt, position, right=False)

    taken = attempts.attempt_of(session, attempt.person_id, attempt.public_id)
    topics = answers.results(session, taken).topics

    assert [(topic.title, topic.score, topic.max) for topic in topics] == [("Asia", 0.0, 2.0), ("Africa", 2.0, 2.0)]


def test_an_answer_is_seen_by_others_only_after_the_commit(
    engine: Engine, session: Session, start: Make, now: datetime.datetime
) -> None:
    attempt = start()
    turn = answers.turn(session, attempt.person_id, attempt.public_id, 1)
    answers.record_answer(session, turn, response="x", mark=Mark(fraction=0.0), now=now)

    with Session(engine) as other:
        before = other.scalar(select(func.count()).select_from(Answer))
        session.commit()
        after = other.scalar(select(func.count()).select_from(Answer))

    assert (before, after) == (0, 1)


def test_an_answer_that_was_not_committed_is_as_if_never_given(
    engine: Engine, session: Session, start: Make, answer: Make, now: datetime.datetime
) -> None:
    attempt = start()
    with Session(engine) as crashed:
        turn = answers.turn(crashed, attempt.person_id, attempt.public_id, 1)
        answers.record_answer(crashed, turn, response="x", mark=Mark(fraction=0.0), now=now)

    kept = answer(attempt, 1)

    assert kept.fraction == 1.0
