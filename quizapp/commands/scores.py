"""Scores from the shell, as the teachers' pages export them."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import with_appcontext

from quizapp.commands.database import prepare_database
from quizapp.commands.drafted import drafted
from quizapp.extensions import db
from quizapp.formats.answers_csv import write_answers
from quizapp.formats.csv_table import ROWS_AT_ONCE, Separator
from quizapp.formats.scores_csv import write_scores
from quizapp.store import answer_reports, reports
from quizapp.store.backup import sync_folder
from quizapp.store.sorting import NoRoom

STANDARD_OUTPUT = "-"


@click.group()
def scores() -> None:
    """Take the scores out."""


@scores.command(
    epilog="Example: quizapp scores export scores.csv\n\n"
    "Example: quizapp scores export answers.csv --answers --excel --separator ';'"
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--answers", is_flag=True, help="One line per question of an attempt, with its citation.")
@click.option("--excel", is_flag=True, help="Begin with a byte order mark, so that Excel shows accents.")
@click.option(
    "--separator", type=click.Choice([",", ";"]), default=",", show_default=True, help="What stands between cells."
)
@with_appcontext
def export(file: str, separator: Separator, *, answers: bool, excel: bool) -> None:
    """Write the scores as CSV to FILE (- for standard output), one line per attempt.

    FILE is replaced when all is written, and not before.
    """
    prepare_database()
    session = db.session()
    if answers:
        rows = answer_reports.count_rows(session)
        parts = write_answers(answer_reports.answer_rows(session), separator=separator, excel=excel)
    else:
        rows = reports.count_attempts(session)
        parts = write_scores(reports.score_rows(session), separator=separator, excel=excel)
    is_seen = sys.stderr.isatty() and not (file == STANDARD_OUTPUT and sys.stdout.isatty())
    length = 1 + -(-rows // ROWS_AT_ONCE)
    try:
        with click.progressbar(
            parts, length=length, label="Writing", show_eta=False, file=sys.stderr, hidden=not is_seen
        ) as bar:
            _write(bar, file)
    except NoRoom as error:
        raise click.ClickException(
            f"There is no room for temporary files: {error}. Make some, or name another folder in TMPDIR."
        ) from error


def _write(parts: Iterable[bytes], file: str) -> None:
    """Write parts to standard output, a pipe or a device, or to a file, which has its name only when it is whole."""
    target = Path(file).resolve()
    try:
        if file == STANDARD_OUTPUT:
            sys.stdout.buffer.writelines(parts)
            sys.stdout.buffer.flush()
        elif target.exists() and not target.is_file():
            with target.open("wb") as taker:
                taker.writelines(parts)
        else:
            _replace(target, parts)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error


def _replace(target: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place, then put it there; who may read it stays as it was."""
    with drafted(target) as draft:
        with draft.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
        sync_folder(target.parent)
