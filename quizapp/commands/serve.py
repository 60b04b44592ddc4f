"""Start the server: prepare what has changed, say where to go, answer until Ctrl-C."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread, Timer

import click
from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from quizapp import create_app
from quizapp.commands.address import EVERYWHERE, LOOPBACK, NoFreePort, free_port, is_answered, lan_address
from quizapp.commands.bank import publish_bank
from quizapp.commands.database import prepare_database, serving
from quizapp.commands.user import forget_old
from quizapp.config import PREFIX, RUN_FOLDER, Settings
from quizapp.extensions import db
from quizapp.store import links, removal
from quizapp.store.preparation import one_at_a_time
from quizapp.web.clock import now
from quizapp.web.health import STOPPING
from quizapp.web.reached import MOST_SENDERS

if sys.platform != "win32":
    import resource

WORKERS = 2
# Most of these threads only wait, for the rest of a form or for their turn; each is made when it is first needed.
THREADS = MOST_SENDERS + 64
# A browser keeps some connections open for half a minute, and a school opens its browsers in the same minute.
CONNECTIONS = 4096
MOST_HEAD_BYTES = 64 * 1024
STOP_SECONDS = 15
LOOK_SECONDS = 0.1


@click.command(epilog="Example: quizapp serve\n\nExample: quizapp serve --host 0.0.0.0 --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is the whole network.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="If taken, the next one.")
@click.option("--workers", default=WORKERS, show_default=True, type=click.IntRange(1, 16), help="Server processes.")
@click.option(
    "--drain",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 60),
    help="Seconds between SIGTERM, when /readyz says that this server stops, and the end.",
)
def serve(host: str, port: int, *, workers: int, drain: float) -> None:
    """Bring the database and the question bank up to date, then serve Dateline until Ctrl-C or SIGTERM.

    Requests that have come are answered before the end.
    """
    try:
        chosen = free_port(host, port)
    except (NoFreePort, OSError) as error:
        raise click.ClickException(f"Dateline cannot listen at {host}: {error}") from error
    if chosen != port:
        click.echo(f"Port {port} is taken, so this is port {chosen}.")
    name = lan_address() if host in EVERYWHERE else host
    address = f"http://{_in_address(name)}:{chosen}"
    app = create_app()
    public = _behind_proxy(app)
    _trust(app, name)
    click.get_current_context().with_resource(serving(app))
    invitation = _prepare(app)
    folder = Path(click.get_current_context().with_resource(TemporaryDirectory(prefix="dateline-")))
    os.environ[RUN_FOLDER] = str(folder)

    server = Server(
        "quizapp.commands.served:served_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=chosen,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=_connections(),
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=MOST_HEAD_BYTES),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
    )

    def say_where() -> None:
        if name not in LOOPBACK and not public:
            click.echo(
                "Everybody in this network can open this address and no other. It is plain HTTP: what is sent can be "
                "read on the way, passwords too. Use it in a network that you trust."
            )
        if invitation:
            click.echo(f"No teacher yet. This link makes the first one, once: {public or address}/setup/{invitation}")
        click.echo(f"Dateline is open, until Ctrl-C, at {address}")

    if drain:
        server.on_startup(lambda: _drain_first(drain, folder / STOPPING, server.signal_handler_interrupt))
    server.on_startup(Thread(target=_when_answered, args=(host, chosen, say_where), daemon=True).start)
    server.serve()
    _leave_no_traces(app)
    click.echo("Dateline has stopped. Nothing that was acknowledged is lost.")


def _connections() -> int:
    """Let this process and those it starts open as many files as the system allows; say for how many connections."""
    if sys.platform == "win32":
        return CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else min(CONNECTIONS, soft // 2)


def _drain_first(seconds: float, sign: Path, stop: Callable[[], object]) -> None:
    """Let SIGTERM first tell whoever shares out requests that this server stops, by a file; a second one stops it.

    A connection that was on its way when the door closed would be lost.
    """

    def begin(_number: int, _frame: object) -> None:
        if sign.exists():
            stop()
            return
        sign.touch()
        later = Timer(seconds, stop)
        later.daemon = True
        later.start()

    signal.signal(signal.SIGTERM, begin)


def _prepare(app: Flask) -> str | None:
    """Do what has to be done before serving; return the token of a set-up link while nobody may teach.

    The database is closed again, because no connection may cross into the server processes.
    """
    with app.app_context():
        try:
            prepare_database()
            publish_bank()
            if told := forget_old():
                click.echo(told)
            with one_at_a_time(db.engine):
                invitation = links.setup_link(db.session(), now())
                db.session.commit()
        finally:
            db.session.remove()
            db.engine.dispose()
    return invitation


def _leave_no_traces(app: Flask) -> None:
    """Wipe what people left who were deleted in the last minute."""
    with app.app_context():
        if removal.is_wipe_due(db.engine):
            removal.wipe(db.engine)
        db.engine.dispose()


def _when_answered(host: str, port: int, say: Callable[[], None]) -> None:
    """Wait until the server takes connections, then say so; sleep first, because it forks in this moment."""
    time.sleep(LOOK_SECONDS)
    while not is_answered(host, port):
        time.sleep(LOOK_SECONDS)
    say()


def _names_hosts(app: Flask) -> bool:
    """Tell whether the configuration names hosts."""
    hosts: list[str] = app.config["TRUSTED_HOSTS"]
    return hosts != list(Settings().trusted_hosts)


def _trust(app: Flask, name: str) -> None:
    """Let the server processes answer to the one name that was printed, unless the configuration names others."""
    if name not in LOOPBACK and not _names_hosts(app):
        os.environ[f"{PREFIX}TRUSTED_HOSTS"] = _in_address(name)


def _behind_proxy(app: Flask) -> str:
    """Return the address that people call where a proxy stands in front: the first host that is named; else nothing."""
    hosts = app.config["TRUSTED_HOSTS"] if _names_hosts(app) and app.config["TRUSTED_PROXIES"] else []
    return f"{app.config['PREFERRED_URL_SCHEME']}://{hosts[0].lstrip('.')}" if hosts else ""


def _in_address(name: str) -> str:
    """Spell a host for an address: IPv6 stands in brackets."""
    return f"[{name}]" if ":" in name else name
