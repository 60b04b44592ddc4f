"""Scores as CSV: one line an attempt."""

from collections.abc import Iterable, Iterator

from quizapp.core.report import ScoreRow
from quizapp.formats.csv_table import Separator, read_rows, write_rows


def write_scores(rows: Iterable[ScoreRow], *, separator: Separator = ",", excel: bool = False) -> Iterator[bytes]:
    """Yield the attempts in the order in which they come."""
    return write_rows(ScoreRow, rows, separator=separator, excel=excel)


def read_scores(data: bytes) -> list[ScoreRow]:
    """Read back what `write_scores` wrote; raise `BadTable` otherwise."""
    return read_rows(ScoreRow, data)
