"""The edge: pages, forms and their rules; this file lists the blueprints."""

from flask import Blueprint, Flask

from quizapp.web import (
    access,
    address,
    audience,
    chart,
    cookie,
    errors,
    form_token,
    frame,
    headers,
    log,
    macros,
    meter,
    piled,
    static_files,
    visitor,
)
from quizapp.web.about import about
from quizapp.web.account import account
from quizapp.web.attempt import attempt
from quizapp.web.health import health
from quizapp.web.landing import landing
from quizapp.web.lean import Lean
from quizapp.web.me import me
from quizapp.web.metrics import metrics
from quizapp.web.people import people
from quizapp.web.quiz import quiz
from quizapp.web.scores import scores
from quizapp.web.students import students
from quizapp.web.teach import teach
from quizapp.web.theme import theme
from quizapp.web.writing import writing

BLUEPRINTS: list[Blueprint] = [
    landing,
    quiz,
    attempt,
    about,
    theme,
    account,
    me,
    teach,
    writing,
    scores,
    people,
    students,
    health,
    metrics,
]


def prepare(app: Flask) -> None:
    """Register what comes before the extensions: the clock, the request id and the headers of every response."""
    access.register(app)
    headers.register(app)


def register(app: Flask) -> None:
    """Register what addresses may hold, who may see what, the error pages and every blueprint."""
    address.register(app)
    piled.register(app)
    static_files.register(app)
    cookie.register(app)
    log.register(app)
    visitor.register(app)
    audience.register(app)
    errors.register(app)
    app.jinja_env.add_extension(Lean)
    app.context_processor(frame.provide)
    form_token.register(app)
    app.add_template_global(chart.chart)
    macros.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    meter.register(app)
