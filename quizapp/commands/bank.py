"""The question bank from the shell: checked, built, published, exported, and verified against the articles."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import with_appcontext

from quizapp.bank import build as builder
from quizapp.bank import verify as verifier
from quizapp.bank.cite import cite as cite_passage
from quizapp.bank.fault import BankErrors
from quizapp.bank.read import read_bank
from quizapp.bank.report import measure, to_json
from quizapp.commands.copies import Copy, copies_at_hand, copies_in
from quizapp.commands.database import prepare_database
from quizapp.core.passage import BadPassage
from quizapp.extensions import db
from quizapp.store import publication
from quizapp.store.preparation import one_at_a_time
from quizapp.web.clock import now

COPY = Copy()


@click.group()
def bank() -> None:
    """Check, build, publish, export and verify the questions."""


@bank.command(epilog="Example: quizapp bank check")
@with_appcontext
def check() -> None:
    """Read the bank and list everything that is broken: file, entry, field, remedy."""
    with faults_told():
        found = read_bank(folder())
    for table in found.reference.values():
        if table.is_stale(now().date()):
            click.echo(
                f"reference/, {table.id}: it is as of {table.as_of}. See whether a newer source agrees.", err=True
            )
    click.echo(
        f"The bank is sound: {len(found.sources)} sources, {len(found.entities)} entities, {len(found.facts)} facts, "
        f"{len(found.reference)} tables of reference."
    )


@bank.command(epilog="Example: quizapp bank build\n\nExample: quizapp bank build --check")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if the built file is out of date.")
@with_appcontext
def build(*, only_check: bool) -> None:
    """Make the questions anew from the facts and write the built file, whose diff is the review."""
    with faults_told():
        built = builder.build(folder())
    path = folder() / builder.BUILT
    if only_check:
        if not builder.is_current(folder(), built):
            raise click.ClickException(f"{path} is out of date. Run: quizapp bank build")
        click.echo(f"{path} is up to date: {len(built.questions)} questions.")
        return
    changed = builder.write(folder(), built)
    click.echo(f"{'Written' if changed else 'Unchanged'}: {path}, {len(built.questions)} questions.")


@bank.command(epilog="Example: quizapp bank publish")
@with_appcontext
def publish() -> None:
    """Put the questions into the database; attempts under way keep the wording that they began with."""
    prepare_database()
    if not publish_bank():
        click.echo("Nothing has changed since the bank was published.")


@bank.command(epilog="Example: quizapp bank export questions.jsonl\n\nExample: quizapp bank export - | head -n 1")
@click.argument("file", type=click.File("wb"))
@with_appcontext
def export(file: BinaryIO) -> None:
    """Write the questions to FILE as JSON Lines, one question a line; - is standard output."""
    with faults_told():
        file.write(builder.build(folder()).lines)


@bank.command(
    epilog="Example: quizapp bank verify --source news18-report=report.txt --source beijing-dispatch=dispatch.txt"
)
@click.option("--source", "copies", type=COPY, multiple=True, help="A source and the file with your copy of it.")
@with_appcontext
def verify(copies: tuple[tuple[str, str], ...]) -> None:
    """Find every citation in your copies of the articles: exact, moved, ambiguous, changed or missing.

    Without --source the folder of the setting ARTICLES is searched for copies, by their hash. Anything but exact fails.
    """
    with faults_told():
        found = read_bank(folder())
    if not copies:
        copies = copies_in(current_app.config["ARTICLES"], found)
    unverified = 0
    for source, text in copies:
        try:
            verdicts = verifier.verify(found, source, text)
        except verifier.UnknownSource as error:
            raise click.ClickException(str(error)) from error
        counts = ", ".join(f"{count} {state}" for state, count in verifier.summary(verdicts).items())
        is_same = verifier.is_same_copy(found, source, text)
        click.echo(f"{source} ({'the copy that was read' if is_same else 'another copy'}): {counts}")
        astray = [verdict for verdict in verdicts if not verdict.location.is_exact]
        for verdict in astray:
            click.echo(f"  {verdict}")
        unverified += len(astray)
    if unverified:
        raise click.ClickException(f"{unverified} citations were not found as they were read.")


@bank.command(epilog="Example: quizapp bank cite 4 --source news18-report=report.txt --first 2")
@click.argument("paragraph", type=click.IntRange(min=1))
@click.option("--source", "copy", type=COPY, required=True, help="The source and the file with your copy of it.")
@click.option("--first", default=1, show_default=True, type=click.IntRange(min=1), help="The first sentence.")
@click.option("--last", type=click.IntRange(min=1), help="The last sentence, if there are several.")
@click.option("--starts", help="The opening words of the first sentence, instead of its number.")
@click.option("--anchor", help="Up to four words to search for, instead of chosen ones.")
def cite(
    paragraph: int, copy: tuple[str, str], *, first: int, last: int | None, starts: str | None, anchor: str | None
) -> None:
    """Print the citation of sentences of PARAGRAPH, to paste into a fact; it holds none of the article's text."""
    source, text = copy
    try:
        click.echo(cite_passage(text, source, paragraph, first=first, last=last, starts=starts, anchor=anchor))
    except BadPassage as error:
        raise click.ClickException(str(error)) from error


def publish_bank() -> bool:
    """Build, check and publish the bank if it changed since it was published; tell whether it did."""
    digest = builder.digest(folder())
    if publication.published_digest(db.session()) == digest:
        return False
    with one_at_a_time(db.engine):
        db.session.rollback()
        return publication.published_digest(db.session()) != digest and _publish(digest)


def _publish(digest: str) -> bool:
    click.echo("Building and checking the question bank ...", err=True)
    with faults_told():
        built = builder.build(folder())
    report = measure(built, copies=copies_at_hand(current_app.config["ARTICLES"], built.bank))
    done = publication.publish(db.session(), built.bank, built.questions, digest, now(), report=to_json(report))
    db.session.commit()
    click.echo(
        f"Published {len(built.questions)} questions: {done.added} new, {done.changed} changed, "
        f"{done.unchanged} as before, {done.archived} archived.",
        err=True,
    )
    return True


def folder() -> Path:
    """Return the folder of the bank."""
    path: Path = current_app.config["BANK"]
    return path


@contextmanager
def faults_told() -> Iterator[None]:
    """Print every fault of a broken bank, then fail with one sentence."""
    try:
        yield
    except BankErrors as errors:
        for fault in errors.faults:
            click.echo(str(fault), err=True)
        count = len(errors.faults)
        raise click.ClickException(
            f"The bank has {count} {'fault' if count == 1 else 'faults'}, listed above."
        ) from None
