"""Answers as CSV: one line a question of an attempt, with its revision and citation."""

from collections.abc import Iterable

from quizapp.core.report import AnswerRow
from quizapp.formats.csv_table import Separator, read_rows, write_rows


def write_answers(rows: Iterable[AnswerRow], *, separator: Separator = ",", excel: bool = False) -> bytes:
    """Write the answers by name and person; those of one person stay in the order in which they are given."""
    ordered = sorted(rows, key=lambda row: (row.name.casefold(), row.name, row.user_id))
    return write_rows(AnswerRow, ordered, separator=separator, excel=excel)


def read_answers(data: bytes) -> list[AnswerRow]:
    """Read back what `write_answers` wrote; raise `BadTable` otherwise."""
    return read_rows(AnswerRow, data)
