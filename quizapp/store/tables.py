"""The tables: people, what is asked, and what was answered."""

import datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship


class UtcDateTime(TypeDecorator[datetime.datetime]):
    """An aware UTC time, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """Refuse a naive time; hand any other on in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(datetime.UTC)

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """Give the time its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=datetime.UTC) if value.tzinfo is None else value.astimezone(datetime.UTC)


class Base(DeclarativeBase):
    """What every table inherits; constraint names are fixed so that migrations can name them."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime.datetime: UtcDateTime},
    )


class Person(Base):
    """A guest, student, teacher or administrator; a guest has neither user name nor password.

    The id of somebody who was deleted is never given again. ``last_login_at`` is empty for guests.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    username: Mapped[str | None] = mapped_column(String(64))
    username_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    nickname: Mapped[str] = mapped_column(String(64), default="")
    password_hash: Mapped[str | None] = mapped_column(String(256))
    created_at: Mapped[datetime.datetime]
    last_login_at: Mapped[datetime.datetime | None]

    __table_args__ = {"sqlite_autoincrement": True}


class Login(Base):
    """A browser that is signed in; the cookie holds the token, the row its SHA-256."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime.datetime]
    person: Mapped[Person] = relationship()


class OneTimeLink(Base):
    """A link that works once: ``setup`` makes the first teacher, ``reset`` sets a new password of ``person_id``."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime.datetime]
    used_at: Mapped[datetime.datetime | None]


class SignInFailures(Base):
    """Failed sign-ins of one user name, known or not, in one window, counted by one atomic upsert.

    The name is kept as a digest: people type other things than names there, passwords among them.
    """

    __tablename__ = "sign_in_failures"

    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_start_at: Mapped[datetime.datetime]
    failures: Mapped[int]


class Publication(Base):
    """A bank that was published: its digest lets a start skip what is already there; ``report`` is JSON."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    questions: Mapped[int]
    report: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime.datetime]


class TopicRow(Base):
    """A topic of the published bank; a topic without questions is not offered."""

    __tablename__ = "topic"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class SourceRow(Base):
    """A source; ``body`` is the JSON of `quizapp.core.source.Source`, the other columns serve search."""

    __tablename__ = "source"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    origin: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime.datetime]


class QuestionRow(Base):
    """A question's standing: where it is from, its topic, and whether it is drawn. The content is in its revisions.

    ``origin`` is ``bank`` or ``teacher``. ``revision`` is the number of the current one. A question with
    ``archived_at`` is in no new draw; attempts keep what they pinned. ``archived_by`` is ``bank`` when it vanished from
    the files, and ``teacher`` when somebody took it out, which publishing leaves alone.
    """

    __tablename__ = "question"

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    origin: Mapped[str] = mapped_column(String(16))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    topic_id: Mapped[str] = mapped_column(ForeignKey("topic.id"))
    type: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    stem: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    created_at: Mapped[datetime.datetime]
    updated_at: Mapped[datetime.datetime]
    archived_at: Mapped[datetime.datetime | None]
    archived_by: Mapped[str | None] = mapped_column(String(16))
    author: Mapped[Person | None] = relationship()
    sources: Mapped[list["QuestionSource"]] = relationship(back_populates="question", cascade="all, delete-orphan")

    __table_args__ = (Index("ix_question_topic_id_archived_at", "topic_id", "archived_at"),)


class QuestionSource(Base):
    """A source that the current revision of a question cites."""

    __tablename__ = "question_source"

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True, index=True)
    question: Mapped[QuestionRow] = relationship(back_populates="sources")


class QuestionRevision(Base):
    """One published wording of a question, never changed; ``body`` is its line of the bank file."""

    __tablename__ = "question_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime.datetime]

    __table_args__ = (UniqueConstraint("question_id", "number"),)


class Attempt(Base):
    """A quiz that somebody takes.

    ``quiz`` is ``all``, ``today``, ``try`` or a topic's id; ``title`` is what pages call it. ``name`` is what the
    teacher sees. ``start_key`` comes from the form that started it, so that a double click starts one attempt.
    ``seed`` shuffles options. The attempt of somebody who was deleted has no person and no name, and is finished.
    """

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    quiz: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(64), default="")
    seed: Mapped[str] = mapped_column(String(32))
    start_key: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime.datetime]
    finished_at: Mapped[datetime.datetime | None]
    person: Mapped[Person | None] = relationship()

    __table_args__ = (UniqueConstraint("person_id", "start_key"),)


class AttemptQuestion(Base):
    """A question that an attempt drew, pinned to one revision; positions count from 1."""

    __tablename__ = "attempt_question"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"))

    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)


class Answer(Base):
    """A kept response with its mark: one row per attempt and question.

    ``response`` is JSON, null when skipped or when whoever typed it was deleted; ``fraction`` is 0…1. ``revision``
    counts replacements, for quizzes whose feedback comes later; where it comes at once it stays 1.
    """

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"))
    status: Mapped[str] = mapped_column(String(16))
    response: Mapped[str | None] = mapped_column(Text)
    fraction: Mapped[float]
    answered_at: Mapped[datetime.datetime]
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)
