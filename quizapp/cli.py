"""The command line: ``quizapp`` is Flask's own, with the groups of this app."""

import sys

import click
from flask.cli import FlaskGroup

from quizapp import create_app
from quizapp.commands.backup import backup, restore
from quizapp.commands.bank import bank
from quizapp.commands.bank_quality import lint, proof, report
from quizapp.commands.doctor import doctor
from quizapp.commands.maps import maps
from quizapp.commands.routes import routes
from quizapp.commands.scores import scores
from quizapp.commands.serve import serve
from quizapp.commands.user import user
from quizapp.config import BadConfiguration

HELP = """Serve Dateline, look after its question bank, its people and their scores.

\b
Example: quizapp serve
         quizapp bank check
         quizapp user create maria --teacher
"""

quizapp = FlaskGroup(create_app=create_app, add_version_option=False, help=HELP)
for command in (report, lint, proof):
    bank.add_command(command)
for command in (serve, backup, restore, doctor, bank, maps, user, scores, routes):
    quizapp.add_command(command)


def main() -> None:
    """Run a command; a setting that cannot be used gets a sentence instead of a traceback."""
    try:
        quizapp.main(prog_name="quizapp")
    except BadConfiguration as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
