"""Where a fact was read: an article, a speech, a table."""

import datetime

import msgspec


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A text that facts are read from.

    What the copy at hand does not state stays ``None`` and is shown as "not stated in our copy"; nothing is guessed.
    ``label`` is ours and names the source in stems and feedback, article included: "the News18 report".
    ``sha256``, ``words`` and ``paragraphs`` describe the copy that was read, after normalising
    (`quizapp.core.passage.normalise`); a teacher's source may lack them.
    """

    id: str
    label: str
    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    dated_on: datetime.date | None = None
    dateline: str | None = None
    url: str | None = None
    language: str = "en"
    kind: str = "news report"
    sha256: str | None = None
    words: int | None = None
    paragraphs: int | None = None

    @property
    def title_label(self) -> str:
        """Return the label as a line begins with it: "The News18 report"."""
        return self.label[:1].upper() + self.label[1:]
