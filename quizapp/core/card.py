"""A source on a card: what our copy states of it, and the passages that are cited."""

import datetime
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urldefrag, urlsplit

import msgspec

from quizapp.core.citation import Citation
from quizapp.core.fact import Stance
from quizapp.core.source import Source


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a source: what it reports, its paragraph (``where``), and a link to the words of its anchor.

    Of a source beside the cited ones, ``note`` says how it stands to the answer.
    """

    says: str = ""
    quote: str | None = None
    where: str = ""
    anchor: str | None = None
    url: str | None = None
    note: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A source with the passages that are cited from it; what our copy does not state is ``None``.

    ``unknown`` says what is not stated. ``dated_on`` is written out. Of a source beside the cited ones, ``stance`` says
    how it stands to the answer.
    """

    label: str
    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    dated_on: str | None = None
    place: str | None = None
    kind: str = ""
    language: str = "en"
    passages: tuple[Passage, ...] = ()
    unknown: str = ""
    stance: Stance | None = None
    stance_words: str = ""

    def by_paragraph(self) -> dict[str, tuple[Passage, ...]]:
        """Gather the passages of each paragraph, every anchor once, for a list that leaves out what they report."""
        places = {(passage.where, passage.anchor, passage.url): passage for passage in self.passages}
        return {
            where: tuple(passage for passage in places.values() if passage.where == where)
            for where in dict.fromkeys(passage.where for passage in self.passages)
        }


def cards(citations: Sequence[Citation], sources: Mapping[str, Source]) -> tuple[Card, ...]:
    """Put citations on one card for each source, in the order of their first mention."""
    ids = dict.fromkeys(citation.source for citation in citations)
    return tuple(card(id_, [citation for citation in citations if citation.source == id_], sources) for id_ in ids)


def card(source_id: str, citations: Sequence[Citation], sources: Mapping[str, Source]) -> Card:
    """Put the citations of one source on one card; a source that is not known keeps its id as its label."""
    source = sources.get(source_id) or Source(id=source_id, label=source_id)
    return Card(
        label=source.label,
        outlet=source.outlet,
        author=source.author,
        title=source.title,
        dated_on=written_out(source.dated_on) if source.dated_on else None,
        place=source.dateline,
        kind=source.kind,
        language=source.language,
        passages=tuple(_passage(citation, source) for citation in citations),
        unknown=_unknown(source),
    )


def written_out(day: datetime.date) -> str:
    """Write a day so that nobody can misread it: "3 September 2025"."""
    return f"{day.day} {day:%B} {day.year}"


def deep_link(url: str | None, citation: Citation) -> str | None:
    """Return an address of the web that opens at the cited words (WICG Scroll to Text Fragment), or ``None``."""
    if url is None or urlsplit(url).scheme not in {"http", "https"}:
        return None
    words = citation.anchor or citation.quote
    if not words:
        return url
    before = f"{_fragment(citation.prefix)}-," if citation.prefix else ""
    after = f",-{_fragment(citation.suffix)}" if citation.suffix else ""
    address, fragment = urldefrag(url)
    return f"{address}#{fragment}:~:text={before}{_fragment(words)}{after}"


def _passage(citation: Citation, source: Source) -> Passage:
    """Show one citation of a source."""
    return Passage(
        says=citation.says,
        quote=citation.quote,
        where=_where(citation, source),
        anchor=citation.anchor,
        url=deep_link(source.url, citation),
    )


def _where(citation: Citation, source: Source) -> str:
    """Say which paragraph, out of how many where the copy is known."""
    if citation.paragraph is None:
        return ""
    if source.paragraphs is None:
        return f"paragraph {citation.paragraph}"
    return f"paragraph {citation.paragraph} of {source.paragraphs} in our copy"


def _unknown(source: Source) -> str:
    """Say what our copy of a source does not state: its outlet, author, title, date or address."""
    fields = {
        "outlet": source.outlet,
        "author": source.author,
        "title": source.title,
        "date": source.dated_on,
        "web address": source.url,
    }
    missing = [name for name, value in fields.items() if value is None]
    if not missing:
        return ""
    listed = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
    return f"{listed.capitalize()} not stated in our copy."


def _fragment(words: str) -> str:
    """Encode words of a text fragment, in which ``-``, ``,`` and ``&`` have a meaning of their own."""
    return quote(words, safe="").replace("-", "%2D")
