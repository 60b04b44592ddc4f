"""A draft becomes a question, and a question a draft again."""

from typing import Any, TypedDict

import msgspec

from quizapp.core.citation import Citation
from quizapp.core.numbers import number_text, read_number
from quizapp.core.question import Option
from quizapp.core.source import Source
from quizapp.drafts.draft import Draft, DraftOption, DraftPair
from quizapp.question_types import AnyQuestion
from quizapp.question_types.map_point import MapPoint
from quizapp.question_types.matching import Matching
from quizapp.question_types.multiple_choice import MultipleChoice
from quizapp.question_types.numeric import Numeric
from quizapp.question_types.ordering import Ordering
from quizapp.question_types.short_text import ShortText
from quizapp.question_types.single_choice import SingleChoice
from quizapp.question_types.true_false import TrueFalse


class _Shared(TypedDict):
    id: str
    kind: str
    stem: str
    explanation: str
    topic: str
    citations: tuple[Citation, ...]


def question_of(draft: Draft, question_id: str) -> AnyQuestion:
    """Return the question that a draft describes; raises `ValueError` where its type refuses it."""
    shared = _Shared(
        id=question_id,
        kind=draft.kind,
        stem=attribution_stem(draft) if draft.kind == "who_said_it" else draft.stem,
        explanation=draft.explanation,
        topic=draft.topic,
        citations=_citations(draft),
    )
    match draft.kind:
        case "multiple_choice":
            return MultipleChoice(**shared, options=_options(draft), sorted_options=draft.keeps_order)
        case "true_false":
            return TrueFalse(**shared, options=_true_and_false(draft))
        case "numeric":
            return Numeric(
                **shared,
                value=read_number(draft.number) or 0.0,
                tolerance=read_number(draft.tolerance or "0") or 0.0,
                unit=draft.unit,
            )
        case "short_text":
            return ShortText(**shared, accepted=draft.accepted, rejected=draft.rejected)
        case "matching":
            pairs = [pair for pair in draft.pairs if pair.left and pair.right]
            return Matching(
                **shared,
                pairs=tuple((pair.left, pair.right) for pair in pairs),
                extra=draft.extra,
                whys=tuple(pair.why for pair in pairs),
            )
        case "ordering":
            return Ordering(
                **shared,
                items=draft.items,
                first_label=draft.first_label or "earliest",
                last_label=draft.last_label or "latest",
            )
        case _:
            return SingleChoice(**shared, options=_options(draft), sorted_options=draft.keeps_order)


def attribution_stem(draft: Draft) -> str:
    """Ask whom the source names: a short quotation is never unique, its place in a source is."""
    label = draft.source.label if draft.source else "the source"
    return f"To whom does {label} attribute the words “{draft.words}”?"


def draft_of(question: AnyQuestion, source: Source | None) -> Draft:
    """Return the draft that a question was built from, to go on editing it."""
    citation = question.citations[0] if question.citations else Citation(source="")
    said = question.kind == "who_said_it"
    shared = Draft(
        kind=question.kind,
        stem="" if said else question.stem,
        topic=question.topic,
        explanation=question.explanation,
        words=(citation.quote or "") if said else "",
        source=source,
        says=citation.says,
        quote="" if said else citation.quote or "",
        paragraph=str(citation.paragraph or ""),
        anchor=citation.anchor or "",
    )
    return msgspec.structs.replace(shared, **_own_fields(question))


def _own_fields(question: AnyQuestion) -> dict[str, Any]:
    match question:
        case TrueFalse():
            return {"is_true": question.options[0].correct}
        case SingleChoice() | MultipleChoice():
            return {
                "options": tuple(
                    DraftOption(text=option.text, why=option.why, correct=option.correct) for option in question.options
                ),
                "keeps_order": question.sorted_options,
            }
        case Numeric():
            return {
                "number": number_text(question.value),
                "tolerance": number_text(question.tolerance),
                "unit": question.unit,
            }
        case ShortText():
            return {"accepted": question.accepted, "rejected": question.rejected}
        case Matching():
            whys = question.whys or ("",) * len(question.pairs)
            return {
                "pairs": tuple(
                    DraftPair(left=left, right=right, why=why)
                    for (left, right), why in zip(question.pairs, whys, strict=True)
                ),
                "extra": question.extra,
            }
        case Ordering():
            return {
                "items": question.items,
                "first_label": question.first_label,
                "last_label": question.last_label,
            }
        case MapPoint():
            raise ValueError("A form has no map; questions on maps come from the bank.")


def _options(draft: Draft) -> tuple[Option, ...]:
    return tuple(
        Option(text=option.text, correct=option.correct, why=option.why) for option in draft.options if option.text
    )


def _true_and_false(draft: Draft) -> tuple[Option, Option]:
    return (
        Option(text="True", correct=draft.is_true is True),
        Option(text="False", correct=draft.is_true is False),
    )


def _citations(draft: Draft) -> tuple[Citation, ...]:
    if draft.source is None:
        return ()
    quote = draft.words if draft.kind == "who_said_it" else draft.quote
    return (
        Citation(
            source=draft.source.id,
            paragraph=int(draft.paragraph) if draft.paragraph.isdecimal() else None,
            anchor=draft.anchor or None,
            says=draft.says,
            quote=quote or None,
        ),
    )
