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
TRIED_FOR_A_DAY = 12
FEW_WORDS = 16


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
    """Return the question that everybody gets on a day: a single choice, the same while the bank is the same.

    Whoever meets it may be new here, so of a few it takes one that asks for a plain fact in few words.
    """
    ids = session.scalars(
        select(QuestionRow.id)
        .where(QuestionRow.archived_at.is_(None), QuestionRow.type == "single_choice", QuestionRow.origin == "bank")
        .order_by(QuestionRow.id)
    ).all()
    few = Random(on.isoformat()).sample(ids, min(TRIED_FOR_A_DAY, len(ids)))  # noqa: S311
    loaded = current(session, few)
    return min((loaded[question_id] for question_id in few), key=_effort, default=None)


def _effort(question: AnyQuestion) -> tuple[bool, bool]:
    """Rank a question by what it asks of a newcomer."""
    return question.difficulty != "recall", len(question.stem.split()) > FEW_WORDS
