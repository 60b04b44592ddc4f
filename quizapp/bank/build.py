"""Building a bank: facts become questions, and the lines of the built file, which remembers their revisions."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quizapp.bank.audit import audit
from quizapp.bank.fault import BankErrors, Fault
from quizapp.bank.read import read_bank
from quizapp.core.bank import Bank
from quizapp.core.question import Question
from quizapp.generate import generate
from quizapp.generate.lint import Flag, linter
from quizapp.question_types import to_line

BUILT = Path("built", "questions.jsonl")
PACKAGE = Path(__file__).resolve().parent.parent
RULES = ("core", "question_types", "generate", "bank")


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A checked bank with its questions.

    ``lines`` are the bytes of the built file, ``digest`` is that of its inputs (see `digest`). ``refused`` tells which
    generated questions lint keeps out of the bank, and why; ``flags`` are those of the questions that are in it, with
    their ids.
    """

    bank: Bank
    questions: tuple[Question[Any], ...]
    lines: bytes
    digest: str
    refused: tuple[Fault, ...] = ()
    flags: tuple[tuple[str, Flag], ...] = ()


def build(folder: Path) -> Built:
    """Read, check and generate a bank, without writing anything.

    What lint forbids or the audit cannot derive is left out: a teacher may overrule a flag, the bank may not. Raises
    `BankErrors` when entries are broken or two questions share an id.
    """
    bank = read_bank(folder)
    generated = generate(bank)
    faults = _twice(generated)
    if faults:
        raise BankErrors(faults)
    check = linter(bank)
    flags = [(question.id, flag) for question in generated for flag in check(question)]
    refused = [*_underivable(bank, generated), *_forbidden(flags)]
    names = {fault.entry for fault in refused}
    questions = tuple(question for question in generated if question.id not in names)
    lines = _lines(questions, before=_standing(folder / BUILT))
    return Built(
        bank=bank,
        questions=questions,
        lines=lines,
        digest=digest(folder),
        refused=tuple(refused),
        flags=tuple((name, flag) for name, flag in flags if name not in names),
    )


def write(folder: Path, built: Built) -> bool:
    """Write the built file of a bank; say whether it changed."""
    path = folder / BUILT
    if path.exists() and path.read_bytes() == built.lines:
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(built.lines)
    return True


def is_current(folder: Path, built: Built) -> bool:
    """Say whether the built file that stands in a bank is what its facts give today."""
    path = folder / BUILT
    return path.exists() and path.read_bytes() == built.lines


def digest(folder: Path) -> str:
    """Return the SHA-256 of everything that a built bank follows from: its files and the rules that read them.

    Equal digests mean equal questions, so that a start needs to build nothing.
    """
    files = [
        *sorted(folder.rglob("*.toml")),
        *(file for room in RULES for file in sorted((PACKAGE / room).rglob("*.py"))),
    ]
    total = hashlib.sha256()
    for file in files:
        base = folder if file.is_relative_to(folder) else PACKAGE
        total.update(f"{file.relative_to(base).as_posix()}\n".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _twice(questions: Sequence[Question[Any]]) -> list[Fault]:
    """Return the questions whose id was given before."""
    seen: set[str] = set()
    faults: list[Fault] = []
    for question in questions:
        if question.id in seen:
            wrong, remedy = "Two questions have it.", "Report this as a fault of the generator."
            faults.append(Fault(file=BUILT.as_posix(), entry=question.id, field="id", wrong=wrong, remedy=remedy))
        seen.add(question.id)
    return faults


def _underivable(bank: Bank, questions: Sequence[Question[Any]]) -> list[Fault]:
    """Return what the audit cannot derive from the facts."""
    remedy = "Mend the facts, or report this as a fault of the generator."
    return [
        Fault(
            file=BUILT.as_posix(), entry=failure.question_id, field=failure.where, wrong=failure.message, remedy=remedy
        )
        for failure in audit(bank, questions)
    ]


def _forbidden(flags: Sequence[tuple[str, Flag]]) -> list[Fault]:
    """Return the hard flags of lint."""
    return [
        Fault(file=BUILT.as_posix(), entry=name, field=flag.where, wrong=flag.message, remedy=flag.remedy)
        for name, flag in flags
        if flag.severity == "hard"
    ]


def _standing(path: Path) -> dict[str, tuple[bytes, int]]:
    """Return the line and revision of each question in the built file as it stands."""
    if not path.exists():
        return {}
    found: dict[str, tuple[bytes, int]] = {}
    for line in path.read_bytes().splitlines():
        fields = msgspec.json.decode(line, type=dict[str, Any])
        found[fields["id"]] = (line, fields["revision"])
    return found


def _lines(questions: Sequence[Question[Any]], *, before: dict[str, tuple[bytes, int]]) -> bytes:
    """Write the questions; a new one has revision 1, a changed one the next after that of the standing file."""
    lines: list[bytes] = []
    for question in questions:
        old, revision = before.get(question.id, (b"", 0))
        line = to_line(question, revision)
        lines.append(line if line == old else to_line(question, revision + 1))
    return b"".join(line + b"\n" for line in lines)
