"""Finding a passage again in a reader's own copy of a source, from a selector that holds none of its text."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from quizapp.core.citation import Citation

SKETCH_SIZE = 16
LIKENESS = 0.5
LEAST_WORDS = 8
ANCHOR_WORDS = 4

State = Literal["exact", "moved", "ambiguous", "changed", "missing"]

STRAIGHT = str.maketrans(
    dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"\ufeff": ""}
)
SENTENCE_END = re.compile(r"""(?<=[.?!])["')\]]*\s+(?=["'(\[]?[A-Z0-9@])""")
NO_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|St|No|vs)|\b[A-Z](?:\.[A-Z])*|\b[ap]\.m)\.$")
WORD = re.compile(r"\w+(?:['-]\w+)*")


class BadPassage(Exception):
    """No citation can be made from what was named; the message says why and what to do."""


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """Where a citation was found in a copy.

    ``exact``: the same characters at the noted place. ``moved``: elsewhere. ``ambiguous``: the same
    characters in several places. ``changed``: only a look-alike. ``missing``: nothing alike. ``paragraph`` counts from
    1, ``start`` and ``length`` are code points of the normalised paragraph; they are ``None`` where nothing was found,
    and show one of the places of an ambiguous passage. ``likeness`` is a share of 0…1.
    """

    state: State
    paragraph: int | None = None
    start: int | None = None
    length: int | None = None
    likeness: float = 0.0

    @property
    def is_exact(self) -> bool:
        """Tell whether the passage stands in the copy, once, character by character."""
        return self.state in ("exact", "moved")


def normalise(text: str) -> str:
    """Return one line as it is compared: NFKC, straight quotes, plain hyphens, single spaces, case kept."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(STRAIGHT)).translate(STRAIGHT).split())


def paragraphs(text: str) -> list[str]:
    """Return the non-empty lines of a text, each normalised; the first is paragraph 1."""
    return [line for line in map(normalise, text.splitlines()) if line]


def digest(text: str) -> str:
    """Return the SHA-256 of a whole text, its normalised paragraphs joined by line feeds."""
    return sha256("\n".join(paragraphs(text)))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def words(text: str) -> list[str]:
    """Return the words of a text, case-folded; a hyphen or apostrophe inside holds a word together."""
    return [word.casefold() for word in WORD.findall(normalise(text))]


def sentences(paragraph: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a normalised paragraph, in code points."""
    cuts = [m for m in SENTENCE_END.finditer(paragraph) if not NO_END.search(paragraph[: m.start()])]
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() + len(cut.group().rstrip()) for cut in cuts), len(paragraph)]
    return list(zip(starts, ends, strict=True))


def sketch(passage: str) -> tuple[int, ...]:
    """Return the 16 smallest 32-bit hashes of a passage's word trigrams (Broder 1997, bottom-k)."""
    tokens = words(passage)
    trigrams = {" ".join(tokens[at : at + 3]) for at in range(max(1, len(tokens) - 2))}
    hashes = {int.from_bytes(hashlib.sha256(trigram.encode()).digest()[:4], "big") for trigram in trigrams}
    return tuple(sorted(hashes)[:SKETCH_SIZE])


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Estimate the Jaccard index of two passages from their sketches: a share of 0…1."""
    first, second = set(one), set(other)
    smallest = sorted(first | second)[:SKETCH_SIZE]
    return sum(item in first and item in second for item in smallest) / len(smallest) if smallest else 0.0


def locate(citation: Citation, paragraphs: Sequence[str]) -> Location:
    """Find a citation's passage in the normalised paragraphs of a copy.

    A citation without a selector, as a teacher may write it, is missing.
    """
    places = [] if citation.length is None else list(_places(citation, citation.length, paragraphs))
    if not places:
        return _look_alike(citation, paragraphs)
    noted = (citation.paragraph, citation.start)
    paragraph, start = noted if noted in places else places[0]
    state: State = "ambiguous" if len(places) > 1 else "exact" if noted in places else "moved"
    return Location(state=state, paragraph=paragraph, start=start, length=citation.length, likeness=1.0)


def _places(citation: Citation, length: int, paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield every place where the very characters of a passage stand; a passage begins where a word does."""
    for number, paragraph in enumerate(paragraphs, start=1):
        for begin in re.finditer(r"(?<!\S)\S", paragraph):
            start = begin.start()
            if start + length <= len(paragraph) and sha256(paragraph[start : start + length]) == citation.sha256:
                yield number, start


