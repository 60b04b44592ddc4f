"""A reader's own copies of the articles, as the shell names them."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from quizapp.bank.verify import is_same_copy
from quizapp.core.bank import Bank


class Copy(click.ParamType[tuple[str, str]]):
    """``ID=FILE``: the id of a source and the text of the file."""

    name = "id=file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Read the file, or fail with what to write instead."""
        source, sign, file = str(value).partition("=")
        if not (source and sign and file):
            self.fail(f"{value!r} must be the source's id, an equals sign and a file.", param, ctx)
        return source, read_copy(Path(file))


def copies_in(articles: Path | None, bank: Bank) -> tuple[tuple[str, str], ...]:
    """Return the copies in a folder that are, by hash, the texts that the bank was read from."""
    if articles is None or not articles.is_dir():
        raise click.ClickException("Name your copies: quizapp bank verify --source ID=FILE, or set QUIZAPP_ARTICLES.")
    texts = [read_copy(file) for file in sorted(articles.glob("*.txt"))]
    found = _copies(texts, bank)
    if not found:
        raise click.ClickException(f"No file in {articles} is a copy of a source of this bank.")
    return found


def copies_at_hand(articles: Path | None, bank: Bank) -> dict[str, str]:
    """Return the copies in a folder by their source; none where there is no folder, and no file that cannot be read."""
    texts: list[str] = []
    for file in sorted(articles.glob("*.txt")) if articles and articles.is_dir() else []:
        with suppress(click.ClickException):
            texts.append(read_copy(file))
    return dict(_copies(texts, bank))


def _copies(texts: Sequence[str], bank: Bank) -> tuple[tuple[str, str], ...]:
    return tuple((source, text) for source in bank.sources for text in texts if is_same_copy(bank, source, text))


def read_copy(file: Path) -> str:
    """Return the text of a file, or fail with its name."""
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file} cannot be read as UTF-8 text: {error}.") from error
