"""The doctor: looks at an installation, and tells of each thing what is wrong and how to mend it."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import msgspec
from flask import Flask, current_app

from quizapp import create_app
from quizapp.commands.backup import parts
from quizapp.commands.checks import content, database, instance, machine
from quizapp.commands.checks.finding import Finding, look, mend, ok
from quizapp.config import PROJECT, BadConfiguration, instance_folder
from quizapp.extensions import db
from quizapp.store import lease
from quizapp.web.clock import now

SIGNS = {"ok": "[+] ok  ", "look": "[?] look", "mend": "[x] mend"}
INDENT = " " * 11


@click.command(epilog="Example: quizapp doctor\n\nExample: quizapp doctor --format json")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the server is to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="At which port.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(host: str, port: int, form: str) -> None:
    """Look at this installation: what is well, what is worth a look, what must be mended, and how.

    Nothing is changed. The exit code is 1 when something must be mended.
    """
    findings: list[Finding] = []
    for finding in examine(host, port):
        findings.append(finding)
        if form == "text":
            click.echo(_lines(finding))
    wrong = [finding for finding in findings if finding.state == "mend"]
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(findings)))
    else:
        click.echo(f"\n{len(findings)} things looked at, {len(wrong)} to mend.")
    if wrong:
        raise click.exceptions.Exit(1)


def examine(host: str, port: int) -> Iterator[Finding]:
    """Look at everything, from the machine to the questions; what rests on something broken is left out."""
    yield machine.python()
    yield machine.packages(PROJECT / "requirements.lock")
    yield machine.port(host, port)
    folder = instance_folder(os.environ)
    if not folder.is_dir():
        yield look("Instance folder", f"{folder} is not there yet.", "The first start makes it: quizapp serve")
        return
    yield instance.folder(folder)
    try:
        app = create_app()
    except BadConfiguration as error:
        yield mend("Settings", error.message, "Correct it, then ask again: quizapp doctor")
        return
    except OSError as error:
        yield mend("Settings", f"cannot be read: {error}.", f"See who owns {folder}: ls -la {folder}")
        return
    with app.app_context():
        try:
            yield from _settings(app, folder)
            yield from _database()
        finally:
            db.session.remove()
            db.engine.dispose()


def _settings(app: Flask, folder: Path) -> Iterator[Finding]:
    yield ok("Settings", f"valid; database: {db.engine.url.render_as_string()}")
    yield instance.secret_key(folder)
    yield instance.hosts(app.config["TRUSTED_HOSTS"], secure_cookies=app.config["SECURE_COOKIES"])
    yield content.bank(app.config["BANK"])


def _database() -> Iterator[Finding]:
    """Look at the database, and into it if it is whole and as far as this code."""
    file = lease.sqlite_file(db.engine.url)
    if file is not None:
        if not file.exists():
            yield look("Database", f"{file} is not there yet.", "The first start makes it: quizapp serve")
            return
        of_file = [*database.file(file), machine.file_system(file), instance.privacy(file)]
        yield from of_file
        yield machine.room(file.parent, file.stat().st_size)
        yield instance.leftovers(parts(file))
        if _has_wrong(of_file):
            return
    of_tables = list(database.tables(db.engine))
    yield from of_tables
    if of_tables[0].state != "ok":
        return
    yield database.clock(db.session(), now())
    yield database.teacher(db.session())
    yield content.published(current_app.config["BANK"], db.session())


def _has_wrong(findings: Iterable[Finding]) -> bool:
    return any(finding.state == "mend" for finding in findings)


def _lines(finding: Finding) -> str:
    """Write a finding on one line, and below it what to do."""
    first = f"{SIGNS[finding.state]}  {finding.name}: {finding.says}"
    return f"{first}\n{INDENT}{finding.remedy}" if finding.remedy else first
