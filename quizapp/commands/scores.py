"""Scores from the shell, as the teachers' pages export them."""

from typing import BinaryIO

import click
from flask.cli import with_appcontext

from quizapp.commands.database import prepare_database
from quizapp.extensions import db
from quizapp.formats.answers_csv import write_answers
from quizapp.formats.csv_table import Separator
from quizapp.formats.scores_csv import write_scores
from quizapp.store import answer_reports, reports


@click.group()
def scores() -> None:
    """Take the scores out."""


@scores.command(
    epilog="Example: quizapp scores export scores.csv\n\n"
    "Example: quizapp scores export answers.csv --answers --excel --separator ';'"
)
@click.argument("file", type=click.File("wb"))
@click.option("--answers", is_flag=True, help="One line per question of an attempt, with its citation.")
@click.option("--excel", is_flag=True, help="Begin with a byte order mark, so that Excel shows accents.")
@click.option(
    "--separator", type=click.Choice([",", ";"]), default=",", show_default=True, help="What stands between cells."
)
@with_appcontext
def export(file: BinaryIO, separator: Separator, *, answers: bool, excel: bool) -> None:
    """Write the scores as CSV to FILE (- for standard output), one line per attempt."""
    prepare_database()
    if answers:
        file.writelines(write_answers(answer_reports.answer_rows(db.session()), separator=separator, excel=excel))
    else:
        file.writelines(write_scores(reports.score_rows(db.session()), separator=separator, excel=excel))
