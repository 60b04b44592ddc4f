"""Export, import, export: the same bytes, whatever people are called and write."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.report import AnswerRow, ScoreRow
from quizapp.formats.answers_csv import read_answers, write_answers
from quizapp.formats.csv_table import read_table, write_table
from quizapp.formats.csv_text import guard, is_dangerous, unguard
from quizapp.formats.scores_csv import read_scores, write_scores

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    "'=+-@ \t\r\n\0＝\ufeff\u200b,;\"a", max_size=8
)
MORNING = datetime.datetime.fromisoformat("1950-01-01")
TIMES = st.datetimes(
    min_value=MORNING, max_value=MORNING + datetime.timedelta(days=36_500), timezones=st.just(datetime.UTC)
)
POINTS = st.floats(min_value=-1e9, max_value=1e9)
COUNTS = st.integers(min_value=0, max_value=10**9)

SCORES = st.builds(
    ScoreRow, attempt_id=TEXTS, user_id=COUNTS, name=TEXTS, quiz=TEXTS, score=POINTS, max=POINTS, percent=POINTS,
    status=TEXTS, started_at=TIMES, finished_at=st.none() | TIMES,
)  # fmt: skip
ANSWERS = st.builds(
    AnswerRow, attempt_id=TEXTS, user_id=COUNTS, name=TEXTS, quiz=TEXTS, position=COUNTS, question_id=TEXTS,
    question_revision=COUNTS, type=TEXTS, kind=TEXTS, stem=TEXTS, response=st.none() | TEXTS, correct_answer=TEXTS,
    score=st.none() | POINTS, max=POINTS, status=TEXTS, answered_at=st.none() | TIMES, source_id=st.none() | TEXTS,
    source_label=st.none() | TEXTS, source_url=st.none() | TEXTS, paragraph=st.none() | COUNTS,
    anchor=st.none() | TEXTS,
)  # fmt: skip
SEPARATORS = st.sampled_from([",", ";"])


@given(TEXTS)
def test_a_guarded_text_is_harmless_and_comes_back(text: str) -> None:
    guarded = guard(text)

    assert guarded.startswith("'") or not is_dangerous(guarded)
    assert unguard(guarded) == text


@given(st.lists(TEXTS, min_size=2, max_size=2), st.lists(st.lists(TEXTS, min_size=2, max_size=2)), SEPARATORS)
def test_a_table_comes_back_cell_by_cell(header: list[str], rows: list[list[str]], separator: str) -> None:
    table = read_table(b"".join(write_table(["id", *header], [["1", *row] for row in rows], separator=separator)))

    assert table.separator == separator
    assert [list(row[1:]) for row in table.rows] == rows


@given(st.lists(SCORES, max_size=5), SEPARATORS, st.booleans())
def test_scores_exported_read_and_exported_again_are_byte_identical(
    rows: list[ScoreRow], separator: str, excel: bool
) -> None:
    exported = b"".join(write_scores(rows, separator=separator, excel=excel))

    assert b"".join(write_scores(read_scores(exported), separator=separator, excel=excel)) == exported


@given(st.lists(ANSWERS, max_size=5), SEPARATORS, st.booleans())
def test_answers_exported_read_and_exported_again_are_byte_identical(
    rows: list[AnswerRow], separator: str, excel: bool
) -> None:
    exported = b"".join(write_answers(rows, separator=separator, excel=excel))

    assert b"".join(write_answers(read_answers(exported), separator=separator, excel=excel)) == exported
