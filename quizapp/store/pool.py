"""What a quiz may draw from: topics, and the questions that are not archived."""

import datetime
from random import Random

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.core.bank import Topic
from quizapp.question_types import AnyQuestion
from quizapp.store.questions import current
from quizapp.store.tables import QuestionRow, TopicRow

CANDIDATES = 150


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A topic that a quiz can be about, with the number of questions that may be drawn."""

    id: str
    title: str
    description: str
    questions: int


def topics(session: Session) -> list[Offered]:
    """List the topics that have questions, in the order of the bank."""
    count = func.count(QuestionRow.id)
    rows = session.execute(
        select(TopicRow, count)
        .join(QuestionRow, QuestionRow.topic_id == TopicRow.id)
        .where(QuestionRow.archived_at.is_(None))
        .group_by(TopicRow.id)
        .order_by(TopicRow.position, TopicRow.id)
    )
    return [
        Offered(id=topic.id, title=topic.title, description=topic.description, questions=questions)
        for topic, questions in rows
    ]


def all_topics(session: Session) -> list[Topic]:
    """List every topic, with questions or without, for a form."""
    rows = session.scalars(select(TopicRow).order_by(TopicRow.position, TopicRow.id))
    return [Topic(id=row.id, title=row.title, description=row.description) for row in rows]


def candidates(session: Session, *, topic: str | None, rng: Random, limit: int = CANDIDATES) -> list[AnyQuestion]:
    """Return questions that may be drawn, of one topic or of all (``None``): a sample of ``limit`` at most."""
    statement = select(QuestionRow.id).where(QuestionRow.archived_at.is_(None)).order_by(QuestionRow.id)
    if topic is not None:
        statement = statement.where(QuestionRow.topic_id == topic)
    ids = session.scalars(statement).all()
    sample = rng.sample(ids, min(limit, len(ids)))
    loaded = current(session, sample)
    return [loaded[question_id] for question_id in sample]


def question_of_the_day(session: Session, on: datetime.date) -> AnyQuestion | None:
    """Return the question that everybody gets on a day: a single choice, the same while the bank is the same."""
    ids = session.scalars(
        select(QuestionRow.id)
        .where(QuestionRow.archived_at.is_(None), QuestionRow.type == "single_choice", QuestionRow.origin == "bank")
        .order_by(QuestionRow.id)
    ).all()
    if not ids:
        return None
    chosen = Random(on.isoformat()).choice(ids)  # noqa: S311
    return current(session, [chosen])[chosen]
