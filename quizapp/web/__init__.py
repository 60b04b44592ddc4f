"""The edge: pages, forms and their rules; this file lists the blueprints."""

from flask import Blueprint, Flask

from quizapp.web import audience, errors, frame, headers, visitor

BLUEPRINTS: list[Blueprint] = []


def prepare(app: Flask) -> None:
    """Register what comes before the extensions: the request id and the headers of every response."""
    headers.register(app)


def register(app: Flask) -> None:
    """Register who may see what, the error pages and every blueprint."""
    visitor.register(app)
    audience.register(app)
    errors.register(app)
    app.context_processor(frame.provide)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
