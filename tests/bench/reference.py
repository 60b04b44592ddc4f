"""The reference that Dateline's speed is measured against: the same minimum, written by hand in one file.

A student asks for a question and answers it. The page is one template, one SELECT and as many bytes as Dateline's; the
answer is one SELECT, one INSERT and one COMMIT that is on the disk before it is acknowledged. There are no roles, no
citations, no revisions, no request ids, no security headers and no care for races. `make bench` starts it on the same
server as Dateline, with the same number of processes and threads, beside it in the same run.

It stands on the same stack, Flask and Flask-SQLAlchemy with plain SQL, so that the ratio tells what Dateline adds. With
REFERENCE_BARE=1 it does without SQLAlchemy too and speaks to `sqlite3` itself; `make bench` prints that ratio as well.

This file is the yardstick: it is not changed without a reason in the log.
"""

import datetime
import hmac
import json
import os
import sqlite3
from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, redirect, render_template, request, session
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import create_engine, event, make_url, text

SCHEMA = """
CREATE TABLE IF NOT EXISTS question (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS drawn (
    attempt INTEGER NOT NULL, position INTEGER NOT NULL, student INTEGER NOT NULL, question INTEGER NOT NULL,
    PRIMARY KEY (attempt, position)
);
CREATE TABLE IF NOT EXISTS answer (
    attempt INTEGER NOT NULL, position INTEGER NOT NULL, response TEXT NOT NULL, fraction REAL NOT NULL,
    answered_at TEXT NOT NULL, PRIMARY KEY (attempt, position)
);
"""
FIND = """
SELECT question.body, answer.response FROM drawn
JOIN question ON question.id = drawn.question
LEFT JOIN answer ON answer.attempt = drawn.attempt AND answer.position = drawn.position
WHERE drawn.attempt = :attempt AND drawn.position = :position AND drawn.student = :student
"""
KEEP = """
INSERT INTO answer (attempt, position, response, fraction, answered_at)
VALUES (:attempt, :position, :response, :fraction, :now)
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Question {{ position }} of 10 - Reference</title>
<link rel="stylesheet" href="/static/page.css">
<script type="module" src="/static/page.js"></script>
</head>
<body>
<header class="header">
<nav aria-label="Main">
<a class="brand" href="/">Reference</a>
<a class="link" href="/#start">Quizzes</a>
<details class="menu">
<summary>{{ name }}</summary>
<a class="item" href="/signup">Keep my progress</a>
<a class="item" href="/signin">Sign in</a>
</details>
</nav>
</header>
<main id="main">
<p class="place">{{ title }}, question {{ position }} of 10</p>
<svg class="progress" aria-hidden="true" viewBox="0 0 1000 8"><path d="M0 4H{{ position * 100 }}"/></svg>
<form class="question" method="post" action="/{{ attempt }}/{{ position }}" autocomplete="off">
<input type="hidden" name="token" value="{{ token }}">
<fieldset class="fields">
<legend><h1 class="stem">{{ question.stem }}</h1></legend>
<div class="choices">
{%- for option in question.options %}
<label class="choice">
<input class="input" type="radio" name="choice" value="{{ option.key }}">
<span class="text">{{ option.text }}</span>
</label>
{%- endfor %}
</div>
</fieldset>
<p class="rule">The right choice earns the full mark; any other choice earns nothing.</p>
<button class="button">Check</button>
<button class="button" name="skip" value="1">Skip</button>
</form>
</main>
<footer class="footer">
<ul>
<li><a href="/about">About</a></li>
<li><a href="/about#sources">Sources</a></li>
<li><a href="/about#privacy">Privacy</a></li>
</ul>
</footer>
<!-- FILLER -->
</body>
</html>
"""


