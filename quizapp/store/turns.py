"""Turns: how many requests a process works on at once, and how many passwords it hashes at once.

Threads that all want Python's one lock only hinder each other, so few work while the rest wait outside. Hashing a
password takes as long as fifty answers, and 32 MB: whoever waits for it lets others work meanwhile, and a class that
signs in does not stop the class that is answering.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock, local
from typing import ParamSpec, TypeVar

from sqlalchemy.orm import Session

WORKING = 4
HASHING = 1
WAITING = 40
WAIT_SECONDS = 5.0

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class TooBusy(Exception):
    """More passwords wait to be hashed than can be within a few seconds; nothing was read or written."""

    def __init__(self) -> None:
        """Say so to whoever signs in."""
        super().__init__("More people are signing in than this server can check at once.")


class Turns:
    """Places for a few threads at a time, given to the others in the order in which they came."""

    def __init__(self, places: int) -> None:
        """Begin with all places free."""
        self._free = places
        self._queue: deque[Lock] = deque()
        self._lock = Lock()
        self._mine = local()

    @property
    def is_mine(self) -> bool:
        """Say whether this thread has a place."""
        return getattr(self._mine, "held", False)

    def take(self, *, seconds: float = -1, most: int | None = None) -> bool:
        """Take a place; say no after some seconds, or at once where as many as ``most`` wait already."""
        with self._lock:
            if self._free:
                self._free -= 1
                self._mine.held = True
                return True
            if most is not None and len(self._queue) >= most:
                return False
            called = Lock()
            called.acquire()
            self._queue.append(called)
        if not called.acquire(timeout=seconds):
            with self._lock:
                if called in self._queue:
                    self._queue.remove(called)
                    return False
        self._mine.held = True
        return True

    def leave(self) -> None:
        """Give the place to whoever waits longest."""
        self._mine.held = False
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._free += 1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for a place and keep it for the block."""
        self.take()
        try:
            yield
        finally:
            self.leave()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let somebody else have this thread's place, if it has one, while the block waits for something."""
        if not self.is_mine:
            yield
            return
        self.leave()
        try:
            yield
        finally:
            self.take()


working = Turns(WORKING)
hashing = Turns(HASHING)


def hashes(step: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Let a step that hashes a password wait for its turn before it reads anything; raise `TooBusy` after seconds.

    The step's first argument is the session. Nothing has been written in it yet.
    """

    @wraps(step)
    def in_turn(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        if hashing.is_mine:
            return step(*arguments, **named)
        _let_go_of_the_database(*arguments[:1])
        with working.lent():
            if not hashing.take(seconds=WAIT_SECONDS, most=WAITING):
                raise TooBusy
        try:
            return step(*arguments, **named)
        finally:
            hashing.leave()

    return in_turn


def _let_go_of_the_database(session: object = None) -> None:
    """End what was only read so far, so that whoever waits keeps no connection from those who work."""
    if isinstance(session, Session):
        session.commit()
