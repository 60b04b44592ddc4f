"""A CSV file (RFC 4180): written piece by piece for spreadsheets or machines, and read back."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from types import NoneType
from typing import Any, Literal, TypeVar, get_args

import msgspec

from quizapp.formats.csv_text import Cell, cell_text, unguard

Separator = Literal[",", ";"]
Row = TypeVar("Row", bound=msgspec.Struct)

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 100_000
ROWS_AT_ONCE = 200
# Most cells repeat: names, stems, sources. Looking one up takes a tenth of the time of writing it.
KNOWN_FIELDS = 4096
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SEPARATORS = ",;\t"
SPECIAL = re.compile(r'[,;\t"\r\n]')
QUOTED = re.compile(r'"[^"]*"')
HEADER = re.compile(r'(?:"[^"]*"|[^"\r\n])*')
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class BadTable(Exception):
    """The file cannot be read as a table; the message names the line and the column, and says what to do."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The cells of a file as text, guards taken off; every row is as long as the header.

    ``lines`` tells for each row on which line of the file it ends.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    separator: str


def write_table(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: Separator = ",", excel: bool = False
) -> Iterator[bytes]:
    """Yield a header and rows, some hundred at a time, so that a table of any length can be sent on as it is made.

    ``excel`` puts the byte order mark first, without which Excel garbles accents.
    """
    field = lru_cache(maxsize=KNOWN_FIELDS)(_field)
    yield (BYTE_ORDER_MARK if excel else b"") + _line(map(field, header), separator).encode()
    rest = iter(rows)
    while some := list(islice(rest, ROWS_AT_ONCE)):
        for row in some:
            if len(row) != len(header):
                raise ValueError(f"a row of {len(row)} cells under a header of {len(header)}")
        yield "".join(_line(map(field, row), separator) for row in some).encode()


def write_rows(
    row_type: type[Row], rows: Iterable[Row], *, separator: Separator = ",", excel: bool = False
) -> Iterator[bytes]:
    """Yield structs, one a line; their field names are the header."""
    cells = (msgspec.structs.astuple(row) for row in rows)
    return write_table(row_type.__struct_fields__, cells, separator=separator, excel=excel)


def read_table(data: bytes, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> Table:
    """Read a file in UTF-8 (with or without mark) or UTF-16 (with mark), separated by comma, semicolon or tab.

    Raise `BadTable` for anything else, for rows of another length than the header, and beyond the limits.
    """
    if len(data) > max_bytes:
        raise BadTable(f"The file is larger than {max_bytes:,} bytes. Split it into smaller files.")
    text = _decode(data)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: tuple[str, ...] | None = None
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        for cells in reader:
            if not cells:
                continue
            row = tuple(unguard(cell) for cell in cells)
            if header is None:
                header = row
                continue
            if len(row) != len(header):
                column = min(len(row), len(header)) + 1
                raise BadTable(
                    f"Line {reader.line_num}, column {column}: {len(row)} cells under a header of {len(header)}. "
                    "Put a text that contains the separator in double quotes."
                )
            if len(rows) == max_rows:
                raise BadTable(f"Line {reader.line_num}: more than {max_rows:,} rows. Split the file.")
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise BadTable(f"Line {reader.line_num}: {error}. Look for a double quote that is not closed.") from error
    if header is None:
        raise BadTable("The file is empty. Its first line must name the columns.")
    return Table(header=header, rows=tuple(rows), lines=tuple(lines), separator=separator)


def read_rows(row_type: type[Row], data: bytes) -> list[Row]:
    """Read structs back from what `write_rows` wrote; raise `BadTable` with line and column otherwise."""
    table = read_table(data)
    fields = msgspec.structs.fields(row_type)
    expected = tuple(field.name for field in fields)
    if table.header != expected:
        raise BadTable(f"Line 1: the columns must be {', '.join(expected)}.")
    return [
        row_type(
            **{
                field.name: _value(field, cell, line=line, column=column)
                for column, (field, cell) in enumerate(zip(fields, row, strict=True), start=1)
            }
        )
        for row, line in zip(table.rows, table.lines, strict=True)
    ]


def _value(field: msgspec.structs.FieldInfo, cell: str, *, line: int, column: int) -> Any:
    """Read one cell as its field's type; an empty cell is missing where the field allows it."""
    if not cell and NoneType in get_args(field.type):
        return None
    try:
        return msgspec.convert(cell, field.type, strict=False)
    except msgspec.ValidationError as error:
        raise BadTable(f"Line {line}, column {column} ({field.name}): {error}.") from error


def _line(fields: Iterable[str], separator: str) -> str:
    return f"{separator.join(fields)}\r\n"


def _field(cell: Cell) -> str:
    """Quote a field with anything that some reader takes for a separator, so that the one in use can be found out."""
    text = cell_text(cell)
    return '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text


def _decode(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadTable(f"Line {line}: this is not UTF-8. Save the file as “CSV UTF-8” and try again.") from error


def _separator(text: str) -> str:
    """Return whichever separator the header uses most outside quotes; a comma if none."""
    header = HEADER.match(text.lstrip("\r\n"))
    unquoted = QUOTED.sub("", header.group() if header else "")
    return max(SEPARATORS, key=unquoted.count)