def create_app() -> Flask:
    """Build the reference.

    REFERENCE_DATABASE is sqlite:///… or postgresql+psycopg://…, REFERENCE_FILLER the bytes that make its page as long
    as Dateline's.
    """
    app = Flask("reference")
    app.secret_key = os.environ["REFERENCE_SECRET"]
    filler = f"<!-- {'.' * int(os.environ.get('REFERENCE_FILLER', '0'))} -->"
    app.jinja_loader = DictLoader({"question.html": PAGE.replace("<!-- FILLER -->", filler)})
    url = os.environ["REFERENCE_DATABASE"]
    database: Bare | Stacked = Bare(url) if os.environ.get("REFERENCE_BARE") else Stacked(app, url)

    @app.get("/<int:attempt>/<int:position>")
    def question(attempt: int, position: int) -> str:
        found = database.find({"attempt": attempt, "position": position, "student": session["student"]})
        if found is None:
            abort(404)
        return render_template(
            "question.html",
            attempt=attempt,
            position=position,
            title="All topics",
            name=session["name"],
            token=session["token"],
            question=json.loads(found[0]),
        )

    @app.post("/<int:attempt>/<int:position>")
    def answer(attempt: int, position: int) -> Any:
        if not hmac.compare_digest(request.form["token"], session["token"]):
            abort(400)
        found = database.find({"attempt": attempt, "position": position, "student": session["student"]})
        if found is None:
            abort(404)
        if found[1] is None:
            options = json.loads(found[0])["options"]
            chosen = next((option for option in options if option["key"] == request.form["choice"]), None)
            if chosen is None:
                abort(422)
            database.keep(
                {
                    "attempt": attempt,
                    "position": position,
                    "response": chosen["key"],
                    "fraction": 1.0 if chosen["correct"] else 0.0,
                    "now": datetime.datetime.now(datetime.UTC).isoformat(),
                }
            )
        return redirect(request.path, 303)

    return app


class Stacked:
    """The database through Flask-SQLAlchemy's session."""

    def __init__(self, app: Flask, url: str) -> None:
        """Open it so that what is committed is on the disk."""
        app.config["SQLALCHEMY_DATABASE_URI"] = url
        self.db = SQLAlchemy(app)
        self.by_hand = text(FIND), text(KEEP)
        if url.startswith("sqlite"):
            with app.app_context():
                event.listen(self.db.engine, "connect", lambda connection, _entry: durable(connection))

    def find(self, wanted: Mapping[str, Any]) -> Any:
        """Return the question and the response that is there, if any."""
        return self.db.session.execute(self.by_hand[0], wanted).fetchone()

    def keep(self, values: Mapping[str, Any]) -> None:
        """Write an answer and commit."""
        self.db.session.execute(self.by_hand[1], values)
        self.db.session.commit()


class Bare:
    """A SQLite file through the driver alone."""

    def __init__(self, url: str) -> None:
        """Remember the file; connections are kept."""
        self.path = str(make_url(url).database)
        self.idle: list[sqlite3.Connection] = []

    def find(self, wanted: Mapping[str, Any]) -> Any:
        """Return the question and the response that is there, if any."""
        connection = self._take()
        found = connection.execute(FIND, dict(wanted)).fetchone()
        self.idle.append(connection)
        return found

    def keep(self, values: Mapping[str, Any]) -> None:
        """Write an answer and commit."""
        connection = self._take()
        connection.execute(KEEP, dict(values))
        connection.commit()
        self.idle.append(connection)

    def _take(self) -> sqlite3.Connection:
        if self.idle:
            return self.idle.pop()
        connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False)
        durable(connection)
        return connection


def durable(connection: Any) -> None:
    """Have commits reach the disk before they return."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 10000")


def fill(url: str, questions: list[str], drawn: list[tuple[int, int, int, int]]) -> None:
    """Make the tables and write what the run asks for: bodies as JSON, and (attempt, position, student, question)."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in filter(str.strip, SCHEMA.split(";")):
            connection.execute(text(statement))
        if questions:
            rows = [{"id": number, "body": body} for number, body in enumerate(questions, 1)]
            connection.execute(text("INSERT INTO question VALUES (:id, :body)"), rows)
        if drawn:
            names = ("attempt", "position", "student", "question")
            rows = [dict(zip(names, row, strict=True)) for row in drawn]
            connection.execute(text("INSERT INTO drawn VALUES (:attempt, :position, :student, :question)"), rows)
    engine.dispose()
