"""Filtering scores and choosing how they are downloaded, by GET."""

import datetime
from collections.abc import Sequence
from typing import TypedDict

from wtforms import Form, IntegerField, StringField

from quizapp.drafts.text import tidy
from quizapp.formats.csv_table import Separator
from quizapp.store.reports import Filter

FORMATS: dict[str, tuple[str, Separator, bool]] = {
    "excel": ("Excel", ",", True),
    "excel-semicolon": (
        "Excel with semicolons, for where all goes into one column (much of Europe)",
        ";",
        True,
    ),
    "plain": ("LibreOffice, Google Sheets or another program", ",", False),
}


class Variant(TypedDict):
    """How a table is written."""

    separator: Separator
    excel: bool


class ScoreFilter(Form):
    """The filters of the scores; what cannot be read filters nothing."""

    quiz = StringField("Quiz")
    name = StringField("Name")
    since = StringField("From")
    until = StringField("To")
    page = IntegerField()
    format = StringField()

    def offer(self, quizzes: Sequence[tuple[str, str]]) -> None:
        """Fill the list of quizzes."""
        self.quizzes = [("", "Any quiz"), *quizzes]

    def filter(self) -> Filter:
        """Return the filter of the reports; both days belong to the period, in UTC."""
        last = _day(self.until.data)
        return Filter(
            quiz=tidy(self.quiz.data or ""),
            name=tidy(self.name.data or "")[:100],
            since=_day(self.since.data),
            until=last + datetime.timedelta(days=1) if last else None,
        )

    def variant(self) -> Variant:
        """Return how the table is written for the chosen program; an unknown choice is plain."""
        _, separator, excel = FORMATS.get(self.format.data or "", FORMATS["plain"])
        return Variant(separator=separator, excel=excel)

    def query(self) -> dict[str, str]:
        """Return what the address of another page of the same filter repeats."""
        given = {name: self[name].data or "" for name in ("quiz", "name", "since", "until")}
        return {name: text for name, text in given.items() if text}


def _day(text: str | None) -> datetime.datetime | None:
    """Read a day as the browser sends it; leave out years that no clock reaches."""
    try:
        day = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    is_sensible = 2000 <= day.year <= 9000
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC) if is_sensible else None
