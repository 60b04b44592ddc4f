"""Scores as CSV: one line an attempt, sorted by name so that two exports diff cleanly."""

from collections.abc import Iterable

from quizapp.core.report import ScoreRow
from quizapp.formats.csv_table import Separator, read_rows, write_rows
from quizapp.formats.csv_text import cell_text


def write_scores(rows: Iterable[ScoreRow], *, separator: Separator = ",", excel: bool = False) -> bytes:
    """Write the attempts by name, person and start."""
    return write_rows(ScoreRow, sorted(rows, key=_place), separator=separator, excel=excel)


def read_scores(data: bytes) -> list[ScoreRow]:
    """Read back what `write_scores` wrote; raise `BadTable` otherwise."""
    return read_rows(ScoreRow, data)


def _place(row: ScoreRow) -> tuple[object, ...]:
    """Order by the start as it is written, to the second, so that a file that was read back keeps its order."""
    return (row.name.casefold(), row.name, row.user_id, cell_text(row.started_at), row.attempt_id)
