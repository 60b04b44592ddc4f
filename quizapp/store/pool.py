"""What a quiz may draw from: topics, and the questions that are not archived."""

import datetime
from random import Random

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.core.bank import Topic
from quizapp.question_types import AnyQuestion
from quizapp.store.questions import current
from quizapp.store.tables import QuestionRevision, QuestionRow, TopicRow

CANDIDATES = 150
# As many numbers are rolled as find the candidates in most banks, then in a topic of a tenth of the bank.
ROLLS = (4 * CANDIDATES, 20 * CANDIDATES)
RARE = 10
SMALL_BANK = max(ROLLS)
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
    count = func.count()
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


def topic_title(session: Session, topic: str) -> str | None:
    """Return the title of a topic, or ``None`` where there is none of this id."""
    return session.scalar(select(TopicRow.title).where(TopicRow.id == topic))


def candidates(session: Session, *, topic: str | None, rng: Random, limit: int = CANDIDATES) -> list[AnyQuestion]:
    """Return questions that may be drawn, of one topic or of all (``None``): a sample of ``limit`` at most."""
    ids = sample_ids(session, topic=topic, rng=rng, limit=limit)
    loaded = current(session, ids)
    return [loaded[question_id] for question_id in ids]


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


def sample_ids(session: Session, *, topic: str | None, rng: Random, limit: int) -> list[str]:
    """Return the ids of up to ``limit`` questions that may be drawn, each with the same chance.

    In a large bank numbers of revisions are rolled, and those kept that are a question's current one: every question
    has exactly one, so the chance is the same whatever its age and however often it was revised, and the cost that of
    the roll, not of the bank. Where few that were rolled may be drawn, as of a small topic, their ids are read instead.
    """
    newest = session.scalar(select(func.max(QuestionRevision.id))) or 0
    for size in ROLLS if newest >= SMALL_BANK else ():
        rolled = rng.sample(range(1, newest + 1), size)
        # The topic is compared here: asked for it, SQLite would walk through the whole topic instead.
        rows = session.execute(
            select(QuestionRevision.id, QuestionRow.id, QuestionRow.topic_id)
            .join(QuestionRow, QuestionRow.id == QuestionRevision.question_id)
            .where(
                QuestionRevision.id.in_(rolled),
                QuestionRevision.number == QuestionRow.revision,
                QuestionRow.archived_at.is_(None),
            )
        )
        found = {number: question_id for number, question_id, its_topic in rows if topic in (None, its_topic)}
        if len(found) >= limit:
            return [found[number] for number in rolled if number in found][:limit]
        if len(found) < size // RARE:
            break
    statement = select(QuestionRow.id).where(QuestionRow.archived_at.is_(None)).order_by(QuestionRow.id)
    if topic is not None:
        statement = statement.where(QuestionRow.topic_id == topic)
    ids = session.scalars(statement).all()
    return rng.sample(ids, min(limit, len(ids)))


def _effort(question: AnyQuestion) -> tuple[bool, bool]:
    """Rank a question by what it asks of a newcomer."""
    return question.difficulty != "recall", len(question.stem.split()) > FEW_WORDS
