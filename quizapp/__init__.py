"""Dateline: quizzes on geopolitics in which every answer cites its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the application.

    ``config`` counts before `instance/config.toml` and the environment: settings in capitals (``DATABASE_URL``), any
    Flask setting (``TESTING``), and ``INSTANCE``, the folder to use instead of the usual one.
    Flask is imported here and not above, so that the rooms below load without it.
    """
    import os
    from pathlib import Path

    from quizapp import config as settings
    from quizapp import web
    from quizapp.extensions import csrf, db, login_manager, migrate
    from quizapp.store import engine
    from quizapp.web.reached import Dateline

    given = dict(config or {})
    instance = given.pop("INSTANCE", None)
    app = Dateline(
        __name__,
        instance_path=os.fspath(Path(instance).resolve() if instance else settings.instance_folder(os.environ)),
        static_folder=None,
        template_folder="web/templates",
    )
    app.config.from_mapping(settings.load(Path(app.instance_path), os.environ, given))
    web.prepare(app)
    db.init_app(app)
    login_manager.init_app(app, add_context_processor=False)
    csrf.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        engine.prepare(db.engine)
    web.register(app)
    return app
