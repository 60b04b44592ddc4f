"""The ten rules for CSV files that leave the app, one test or table each."""

import csv
import datetime
import io
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from quizapp.core.report import AnswerRow, ScoreRow
from quizapp.formats.answers_csv import read_answers, write_answers
from quizapp.formats.csv_table import ROWS_AT_ONCE, BadTable, read_table, write_table
from quizapp.formats.csv_text import cell_text, guard, unguard
from quizapp.formats.download import CSV_TYPE, content_disposition, file_name
from quizapp.formats.scores_csv import read_scores, write_scores

MakeScore = Callable[..., ScoreRow]
MakeAnswer = Callable[..., AnswerRow]

LIBRE_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NOON = datetime.datetime(2025, 9, 3, 12, tzinfo=datetime.UTC)


def scores_file(rows: Iterable[ScoreRow], **variant: Any) -> bytes:
    return b"".join(write_scores(rows, **variant))


def answers_file(rows: Iterable[AnswerRow], **variant: Any) -> bytes:
    return b"".join(write_answers(rows, **variant))


def table_file(header: list[str], rows: Iterable[list[str]], **variant: Any) -> bytes:
    return b"".join(write_table(header, rows, **variant))


def cells(data: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator, strict=True))


@pytest.mark.parametrize("separator", [",", ";"])
def test_rule_1_lines_end_in_crlf_and_special_fields_are_quoted(separator: str) -> None:
    rows = [[f'x{separator}"y"', "two\r\nlines"], ["cr\rhere", "lf\nhere"]]

    data = table_file(["a", "b"], rows, separator=separator).decode()

    assert data.replace(separator, "|") == 'a|b\r\n"x|""y"""|"two\r\nlines"\r\n"cr\rhere"|"lf\nhere"\r\n'


def test_rule_1_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="3 cells under a header of 2"):
        table_file(["a", "b"], [["1", "2", "3"]])


def test_rule_2_only_the_excel_variant_begins_with_the_byte_order_mark(make_score: MakeScore) -> None:
    rows = [make_score(name="Vučić")]

    assert scores_file(rows, excel=True) == b"\xef\xbb\xbf" + scores_file(rows)
    assert not scores_file(rows).startswith(b"\xef\xbb\xbf")


def test_rule_2_the_headers_say_csv_in_utf_8_and_name_the_file_twice() -> None:
    disposition = content_disposition("Vučić_scores.csv")

    assert CSV_TYPE == "text/csv; charset=utf-8"
    assert 'filename="Vucic_scores.csv"' in disposition
    assert unquote(disposition.split("filename*=UTF-8''")[1]) == "Vučić_scores.csv"
    assert disposition.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "\0x", "＝1+1", "＋1", "－1", "＠x",
        " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "'=1", "''+1", "' =1".replace(" ", "\u2060"),
    ],
)  # fmt: skip
def test_rule_3_a_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ana", "a=1", "'hello'", "O'Neill", "1+1", "—", "Łódź", "'", " "])
def test_rule_3_any_other_text_is_left_alone(text: str) -> None:
    assert guard(text) == text


def test_rule_3_a_nickname_that_is_a_formula_stays_text(make_score: MakeScore) -> None:
    assert cells(scores_file([make_score(name="=1+1")]))[1][2] == "'=1+1"


@pytest.mark.parametrize(
    ("number", "text"),
    [(-2.5, "-2.5"), (0, "0"), (0.0, "0"), (-0.0, "0"), (7.0, "7"), (1 / 3, "0.3333"), (1e20, "1" + "0" * 20),
     (1234567.5, "1234567.5"), (100, "100"), (None, "")],
)  # fmt: skip
def test_rule_4_numbers_are_numbers_and_what_is_missing_is_empty(number: float | None, text: str) -> None:
    assert cell_text(number) == text


def test_rule_4_a_score_of_zero_is_zero_and_an_unanswered_cell_is_empty(make_answer: MakeAnswer) -> None:
    wrong = make_answer(score=0)
    unanswered = make_answer(position=2, response=None, score=None, answered_at=None, status="not_reached")

    header, first, second = cells(answers_file([wrong, unanswered]))

    assert first[header.index("score")] == "0"
    assert [second[header.index(name)] for name in ("response", "score", "answered_at")] == ["", "", ""]


@pytest.mark.parametrize("separator", [",", ";"])
def test_rule_1_a_field_with_the_other_separator_is_quoted_too(separator: str) -> None:
    table = read_table(table_file(["id", "a;b,\n;;;\tc"], [["1", ",;\t"]], separator=separator))

    assert table.separator == separator
    assert table.rows == (("1", ",;\t"),)


def test_rule_5_header_cells_are_guarded_too() -> None:
    assert table_file(["=HYPERLINK(1)"], []) == b"'=HYPERLINK(1)\r\n"


def test_rule_5_a_quiz_title_is_guarded_in_every_row(make_score: MakeScore) -> None:
    assert cells(scores_file([make_score(quiz="@all")]))[1][3] == "'@all"


