"""The question bank: readable, and the one that was published."""

from pathlib import Path

from sqlalchemy.orm import Session

from quizapp.bank import build as builder
from quizapp.bank.fault import BankErrors
from quizapp.bank.read import read_bank
from quizapp.commands.checks.finding import Finding, look, mend, ok
from quizapp.store import publication


def bank(folder: Path) -> Finding:
    """Say whether the bank can be read."""
    if not folder.is_dir():
        return mend("Question bank", f"there is no folder {folder}.", "Set QUIZAPP_BANK to the folder of the bank.")
    try:
        found = read_bank(folder)
    except BankErrors as errors:
        return mend("Question bank", f"{len(errors.faults)} faults in {folder}.", "List them: quizapp bank check")
    return ok("Question bank", f"{len(found.facts)} facts from {len(found.sources)} sources")


def published(folder: Path, session: Session) -> Finding:
    """Say whether the questions in the database are those of the bank."""
    digest = publication.published_digest(session)
    if digest == builder.digest(folder):
        return ok("Published", "the questions are those of the bank")
    says = "the bank has changed since it was published." if digest else "the bank is not published yet."
    return look("Published", says, "The next start publishes it; or now: quizapp bank publish")
