"""Failed sign-ins, counted per user name in rows that every process shares.

A window that begins more than its own length in the future is over: the clock has been set back since. Less than that
is the difference between the clocks of several servers.
"""

import datetime
import hashlib
import math

from sqlalchemy import ColumnElement, case, delete, or_, select
from sqlalchemy.orm import Session

from quizapp.store.insert import insert
from quizapp.store.tables import SignInFailures

WINDOW = datetime.timedelta(minutes=15)
MOST_FAILURES = 10


class TooManyTries(Exception):
    """A name has failed too often; the message says how long to wait, ``wait`` says it exactly."""

    def __init__(self, wait: datetime.timedelta) -> None:
        """Word the waiting time in whole minutes, rounded up."""
        minutes = max(1, math.ceil(wait.total_seconds() / 60))
        super().__init__(
            f"Too many failed sign-ins for this user name. Try again in {minutes} minute{'' if minutes == 1 else 's'}."
        )
        self.wait = wait


def check(session: Session, username_key: str, now: datetime.datetime) -> None:
    """Raise `TooManyTries` while a name is locked."""
    row = session.execute(
        select(SignInFailures.failures, SignInFailures.window_start_at).where(
            SignInFailures.name_hash == name_hash(username_key)
        )
    ).first()
    if row is None or row.failures < MOST_FAILURES:
        return
    wait = row.window_start_at + WINDOW - now
    if datetime.timedelta() < wait <= 2 * WINDOW:
        raise TooManyTries(wait)


def count_failure(session: Session, username_key: str, now: datetime.datetime) -> None:
    """Count one failure, in a new window where the last one is over; windows of others that are over are removed."""
    is_over = _is_over(now)
    statement = insert(session, SignInFailures).values(
        name_hash=name_hash(username_key), window_start_at=now, failures=1
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[SignInFailures.name_hash],
            set_={
                "failures": case((is_over, 1), else_=SignInFailures.failures + 1),
                "window_start_at": case((is_over, now), else_=SignInFailures.window_start_at),
            },
        )
    )
    forget_windows(session, now)


def forget_failures(session: Session, username_key: str) -> None:
    """Begin anew after a success."""
    session.execute(delete(SignInFailures).where(SignInFailures.name_hash == name_hash(username_key)))


def forget_windows(session: Session, now: datetime.datetime) -> None:
    """Remove the failures of every window that is over."""
    session.execute(delete(SignInFailures).where(_is_over(now)))


def name_hash(username_key: str) -> str:
    """Return what is kept of a name that somebody typed."""
    return hashlib.sha256(username_key.encode()).hexdigest()


def _is_over(now: datetime.datetime) -> ColumnElement[bool]:
    """Say which windows count no longer."""
    return or_(SignInFailures.window_start_at <= now - WINDOW, SignInFailures.window_start_at > now + WINDOW)