def _look_alike(citation: Citation, paragraphs: Sequence[str]) -> Location:
    """Find the run of sentences most like a passage that does not stand there any more."""
    best = Location(state="missing")
    for number, paragraph in enumerate(paragraphs, start=1):
        for start, end in _runs(paragraph):
            share = likeness(citation.sketch, sketch(paragraph[start:end]))
            if share >= LIKENESS and share > best.likeness:
                best = Location(state="changed", paragraph=number, start=start, length=end - start, likeness=share)
    return best


def _runs(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield every run of consecutive sentences."""
    spans = sentences(paragraph)
    for first, (start, _) in enumerate(spans):
        for _, end in spans[first:]:
            yield start, end


def cite(
    paragraphs: Sequence[str],
    source: str,
    paragraph: int,
    *,
    first: int = 1,
    last: int | None = None,
    anchor: str | None = None,
) -> Citation:
    """Make the citation of sentences ``first`` to ``last`` (counted from 1) of a paragraph.

    Without ``last`` it is one sentence; without ``anchor`` fitting words are chosen. Raises `BadPassage`.
    """
    if not 1 <= paragraph <= len(paragraphs):
        raise BadPassage(f"There is no paragraph {paragraph}; the copy has {len(paragraphs)}.")
    text = paragraphs[paragraph - 1]
    spans = sentences(text)
    last = first if last is None else last
    if not 1 <= first <= last <= len(spans):
        raise BadPassage(f"Paragraph {paragraph} has sentences 1 to {len(spans)}; name some of those.")
    start, end = spans[first - 1][0], spans[last - 1][1]
    passage = text[start:end]
    if len(words(passage)) < LEAST_WORDS:
        raise BadPassage(f"A passage has at least {LEAST_WORDS} words; add the sentence before or after.")
    chosen = choose_anchor(passage, text, paragraphs) if anchor is None else anchor
    prefix, suffix = _surroundings(chosen, passage, text, start)
    return Citation(
        source=source,
        paragraph=paragraph,
        start=start,
        length=end - start,
        sha256=sha256(passage),
        sketch=sketch(passage),
        anchor=chosen,
        prefix=prefix,
        suffix=suffix,
    )


def choose_anchor(passage: str, paragraph: str, paragraphs: Sequence[str]) -> str:
    """Pick at most four plain words of a passage, best such as stand nowhere else in the copy."""
    runs = [run.group(1) for run in re.finditer(r"(?<!\S)(?=((?:\w+ ){2,3}\w+)(?!\S))", passage)]
    alone = [run for run in runs if sum(text.count(run) for text in paragraphs) == 1]
    here = [run for run in runs if paragraph.count(run) == 1]
    return (alone or here or [" ".join(passage.split()[:ANCHOR_WORDS])])[0]


def _surroundings(anchor: str, passage: str, paragraph: str, start: int) -> tuple[str | None, str | None]:
    """Return the words before and after an anchor that its paragraph has more than once, else nothing."""
    if not 1 <= len(anchor.split()) <= ANCHOR_WORDS:
        raise BadPassage(f"The anchor {anchor!r} has more than {ANCHOR_WORDS} words; shorten it.")
    at = passage.find(normalise(anchor))
    if at < 0:
        raise BadPassage(f"The anchor {anchor!r} does not stand in the passage; copy it from there.")
    if paragraph.count(normalise(anchor)) == 1:
        return None, None
    before = paragraph[: start + at].split()[-2:]
    after = paragraph[start + at + len(normalise(anchor)) :].split()[:2]
    return " ".join(before) or None, " ".join(after) or None
