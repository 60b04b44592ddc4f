"""A school to measure with: a database of questions, students with attempts, and answers that are already there."""

import datetime
import json
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import reference
from clients import get, post
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from quizapp import create_app
from quizapp.commands.bank import publish_bank
from quizapp.commands.database import prepare_database
from quizapp.core.question import option_key
from quizapp.extensions import db
from quizapp.question_types import SingleChoice, TrueFalse, from_line
from quizapp.store.tables import (
    Answer,
    Attempt,
    AttemptQuestion,
    Login,
    Person,
    QuestionRevision,
    QuestionRow,
)
from quizapp.store.tokens import new_token, token_hash

LENGTH = 10
BLOCK = 5_000
SECRET = "a secret of the benchmark, which is no secret at all"  # noqa: S105
NOW = datetime.datetime.now(datetime.UTC)
Asked = SingleChoice | TrueFalse


class Requests(NamedTuple):
    """What a class sends: for each question of its attempts, in order, the request for the page and the answer.

    ``starts`` begin one more quiz for each student; the reference knows no such thing.
    """

    pages: list[list[bytes]]
    answers: list[list[bytes]]
    starts: list[list[bytes]]


class Pinned(NamedTuple):
    """A question that may be drawn: its ids in the tables, and the question."""

    question_id: str
    revision_id: int
    asked: Asked


