"""The proof: every question of a bank as one page, for a person who reads each stem once before it is printed."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from quizapp.core.bank import Bank
from quizapp.core.question import Option, Question, Refutation
from quizapp.question_types import MapPoint, Matching, MultipleChoice, ShortText, SingleChoice, TrueFalse, key_texts

STYLE = """
:root { color-scheme: light; }
body { margin: 2rem; color: #16212b; background: #fff; font: 0.9375rem/1.45 system-ui, sans-serif; }
h1, h2, tbody th { font-family: Georgia, serif; }
h2 { margin: 2.5rem 0 0.75rem; }
table { inline-size: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: 0.5rem 0.6rem; border: 1px solid #7a7466; text-align: start; vertical-align: top; }
th, td { overflow-wrap: anywhere; }
thead th { background: #f1ece0; }
tbody th { font-weight: 600; }
.id, .muted { color: #55606a; font-size: 0.8125rem; font-weight: 400; }
.id { display: block; margin-block-start: 0.35rem; }
ul { margin: 0; padding-inline-start: 1.1em; }
li + li { margin-block-start: 0.35rem; }
.tick { inline-size: 3.5rem; text-align: center; }
.where { inline-size: 17%; }
.key { inline-size: 18%; }
.stem { inline-size: 27%; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { margin: 0; font-size: 9pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""
INTRODUCTION = (
    "Read each question as somebody who has not read the sources. Is it clear? Is the key right, and is it the only "
    "right answer? Is every wrong option wrong for the reason given? Tick the row, or note what to mend."
)
HEADS = (
    ("stem", "Question"),
    ("key", "Right answer"),
    ("wrong", "Wrong options and why"),
    ("where", "Source and explanation"),
    ("tick", "Read"),
)


def proof_page(bank: Bank, questions: Sequence[Question[Any]]) -> str:
    """Return an HTML page of all questions by topic; it needs no other file and holds every right answer."""
    return "".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>Proof of {len(questions)} questions · Dateline</title>\n<style>{STYLE}</style>\n</head>\n",
            f"<body>\n<main>\n<h1>Proof of {len(questions)} questions</h1>\n<p>{escape(INTRODUCTION)}</p>\n",
            *(_topic(bank, title, chosen) for title, chosen in _by_topic(bank, questions) if chosen),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _by_topic(bank: Bank, questions: Sequence[Question[Any]]) -> Iterator[tuple[str, list[Question[Any]]]]:
    for topic in bank.topics.values():
        yield topic.title, [question for question in questions if question.topic == topic.id]
    yield "Other topics", [question for question in questions if question.topic not in bank.topics]


def _topic(bank: Bank, title: str, questions: Iterable[Question[Any]]) -> str:
    heads = "".join(f'<th scope="col" class="{name}">{head}</th>' for name, head in HEADS)
    rows = "".join(_row(bank, question) for question in questions)
    return f"<h2>{escape(title)}</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _row(bank: Bank, question: Question[Any]) -> str:
    about = " · ".join((question.id, question.kind, question.difficulty))
    head = f'<th scope="row">{escape(question.stem)}<span class="id">{escape(about)}</span></th>'
    cells = "".join(f"<td>{cell}</td>" for cell in (_key(question), _wrong(question), _source(bank, question)))
    return f'<tr>{head}{cells}<td class="tick">☐</td></tr>\n'


def _key(question: Question[Any]) -> str:
    match question:
        case Matching():
            return _list(f"{escape(left)} → {escape(right)}" for left, right in question.pairs)
        case ShortText():
            others = " · ".join(map(escape, question.accepted[1:]))
            more = f'<p class="muted">also: {others}</p>' if others else ""
            return escape(question.accepted[0]) + more
    texts = key_texts(question)
    return escape(texts[0]) if len(texts) == 1 else _list(map(escape, texts))


def _wrong(question: Question[Any]) -> str:
    match question:
        case SingleChoice() | MultipleChoice() | TrueFalse() | MapPoint():
            return _list(_option(option) for option in question.options if not option.correct)
        case Matching() if question.extra:
            return _list(f"{escape(text)} <span class='muted'>(goes with no row)</span>" for text in question.extra)
        case ShortText() if question.rejected:
            return f'<p class="muted">never accepted: {" · ".join(map(escape, question.rejected))}</p>'
    return '<span class="muted">none</span>'


def _option(option: Option) -> str:
    refutation = option.refutation
    because = f" [{refutation.kind.replace('_', ' ')}: {', '.join(_rests_on(refutation))}]" if refutation else ""
    why = f'<br><span class="muted">{escape(option.why + because)}</span>' if option.why or because else ""
    return escape(option.text) + why


def _rests_on(refutation: Refutation) -> tuple[str, ...]:
    return (*refutation.fact_ids, *refutation.rows)


def _source(bank: Bank, question: Question[Any]) -> str:
    cited = _list(
        f"{escape(bank.sources[one.source].label if one.source in bank.sources else one.source)}"
        f"{f', paragraph {one.paragraph}' if one.paragraph else ''}"
        f"{f', look for “{escape(one.anchor)}”' if one.anchor else ''}"
        for one in question.citations
    )
    return f'{cited}<p class="muted">{escape(question.explanation)}</p>'


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
