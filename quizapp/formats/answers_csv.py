"""Answers as CSV: one line a question of an attempt, with its revision and citation."""

from collections.abc import Iterable, Iterator

from quizapp.core.report import AnswerRow
from quizapp.formats.csv_table import Separator, read_rows, write_rows


def write_answers(rows: Iterable[AnswerRow], *, separator: Separator = ",", excel: bool = False) -> Iterator[bytes]:
    """Yield the answers in the order in which they come."""
    return write_rows(AnswerRow, rows, separator=separator, excel=excel)


def read_answers(data: bytes) -> list[AnswerRow]:
    """Read back what `write_answers` wrote; raise `BadTable` otherwise."""
    return read_rows(AnswerRow, data)
