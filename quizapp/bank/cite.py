"""Writing a citation for an editor: a passage of an article becomes a line of TOML without the article's words."""

import json

from quizapp.core import passage
from quizapp.core.citation import Citation
from quizapp.core.passage import BadPassage


def cite(
    text: str,
    source: str,
    paragraph: int,
    *,
    first: int = 1,
    last: int | None = None,
    starts: str | None = None,
    anchor: str | None = None,
) -> str:
    """Return the TOML line that cites sentences ``first`` to ``last`` of a paragraph, both counted from 1.

    ``starts`` names the first sentence by its opening words instead. Raises `BadPassage` with what to do.
    """
    copy = passage.paragraphs(text)
    if starts is not None and 1 <= paragraph <= len(copy):
        begin = _sentence(copy[paragraph - 1], starts)
        last = None if last is None else max(last, begin)
        first = begin
    return line(passage.cite(copy, source, paragraph, first=first, last=last, anchor=anchor))


def _sentence(paragraph: str, starts: str) -> int:
    """Return the number of the sentence that begins with some words."""
    wanted = passage.normalise(starts).casefold()
    spans = passage.sentences(paragraph)
    found = [n for n, (start, end) in enumerate(spans, 1) if paragraph[start:end].casefold().startswith(wanted)]
    if len(found) != 1:
        raise BadPassage(
            f"{len(found)} sentences of that paragraph begin with {starts!r}; give more words, or a number."
        )
    return found[0]


def line(citation: Citation) -> str:
    """Write a citation as it stands in facts/: one inline table, the source left to the file."""
    words = [("anchor", citation.anchor), ("prefix", citation.prefix), ("suffix", citation.suffix)]
    fields = [
        f"paragraph = {citation.paragraph}",
        f"start = {citation.start}",
        f"length = {citation.length}",
        *(f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in words if text),
        f'sha256 = "{citation.sha256}"',
        f"sketch = [{', '.join(map(str, citation.sketch))}]",
    ]
    return "{ " + ", ".join(fields) + " }"
