"""The quizzes on offer: all topics and each one, with their length, and what a visitor has begun."""

from random import Random

import msgspec
from flask import url_for
from sqlalchemy.orm import Session

from quizapp.core.draw import draw
from quizapp.store import attempts, pool
from quizapp.store.attempts import Taken
from quizapp.store.tables import Person
from quizapp.web import visitor

LENGTH = 10
SECONDS = 30
ALL = "all"
ALL_TITLE = "All topics"


class Quiz(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz that can be started: ``count`` questions in about ``minutes``."""

    id: str
    title: str
    description: str
    count: int
    minutes: int


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz that a visitor has begun; ``position`` is the next open question."""

    title: str
    url: str
    position: int
    answered: int
    total: int


def quizzes(session: Session) -> list[Quiz]:
    """List the quiz on all topics and one for each topic, or nothing where there are no questions."""
    topics = pool.topics(session)
    if not topics:
        return []
    available = sum(topic.questions for topic in topics)
    return [
        _quiz(ALL, ALL_TITLE, "From everything that the sources report.", min(LENGTH, available)),
        *(_quiz(topic.id, topic.title, topic.description, _length(session, topic)) for topic in topics),
    ]


def title(session: Session, quiz_id: str) -> str | None:
    """Return what a quiz is called, or ``None`` where there is none of this id; whether it has questions, a draw tells.

    A start needs no more: how many questions each topic has, the pages count.
    """
    return ALL_TITLE if quiz_id == ALL else pool.topic_title(session, quiz_id)


def begun(session: Session, person: Person | None, quiz_ids: list[str]) -> list[Begun]:
    """List what a person has begun of these quizzes."""
    if person is None:
        return []
    found = attempts.open_attempts(session, person.id)
    return [_begun(found[quiz_id]) for quiz_id in quiz_ids if quiz_id in found]


def start_form(session: Session) -> dict[str, object]:
    """Return what the form needs that starts a quiz: its key, and the name unless an account has one."""
    person = visitor.current_person()
    return {
        "start_key": attempts.new_start_key(),
        "asks_name": person is None or person.role == "guest",
        "name": person.nickname if person else "",
    }


def _length(session: Session, topic: pool.Offered) -> int:
    """Count how many questions a quiz on a topic has: in a small one not all go together."""
    if topic.questions > 2 * LENGTH:
        return LENGTH
    rng = Random(topic.id)  # noqa: S311
    return len(draw(pool.candidates(session, topic=topic.id, rng=rng), LENGTH, rng))


def _quiz(identity: str, title: str, description: str, count: int) -> Quiz:
    return Quiz(
        id=identity, title=title, description=description, count=count, minutes=max(1, round(count * SECONDS / 60))
    )


def _begun(attempt: Taken) -> Begun:
    return Begun(
        title=attempt.title,
        url=url_for("attempt.resume", public_id=attempt.public_id),
        position=attempt.next_open or attempt.total,
        answered=attempt.answered,
        total=attempt.total,
    )
