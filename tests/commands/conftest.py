"""A command line in an installation of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo

from quizapp import create_app
from quizapp.cli import quizapp
from quizapp.extensions import db

Run = Callable[..., Result]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty instance folder, which the commands use."""
    monkeypatch.setenv("QUIZAPP_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def run(instance: Path) -> Run:
    """Run ``quizapp`` with arguments and perhaps what is typed, then close its database, as a process does."""

    def call(*arguments: str, typed: str | None = None) -> Result:
        app = create_app()
        script = ScriptInfo(create_app=lambda: app)
        result = CliRunner().invoke(quizapp, list(arguments), input=typed, prog_name="quizapp", obj=script)
        with app.app_context():
            db.engine.dispose()
        return result

    return call
