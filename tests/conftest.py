"""What tests of several rooms build on: a database of their own, the app on it, and things to put into it."""

import datetime
import gc
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine, delete, make_url, text
from sqlalchemy.orm import Session

from quizapp import create_app
from quizapp.core.bank import Bank, Topic
from quizapp.core.citation import Citation
from quizapp.core.question import Option, Question
from quizapp.core.source import Source
from quizapp.extensions import db
from quizapp.question_types.single_choice import SingleChoice
from quizapp.store import engine as store_engine
from quizapp.store import logins, people, publication
from quizapp.store.tables import Base, Person
from quizapp.store.tokens import new_token
from quizapp.web.reached import Dateline

NOON = datetime.datetime(2025, 11, 23, 12, tzinfo=datetime.UTC)
PASSWORD = "one long sentence to sign in with"  # noqa: S105
POSTGRESQL = os.environ.get("QUIZAPP_TEST_POSTGRESQL", "")
IS_POSTGRESQL_REQUIRED = os.environ.get("QUIZAPP_REQUIRE_POSTGRESQL") == "1"
NO_POSTGRESQL = "QUIZAPP_TEST_POSTGRESQL names no PostgreSQL server"
DRIVER = "postgresql+psycopg"

# A busy machine must not fail a property, and examples of one run must not leak into the next.
settings.register_profile("steady", deadline=None, database=None)
settings.load_profile("steady")

# A commit waits for the disk some milliseconds, closing a database more, and no test cuts the power: where there is
# memory that can be written like a disk, the databases of tests are there.
MEMORY = Path("/dev/shm")  # noqa: S108
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 * 1024**3:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a database on both, where there are both; journeys in a browser on SQLite alone."""
    if "database" in metafunc.fixturenames:
        is_on_both = (POSTGRESQL or IS_POSTGRESQL_REQUIRED) and "browser" not in metafunc.fixturenames
        metafunc.parametrize("database", ["sqlite", "postgresql"] if is_on_both else ["sqlite"], indirect=True)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what was loaded to run the tests: it stays until the end."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured, and where PostgreSQL was left out."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, told in getattr(report, "user_properties", ()):
            if name == "measured":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {told}")
    if not POSTGRESQL:
        terminalreporter.write_line(f"{NO_POSTGRESQL}: the tests of store and pages ran on SQLite alone.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests, and say so, unless the run names their marker."""
    if "faults" in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker("faults"):
            item.add_marker(pytest.mark.skip(reason="takes long: make test-faults runs it"))


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Keep pytest-flask from holding a request open around every test, which would share one person among requests."""


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords at a fraction of the price: it is meant for whoever guesses, not for tests."""
    monkeypatch.setattr(people, "METHOD", "scrypt:512:8:1")
    monkeypatch.setattr(people, "NOBODYS_HASH", f"scrypt:512:8:1${'0' * 16}${'0' * 128}")


class Compiled(BytecodeCache):
    """Templates as they were compiled for an earlier app of this process, while their text is the same."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into a bucket, where there is one."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        self.codes[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates() -> Iterator[None]:
    """Compile a template once in a process: every test makes an app, and compiling was most of making one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Dateline, "jinja_options", {**Dateline.jinja_options, "bytecode_cache": Compiled()})
        yield


@pytest.fixture
def now() -> datetime.datetime:
    """Return noon of one day."""
    return NOON


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    """Return the server of QUIZAPP_TEST_POSTGRESQL, outside transactions.

    Without one the test is skipped, or fails where QUIZAPP_REQUIRE_POSTGRESQL is 1.
    """
    if not POSTGRESQL:
        if IS_POSTGRESQL_REQUIRED:
            pytest.fail(NO_POSTGRESQL)
        pytest.skip(NO_POSTGRESQL)
    server = create_engine(make_url(POSTGRESQL).set(drivername=DRIVER), isolation_level="AUTOCOMMIT")
    yield server
    server.dispose()


@contextmanager
def postgresql_database(server: Engine) -> Iterator[str]:
    """Make an empty database on a server and give its address; it goes in the end."""
    url = server.url.set(database=f"quizapp_{uuid.uuid4().hex}")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {url.database}"))
    yield url.render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))


