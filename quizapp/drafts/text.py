"""Typed text, made regular: what an author meant, without stray spaces or invisible characters."""

import unicodedata

from quizapp.core.spelling import same

_KEPT_INVISIBLE = {"\u200c", "\u200d"}  # joiners that change how Persian and Indic words read


def tidy(text: str) -> str:
    """Return a text in NFC, on one line, with single spaces and no control characters; empty if nothing shows."""
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or character in _KEPT_INVISIBLE or unicodedata.category(character) not in {"Cc", "Cf"}
    )
    words = " ".join(visible.split())
    return words if same(words) else ""


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, each tidied."""
    return tuple(line for line in map(tidy, text.splitlines()) if line)
