"""How good the question bank is, from the shell: its report, lint of any questions, and the table to read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec
from flask import current_app
from flask.cli import with_appcontext

from quizapp.bank import build as builder
from quizapp.bank.coverage import Coverage
from quizapp.bank.read import read_bank
from quizapp.bank.report import Report, measure
from quizapp.commands.bank import faults_told, folder
from quizapp.commands.copies import copies_at_hand
from quizapp.core.question import Question
from quizapp.formats.proof import proof_page
from quizapp.generate.lint import Flag, lint_whole, linter
from quizapp.question_types import from_line

VERDICTS = {True: "reached", False: "MISSED", None: ""}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@click.command(epilog="Example: quizapp bank report\n\nExample: quizapp bank report --format json")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_appcontext
def report(*, form: str) -> None:
    """Print what the bank holds and reaches, each number beside its goal, and what falls short.

    Citations are checked where the setting ARTICLES names a folder with copies of the articles.
    """
    with faults_told():
        built = builder.build(folder())
    found = measure(built, copies=copies_at_hand(current_app.config["ARTICLES"], built.bank))
    click.echo(_json(found) if form == "json" else "\n".join(_text(found)))


@click.command(
    epilog="Example: quizapp bank lint questions.jsonl\n\nExample: quizapp bank export - | quizapp bank lint -"
)
@click.argument("file", type=click.File("rb"))
@with_appcontext
def lint(file: BinaryIO) -> None:
    """Try the questions in FILE, JSON Lines as exported: print each flaw with its reason and its remedy.

    Hard flags, and lines that are no question, fail; soft ones are advice. Rules about facts apply where a question
    names facts of this bank. - is standard input.
    """
    with faults_told():
        known = read_bank(folder())
    questions: dict[str, Question[Any]] = {}
    unreadable = 0
    for number, line in enumerate(file.read().removeprefix(BYTE_ORDER_MARK).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            question = from_line(line)[0]
            if questions.setdefault(question.id, question) is not question:
                raise ValueError(f"{question.id} is the id of an earlier question")
        except (msgspec.MsgspecError, ValueError, TypeError, AttributeError) as error:
            unreadable += 1
            click.echo(f"line {number}: It is no question: {str(error).rstrip('.')}. Mend it, or leave it out.")
    ours, others = linter(known), linter(None)
    flags = [
        (question.id, flag)
        for question in questions.values()
        for flag in (ours if known.facts.keys() & set(question.fact_ids) else others)(question)
    ]
    flags += [("all questions", flag) for flag in lint_whole(list(questions.values()), bank=known)]
    for name, flag in flags:
        click.echo(_flagged(name, flag))
    hard = sum(flag.severity == "hard" for _, flag in flags)
    click.echo(f"{len(questions)} questions, {hard} hard and {len(flags) - hard} soft flags.")
    if unreadable or hard:
        raise click.exceptions.Exit(1)


@click.command(epilog="Example: quizapp bank proof\n\nExample: quizapp bank proof proof.html")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=False)
@with_appcontext
def proof(file: Path | None) -> None:
    """Write every question with its key, its refuted wrong options and its paragraph as one page to read and to tick.

    It is an HTML file that needs nothing else and prints well; without FILE it is proof.html in the instance folder.
    """
    with faults_told():
        built = builder.build(folder())
    path = file or Path(current_app.instance_path) / "proof.html"
    page = proof_page(built.bank, built.questions)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"Written: {path}, {len(built.questions)} questions. Open it in a browser; it holds every right answer.")


def _flagged(name: str, flag: Flag) -> str:
    return f"{name}: {flag.severity}: {flag.rule}: {flag.where}: {flag.message} {flag.reason} {flag.remedy}"


def _json(found: Report) -> str:
    return json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2)


def _text(found: Report) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{found.questions} questions on {found.facts} facts of {len(found.sources)} sources."
    yield found.summary
    width = max(len(line.name) for line in found.lines)
    for group in dict.fromkeys(line.group for line in found.lines):
        yield f"\n{group}"
        for line in found.lines:
            if line.group == group:
                goal = f"goal: {line.goal}"
                yield f"  {line.name:<{width}}  {line.shown:<24}  {goal:<22}  {VERDICTS[line.is_reached]}".rstrip()
    yield "\nGuessers: right, and the most that is allowed, in per cent; questions with something to go by"
    for score in found.guessers:
        verdict = VERDICTS[score.is_held] if score.questions else ""
        numbers = f"{100 * score.score:5.1f}{100 * score.limit:7.1f}{score.questions:6}"
        yield f"  {score.name:<14}{numbers}  {verdict:<9}{score.does}"
    yield "\nParagraphs: how many facts were read from each, and how many questions cite it (. none, + more than 9)"
    for source in found.sources:
        yield from _strip(source)
    counts = (("Kinds", found.kinds), ("Types", found.types), ("Refutations", found.refutations))
    for title, counted in (*counts, ("Soft flags", found.soft_flags)):
        yield f"\n{title}: {', '.join(f'{name} {count}' for name, count in counted.items()) or 'none'}"
    yield f"\nFacts that no question asks: {', '.join(found.unasked) or 'none'}"
    for line in found.missed:
        yield f"\nMISSED: {line.name}: {line.shown}, goal {line.goal}. {line.note}".rstrip()


def _strip(source: Coverage) -> Iterator[str]:
    total = f"{source.facts} facts, {source.questions} questions, {source.targets} things asked"
    yield f"  {source.label}: {total}; {source.read} of {len(source.paragraphs)} paragraphs read"
    for title, counts in (
        ("facts", [paragraph.facts for paragraph in source.paragraphs]),
        ("questions", [paragraph.questions for paragraph in source.paragraphs]),
    ):
        yield f"    {title:<10}{''.join('.' if not count else str(count) if count < 10 else '+' for count in counts)}"
