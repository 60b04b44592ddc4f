"""What stands in a cell: text that no spreadsheet takes for a formula, numbers as numbers, times in UTC."""

import datetime
import unicodedata

TRIGGERS = frozenset("=+-@\t\r\n\0＝＋－＠")
"""What may begin a formula (OWASP ASVS 5, 1.2.10; CWE-1236), full-width forms included."""

INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc"})
"""Unicode categories that a spreadsheet may drop before it looks: spaces, byte order mark, zero-width, control."""

DECIMALS = 4

Cell = str | float | datetime.datetime | None


def is_dangerous(text: str) -> bool:
    """Tell whether the first visible character, after any apostrophes and invisible ones, is a trigger.

    Apostrophes count because one of them is our own guard: a text that looks guarded must be guarded again, or
    `unguard` would take away what somebody wrote.
    """
    for character in text.lstrip("'"):
        if character in TRIGGERS:
            return True
        if unicodedata.category(character) not in INVISIBLE:
            return False
    return False


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run; leave any other as it is."""
    return f"'{text}" if is_dangerous(text) else text


def unguard(text: str) -> str:
    """Take away the one apostrophe that `guard` put there; the exact inverse for every text."""
    return text[1:] if text.startswith("'") and is_dangerous(text[1:]) else text


def decimal_text(number: float) -> str:
    """Write a number with a decimal point, without exponent or trailing zeros, rounded to four decimals."""
    if isinstance(number, int):
        return str(number)
    text = f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def cell_text(cell: Cell) -> str:
    """Write one cell: nothing for what is missing, ISO 8601 in UTC to the second for a time."""
    match cell:
        case None:
            return ""
        case str():
            return guard(cell)
        case datetime.datetime():
            return cell.astimezone(datetime.UTC).isoformat(timespec="seconds")
        case _:
            return decimal_text(cell)
