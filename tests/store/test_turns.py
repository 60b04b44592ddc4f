"""Few work at once, in the order in which they came; whoever waits for a hash lets others work."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.core.credentials import BadCredentials
from quizapp.store import people, turns
from quizapp.store.turns import TooBusy, Turns, hashes

Make = Callable[..., Any]


def waiting(of: Turns, count: int) -> None:
    """Wait until so many threads wait for a turn."""
    deadline = time.monotonic() + 10
    while len(of._queue) < count and time.monotonic() < deadline:
        time.sleep(0.001)


def test_no_more_than_the_places_work_at_once() -> None:
    few = Turns(3)
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        with few.held():
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.002)
            inside.remove(number)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(64)))

    assert max(most) == 3
    assert few._free == 3


def test_whoever_came_first_is_called_first() -> None:
    one = Turns(1)
    called: list[int] = []

    def work(number: int) -> None:
        with one.held():
            called.append(number)

    one.take()
    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=work, args=(number,)))
        threads[-1].start()
        waiting(one, number + 1)
    one.leave()
    for thread in threads:
        thread.join()

    assert called == [0, 1, 2, 3, 4]


def test_a_place_is_refused_after_the_time_and_where_too_many_wait() -> None:
    one = Turns(1)
    one.take()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(one.take, seconds=0.01)
        crowded = pool.submit(one.take, most=0)

        assert (late.result(), crowded.result()) == (False, False)
    assert len(one._queue) == 0


def test_a_place_is_lent_while_its_owner_waits() -> None:
    one = Turns(1)

    with one.held(), one.lent():
        with ThreadPoolExecutor(1) as pool:
            pool.submit(one.take).result(timeout=5)
            pool.submit(one.leave).result(timeout=5)

        assert not one.is_mine
    assert one._free == 1


def test_hashing_ends_its_turn_however_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "hashing", Turns(1))

    @hashes
    def fail() -> None:
        raise BadCredentials("password", "too short")

    for _ in range(3):
        with pytest.raises(BadCredentials):
            fail()
    assert turns.hashing._free == 1


def test_whoever_waits_for_a_hash_keeps_no_place_from_those_who_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "hashing", Turns(1))
    monkeypatch.setattr(turns, "working", Turns(1))
    turns.hashing.take()

    def sign_in() -> str:
        with turns.working.held():
            return hashes(lambda: "signed in")()

    with ThreadPoolExecutor(4) as pool:
        signing = [pool.submit(sign_in) for _ in range(3)]
        waiting(turns.hashing, 3)
        with turns.working.held():
            answered = "answered"
        turns.hashing.leave()

        assert answered == "answered"
        assert [each.result(timeout=5) for each in signing] == ["signed in"] * 3


def test_a_sign_in_that_cannot_be_in_time_reads_and_counts_nothing(
    session: Session, make_person: Make, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person("Amina")
    monkeypatch.setattr(turns, "hashing", Turns(0))
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)

    with pytest.raises(TooBusy):
        people.authenticate(session, username="Amina", password="wrong", now=now)

    assert not session.in_transaction()
