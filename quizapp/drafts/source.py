"""A source that a teacher describes: enough to find it again, or a word on what is missing."""

import datetime
from urllib.parse import urlsplit

import msgspec

from quizapp.core.source import Source
from quizapp.drafts.draft import Problem


class SourceDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A source as its reader typed it; ``dated_on`` is a date as the browser sends it, 2025-09-03."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    dated_on: str = ""
    url: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed at all."""
        return not any((self.title, self.outlet, self.author, self.dated_on, self.url))


def source_problems(draft: SourceDraft) -> list[Problem]:
    """List what a described source lacks: a title, an outlet or author, and a date or address."""
    problems = []
    if not draft.title:
        problems.append(Problem("source_title", "Type the title of the source."))
    if not (draft.outlet or draft.author):
        problems.append(Problem("outlet", "Name the outlet or the author, so that readers know who speaks."))
    if not (draft.dated_on or draft.url):
        problems.append(Problem("dated_on", "Give the date or the web address, so that readers can find it."))
    if draft.dated_on and _date(draft.dated_on) is None:
        problems.append(Problem("dated_on", "Write the date as year-month-day, for example 2025-09-03."))
    if draft.url and not _is_address(draft.url):
        problems.append(Problem("url", "Copy the whole web address, from https:// or http:// on, without spaces."))
    return problems


def make_source(draft: SourceDraft, source_id: str) -> Source:
    """Turn a description without problems into a source; its label is the title with whoever published it."""
    return Source(
        id=source_id,
        label=f"“{draft.title}” ({draft.outlet or draft.author})",
        title=draft.title,
        outlet=draft.outlet or None,
        author=draft.author or None,
        dated_on=_date(draft.dated_on),
        url=draft.url or None,
        kind="source of a teacher",
    )


def _is_address(url: str) -> bool:
    """Say whether an address leads to a host on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in url


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