class School:
    """Dateline's database, filled from below; every attempt belongs to a student of its own."""

    def __init__(self, instance: Path, database_url: str) -> None:
        """Make the database and publish the shipped bank."""
        self.environ = {"QUIZAPP_INSTANCE": str(instance), "QUIZAPP_DATABASE_URL": database_url}
        self.environ |= {"QUIZAPP_SECRET_KEY": SECRET}
        os.environ.update(self.environ)
        self.app: Flask = create_app()
        with self.app.app_context():
            prepare_database()
            publish_bank()
        self.pinned = self._pinned()

    def grow_bank(self, count: int) -> None:
        """Add copies of the shipped questions until there are ``count``."""
        bodies = [body for _, body in self._bodies()]
        with self.app.app_context():
            session = db.session()
            present = session.scalar(select(func.count()).select_from(QuestionRow)) or 0
            topic = session.scalar(select(QuestionRow.topic_id)) or ""
            for block in blocks(range(present, count)):
                session.execute(insert(QuestionRow), [_row(number, topic) for number in block])
                session.execute(insert(QuestionRevision), [_revision(number, bodies) for number in block])
            session.commit()
        self.pinned = self._pinned()

    def grow_answers(self, count: int) -> None:
        """Add finished attempts of ten answers each until there are ``count`` answers."""
        with self.app.app_context():
            present = db.session().scalar(select(func.count()).select_from(Answer)) or 0
        self._attempts(-(-max(0, count - present) // LENGTH), is_finished=True)

    def requests(self, attempts: int, clients: int, port: int) -> Requests:
        """Start attempts and write what their students send, shared out among clients."""
        pages: list[list[bytes]] = [[] for _ in range(clients)]
        answers: list[list[bytes]] = [[] for _ in range(clients)]
        starts: list[list[bytes]] = [[] for _ in range(clients)]
        signed = SecureCookieSessionInterface().get_signing_serializer(self.app)
        forms = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token")
        assert signed is not None
        for number, (public_id, token, drawn) in enumerate(self._attempts(attempts, is_finished=False)):
            raw = token[:40]
            form_token = forms.dumps(raw)
            cookie = f"dateline={signed.dumps({'_user_id': token, 'csrf_token': raw, '_permanent': True})}"
            starts[number % clients].append(
                post(port, "/q/all", cookie, f"csrf_token={form_token}&start_key={public_id}")
            )
            for position, pinned in enumerate(drawn, start=1):
                key = option_key(pinned.asked.id, pinned.asked.options[position % 2].text)
                path = f"/a/{public_id}/{position}"
                if position == 1:
                    pages[number % clients].append(get(port, path, cookie))
                answers[number % clients].append(post(port, path, cookie, f"csrf_token={form_token}&choice={key}"))
        return Requests(pages, answers, starts)

    def _attempts(self, count: int, *, is_finished: bool) -> list[tuple[str, str, list[Pinned]]]:
        """Write attempts with their students and logins; return public id, token and questions of each."""
        rng = random.Random(count)
        made = []
        with self.app.app_context():
            session = db.session()
            last_person = session.scalar(select(func.max(Person.id))) or 0
            last_attempt = session.scalar(select(func.max(Attempt.id))) or 0
            for block in blocks(range(1, count + 1)):
                drawn = {number: rng.sample(self.pinned, LENGTH) for number in block}
                tokens = {number: new_token() for number in block}
                people = [_person(last_person + number) for number in block]
                logins = [_login(last_person + number, tokens[number]) for number in block]
                attempts = [_attempt(last_attempt + n, last_person + n, is_finished=is_finished) for n in block]
                session.execute(insert(Person), people)
                session.execute(insert(Login), logins)
                session.execute(insert(Attempt), attempts)
                session.execute(insert(AttemptQuestion), list(_positions(last_attempt, drawn)))
                if is_finished:
                    session.execute(insert(Answer), list(_answers(last_attempt, drawn)))
                else:
                    made += [(row["public_id"], tokens[n], drawn[n]) for n, row in zip(block, attempts, strict=True)]
                session.commit()
            self._settle(session)
        return made

    def _settle(self, session: Session) -> None:
        """Let the database tidy up now, so that it does not do so while it is measured."""
        bind = session.get_bind()
        if bind.dialect.name == "sqlite":
            session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return
        for table in (Person, Login, Attempt, Answer):
            newest = select(func.max(table.id)).scalar_subquery()
            session.execute(select(func.setval(func.pg_get_serial_sequence(table.__tablename__, "id"), newest)))
        session.commit()
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).execute(text("VACUUM ANALYZE"))

    def _bodies(self) -> list[tuple[tuple[str, int], str]]:
        with self.app.app_context():
            rows = db.session().execute(
                select(QuestionRevision.question_id, QuestionRevision.id, QuestionRevision.body)
                .join(QuestionRow, QuestionRow.id == QuestionRevision.question_id)
                .where(QuestionRow.type.in_(["single_choice", "true_false"]))
                .order_by(QuestionRevision.id)
            )
            return [((row.question_id, row.id), row.body) for row in rows]

    def _pinned(self) -> list[Pinned]:
        pinned = []
        for (question_id, revision_id), body in self._bodies():
            asked = from_line(body.encode())[0]
            if isinstance(asked, SingleChoice | TrueFalse):
                pinned.append(Pinned(question_id, revision_id, asked))
        return pinned


class Yardstick:
    """The reference's database, with the same questions."""

    def __init__(self, database: str, pinned: Sequence[Pinned]) -> None:
        """Make the database."""
        self.environ = {"REFERENCE_DATABASE": database, "REFERENCE_SECRET": SECRET}
        self.database = database
        self.questions = [pin.asked for pin in pinned]
        self.attempts = 0
        reference.fill(database, [_by_hand(asked) for asked in self.questions], [])

    def requests(self, attempts: int, clients: int, port: int) -> Requests:
        """Start attempts and write what their students send, shared out among clients."""
        rng = random.Random(self.attempts)
        pages: list[list[bytes]] = [[] for _ in range(clients)]
        answers: list[list[bytes]] = [[] for _ in range(clients)]
        os.environ.update(self.environ)
        signed = SecureCookieSessionInterface().get_signing_serializer(reference.create_app())
        assert signed is not None
        rows = []
        for number in range(self.attempts, self.attempts + attempts):
            token = new_token()[:40]
            cookie = f"session={signed.dumps({'student': number, 'token': token, 'name': f'Student {number}'})}"
            drawn = rng.sample(range(len(self.questions)), LENGTH)
            for position, index in enumerate(drawn, start=1):
                rows.append((number, position, number, index + 1))
                asked = self.questions[index]
                key = option_key(asked.id, asked.options[position % 2].text)
                path = f"/{number}/{position}"
                if position == 1:
                    pages[number % clients].append(get(port, path, cookie))
                answers[number % clients].append(post(port, path, cookie, f"token={token}&choice={key}"))
        self.attempts += attempts
        reference.fill(self.database, [], rows)
        return Requests(pages, answers, [])


def blocks(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Cut numbers into blocks."""
    rest = iter(numbers)
    while block := list(islice(rest, BLOCK)):
        yield block


def _by_hand(asked: Asked) -> str:
    """Write a question as the reference keeps it."""
    options = [{"key": option_key(asked.id, o.text), "text": o.text, "correct": o.correct} for o in asked.options]
    return json.dumps({"stem": asked.stem, "options": options})


def _row(number: int, topic: str) -> dict[str, Any]:
    return {
        "id": f"own-{number:016x}",
        "origin": "teacher",
        "topic_id": topic,
        "type": "single_choice",
        "kind": "capital",
        "stem": f"Question {number}",
        "revision": 1,
        "created_at": NOW,
        "updated_at": NOW,
    }


def _revision(number: int, bodies: Sequence[str]) -> dict[str, Any]:
    body = bodies[number % len(bodies)]
    old = from_line(body.encode())[0].id
    return {
        "question_id": f"own-{number:016x}",
        "number": 1,
        "body": body.replace(f'"id":"{old}"', f'"id":"own-{number:016x}"', 1),
        "created_at": NOW,
    }


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "role": "guest", "nickname": f"Student {number}", "created_at": NOW}


def _login(person: int, token: str) -> dict[str, Any]:
    return {"person_id": person, "token_hash": token_hash(token), "created_at": NOW}


def _attempt(number: int, person: int, *, is_finished: bool) -> dict[str, Any]:
    return {
        "id": number,
        "public_id": f"bench{number:011d}",
        "person_id": person,
        "quiz": "all",
        "title": "All topics",
        "name": f"Student {person}",
        "seed": f"{number:016x}",
        "start_key": f"{number}",
        "started_at": NOW,
        "finished_at": NOW if is_finished else None,
    }


def _positions(last_attempt: int, drawn: dict[int, list[Pinned]]) -> Iterator[dict[str, Any]]:
    for number, pins in drawn.items():
        for position, pin in enumerate(pins, start=1):
            yield {
                "attempt_id": last_attempt + number,
                "position": position,
                "question_id": pin.question_id,
                "revision_id": pin.revision_id,
            }


def _answers(last_attempt: int, drawn: dict[int, list[Pinned]]) -> Iterator[dict[str, Any]]:
    for number, pins in drawn.items():
        for pin in pins:
            yield {
                "attempt_id": last_attempt + number,
                "question_id": pin.question_id,
                "revision_id": pin.revision_id,
                "status": "answered",
                "response": '"0123456789"',
                "fraction": 1.0,
                "answered_at": NOW,
                "revision": 1,
            }