@pytest.fixture
def new_postgresql(postgresql: Engine) -> Iterator[Callable[[], str]]:
    """Return a function that makes an empty database on the server; all go in the end."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(postgresql_database(postgresql))


@pytest.fixture(scope="session")
def cleaned_postgresql(postgresql: Engine) -> Iterator[Callable[[], str]]:
    """Return a function that empties this process's own database on the server and returns its address.

    Emptying takes a thirtieth of the time of making one. Connections that a test left open are ended first. A test that
    changes tables takes ``new_postgresql`` instead.
    """
    with postgresql_database(postgresql) as url:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        Base.metadata.create_all(engine)
        with engine.connect() as connection:
            sequences = connection.scalars(text("SELECT sequencename FROM pg_sequences")).all()
            steps = [
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                "DROP TABLE IF EXISTS alembic_version",
                *(str(delete(table)) for table in reversed(Base.metadata.sorted_tables)),
                *(f"SELECT setval('{sequence}', 1, false)" for sequence in sequences),
            ]

            def clean() -> str:
                connection.exec_driver_sql(";".join(steps))
                return url

            yield clean
        engine.dispose()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with all tables and no rows, for copying."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path) -> str:
    """Return the address of a database with all tables and no rows."""
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "dateline.sqlite"
        shutil.copyfile(empty_sqlite, path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("cleaned_postgresql")()
    return url


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """Return the engine of the test's database, opened as the app opens it."""
    made = create_engine(database, **store_engine.options(database))
    store_engine.prepare(made)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Return a session of the test's database, outside the app."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def make_app(database: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Return a function that builds an app on the test's database; settings may be given by name."""
    apps: list[Flask] = []

    def make(**settings: Any) -> Flask:
        defaults = {
            "TESTING": True,
            "INSTANCE": tmp_path / "instance",
            "DATABASE_URL": database,
            "WTF_CSRF_ENABLED": False,
            "CLOCK": lambda: NOON,
        }
        apps.append(create_app(defaults | settings))
        return apps[-1]

    yield make
    for app in apps:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """Return the app on a database of its own, with the clock at noon and no need of form tokens."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser that has never been here."""
    return app.test_client()


@pytest.fixture
def make_question() -> Callable[..., SingleChoice]:
    """Return a function that makes a single choice; any field may be given by name."""

    def make(id: str = "capital-kenya", **fields: Any) -> SingleChoice:
        right = fields.pop("right", "Nairobi")
        defaults: dict[str, Any] = {
            "kind": "capital",
            "stem": f"Which city is the capital of Kenya ({id})?",
            "explanation": "Nairobi has been the seat of government since before independence.",
            "topic": "africa",
            "citations": (
                Citation(source="atlas", paragraph=3, anchor="capital Nairobi", says="The capital is named."),
            ),
            "options": (
                Option(text=right, correct=True, why=f"{right} is the capital."),
                Option(text="Mombasa", why="Mombasa is the main port."),
                Option(text="Kampala", why="Kampala is the capital of Uganda."),
            ),
        }
        return SingleChoice(id=id, **(defaults | fields))

    return make


@pytest.fixture
def bank() -> Bank:
    """Return a bank of two topics and two sources without facts."""
    return Bank(
        topics={
            "africa": Topic(id="africa", title="Africa", description="Capitals and neighbours."),
            "asia": Topic(id="asia", title="Asia", description="Rivers and straits."),
        },
        sources={
            "atlas": Source(id="atlas", label="the school atlas", url="https://atlas.example/kenya"),
            "almanac": Source(id="almanac", label="the almanac"),
        },
        entities={},
        facts={},
    )


@pytest.fixture
def publish(session: Session, bank: Bank, now: datetime.datetime) -> Callable[..., publication.Published]:
    """Return a function that publishes questions and commits."""

    def publish(*questions: Question[Any], digest: str = "d1", at: datetime.datetime = now) -> publication.Published:
        done = publication.publish(session, bank, questions, digest, at)
        session.commit()
        return done

    return publish


@pytest.fixture
def make_person(session: Session, now: datetime.datetime) -> Callable[..., Person]:
    """Return a function that makes an account, or a guest when no user name is given, and commits."""

    def make(username: str | None = None, *, role: str = "student", nickname: str = "") -> Person:
        if username is None:
            person = Person(role="guest", nickname=nickname, created_at=now)
            session.add(person)
        else:
            person = people.create_account(session, username=username, password=PASSWORD, role=role, now=now)
        session.commit()
        return person

    return make


@pytest.fixture
def sign_in(session: Session, now: datetime.datetime) -> Callable[[FlaskClient, Person], FlaskClient]:
    """Return a function that signs a browser in as a person, without the sign-in page, and returns the browser."""

    def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
        token = new_token()
        logins.begin_login(session, person, token, now)
        session.commit()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return client

    return sign_in


@pytest.fixture
def password() -> str:
    """Return the password of every account that `make_person` makes."""
    return PASSWORD
