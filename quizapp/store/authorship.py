"""Who may change which question: its author, and administrators what any teacher has added."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.question_types import AnyQuestion
from quizapp.store.questions import UnknownQuestion, latest
from quizapp.store.tables import Base, Person, QuestionRow

SOMEBODY = "a teacher"
question = Base.metadata.tables[QuestionRow.__tablename__]
person = Base.metadata.tables[Person.__tablename__]
ADDED_BY = (
    select(person.c.username)
    .select_from(question.outerjoin(person, person.c.id == question.c.author_id))
    .where(question.c.id == bindparam("question_id"), question.c.origin == "teacher")
)


def may_edit(person: Person, row: QuestionRow) -> bool:
    """Say whether a person may revise a question; what the bank ships is revised in its files."""
    return row.origin == "teacher" and (row.author_id == person.id or person.role == "administrator")


def may_archive(person: Person, row: QuestionRow) -> bool:
    """Say whether a person may take a question out of new draws; of the bank's questions administrators may."""
    return may_edit(person, row) or person.role == "administrator"


def editable(session: Session, person: Person, question_id: str) -> tuple[QuestionRow, AnyQuestion]:
    """Return a question that a person may revise; raise `UnknownQuestion` for others' and for none alike."""
    row, question = latest(session, question_id)
    if not may_edit(person, row):
        raise UnknownQuestion
    return row, question


def archivable(session: Session, person: Person, question_id: str) -> QuestionRow:
    """Return a question that a person may archive; raise `UnknownQuestion` for others' and for none alike."""
    row, _ = latest(session, question_id)
    if not may_archive(person, row):
        raise UnknownQuestion
    return row


def authors(session: Session) -> Sequence[Person]:
    """List who has added questions, by name, for a filter."""
    added = select(QuestionRow.author_id).where(QuestionRow.origin == "teacher")
    return session.scalars(select(Person).where(Person.id.in_(added)).order_by(Person.username_key)).all()


def added_by(session: Session, question_id: str) -> str | None:
    """Name the teacher who added a question; the shipped bank has no author."""
    row = session.connection().execute(ADDED_BY, {"question_id": question_id}).one_or_none()
    return None if row is None else row[0] or SOMEBODY