def test_rule_7_reading_our_own_file_takes_off_exactly_one_apostrophe() -> None:
    assert [unguard(text) for text in ("'=1", "''=1", "'hello'", "=1")] == ["=1", "'=1", "'hello'", "=1"]


def test_rules_6_and_8_a_long_id_with_leading_zeros_stays_plain_text(make_score: MakeScore) -> None:
    """No workbook is offered, so the text must come through the CSV file, without an ``="…"`` trick."""
    data = scores_file([make_score(attempt_id="00123456789012345678")])

    assert data.splitlines()[1].startswith(b"00123456789012345678,")
    assert read_scores(data)[0].attempt_id == "00123456789012345678"


def test_rule_9_the_rows_stay_in_the_order_in_which_they_come(make_score: MakeScore, make_answer: MakeAnswer) -> None:
    """The order of names is the store's, which has them all; see the tests of its reports."""
    names = ["Bo", "ana", "Ana"]

    scored = read_scores(scores_file(make_score(name=name) for name in names))
    answered = read_answers(answers_file(make_answer(name=name) for name in names))

    assert [row.name for row in scored] == [row.name for row in answered] == names


def test_a_long_table_is_written_a_little_at_a_time(make_score: MakeScore) -> None:
    asked_for: list[int] = []
    rows = (asked_for.append(number) or make_score(attempt_id=str(number)) for number in range(5000))

    parts = write_scores(rows)

    assert (next(parts).count(b"\r\n"), asked_for) == (1, [])
    assert (next(parts).count(b"\r\n"), len(asked_for)) == (ROWS_AT_ONCE, ROWS_AT_ONCE)
    assert sum(part.count(b"\r\n") for part in parts) == 5000 - ROWS_AT_ONCE


def test_a_cell_that_was_written_before_is_written_the_same(make_score: MakeScore) -> None:
    first, again = scores_file([make_score(name=name) for name in ("=1;", "=1;")]).splitlines()[1:]

    assert first == again
    assert b',"\'=1;",' in again


@pytest.mark.parametrize("excel", [True, False])
@pytest.mark.parametrize("separator", [",", ";"])
def test_rule_10_either_separator_gives_the_same_cells(make_score: MakeScore, separator: str, excel: bool) -> None:
    rows = [make_score(name="Vučić; Aleksandar, Serbia", score=7.5)]

    data = scores_file(rows, separator=separator, excel=excel)

    assert cells(data, separator)[1][2] == "Vučić; Aleksandar, Serbia"
    assert read_scores(data) == rows


def test_rule_10_a_file_is_named_after_what_it_holds_and_when() -> None:
    assert file_name("Weapons / parade", "scores", now=NOON) == "Weapons-parade_scores_20250903T120000Z.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rule_10_reading_finds_out_encoding_and_separator(encoding: str, separator: str) -> None:
    table = read_table(f'last_name{separator}"first;\tname,"\r\nVučić{separator}Aleksandar\r\n'.encode(encoding))

    assert table.header == ("last_name", "first;\tname,")
    assert table.rows == (("Vučić", "Aleksandar"),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"a,b\r\n1\r\n", "Line 2, column 2: 1 cells under a header of 2"),
        (b"a,b\r\n1,2,3\r\n", "Line 2, column 3"),
        (b'a\r\n"open', "Line 2"),
        (b"a\r\nok\r\n\xff\r\n", "Line 3: this is not UTF-8"),
    ],
)
def test_rule_10_a_broken_file_is_refused_with_its_line_and_column(data: bytes, message: str) -> None:
    with pytest.raises(BadTable, match=message):
        read_table(data)


def test_rule_10_a_cell_of_the_wrong_type_is_named(make_score: MakeScore) -> None:
    data = scores_file([make_score()]).replace(b",7,", b",seven,")

    with pytest.raises(BadTable, match=r"Line 2, column 5 \(score\)"):
        read_scores(data)


@pytest.mark.parametrize("limits", [{"max_bytes": 5}, {"max_rows": 1}])
def test_rule_10_a_file_beyond_the_limits_is_refused(limits: dict[str, int]) -> None:
    with pytest.raises(BadTable, match="Split"):
        read_table(b"a\r\n1\r\n2\r\n", **limits)


@pytest.mark.skipif(LIBRE_OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("separator", [",", ";"])
def test_libre_office_opens_the_excel_variant_as_written(make_score: MakeScore, tmp_path: Path, separator: str) -> None:
    rows = [make_score(name="Vučić", score=0), make_score(name="=1+1", user_id=2, score=2.5)]
    sheet = tmp_path / "scores.csv"
    sheet.write_bytes(scores_file(rows, separator=separator, excel=True))

    subprocess.run(
        [
            str(LIBRE_OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            f"--infilter=CSV:{ord(separator)},34,76,1", "--convert-to", "fods", "--outdir", str(tmp_path), str(sheet),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    opened = (tmp_path / "scores.fods").read_text("utf-8")

    assert "<text:p>Vučić</text:p>" in opened
    assert "table:formula" not in opened
    assert "=1+1</text:p>" in opened
    assert 'office:value="2.5"' in opened
    assert 'office:value="0"' in opened
