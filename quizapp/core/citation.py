"""The place in a source that a fact follows from, without the text itself."""

import msgspec


class Citation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One passage of one source: whole sentences of one paragraph.

    The selector: ``paragraph`` counts non-empty lines from 1; ``start`` and ``length`` are code points of the
    normalised paragraph; ``sha256`` is of the passage's UTF-8; ``sketch`` holds the 16 smallest 32-bit hashes of its
    case-folded word trigrams; ``anchor`` is at most four consecutive words as they stand, for a reader's Ctrl+F.
    ``prefix`` and ``suffix`` make an anchor unique that is found twice in its paragraph.

    ``says`` tells in our own words what the passage reports. ``quote`` is only ever a teacher's, never the shipped
    bank's. ``fact_id`` names the fact that a citation of a question supports.
    """

    source: str
    paragraph: int | None = None
    start: int | None = None
    length: int | None = None
    sha256: str | None = None
    sketch: tuple[int, ...] = ()
    anchor: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    says: str = ""
    quote: str | None = None
    fact_id: str | None = None
