"""The types of question, and the one-line form in which questions and responses are kept."""

from typing import Any

import msgspec

from quizapp.core.numbers import number_text
from quizapp.core.question import Question, option_key
from quizapp.question_types.map_point import MapPoint
from quizapp.question_types.matching import Matching
from quizapp.question_types.multiple_choice import MultipleChoice
from quizapp.question_types.numeric import Numeric
from quizapp.question_types.ordering import Ordering
from quizapp.question_types.short_text import ShortText
from quizapp.question_types.single_choice import SingleChoice
from quizapp.question_types.true_false import TrueFalse

__all__ = [
    "TYPED",
    "TYPES",
    "AnyQuestion",
    "MapPoint",
    "Matching",
    "MultipleChoice",
    "Numeric",
    "Ordering",
    "ShortText",
    "SingleChoice",
    "TrueFalse",
    "decode_response",
    "encode_response",
    "from_line",
    "key_texts",
    "to_line",
]

AnyQuestion = SingleChoice | MultipleChoice | TrueFalse | Numeric | ShortText | Matching | Ordering | MapPoint

TYPES: dict[str, type[Question[Any]]] = {
    "single_choice": SingleChoice,
    "multiple_choice": MultipleChoice,
    "true_false": TrueFalse,
    "numeric": Numeric,
    "short_text": ShortText,
    "matching": Matching,
    "ordering": Ordering,
    "map_point": MapPoint,
}

TYPED = (Numeric, ShortText)
"""Types whose response is what somebody typed, which may be a name; of all others it is a choice from the page."""

ALWAYS: dict[str, object] = {"difficulty": "recall", "fact_ids": [], "citations": []}
ALWAYS_OF_OPTION: dict[str, object] = {"correct": False, "why": "", "refutation": None}
ALWAYS_OF_CITATION: dict[str, object] = {
    "paragraph": None,
    "start": None,
    "length": None,
    "sha256": None,
    "anchor": None,
    "says": "",
    "fact_id": None,
}
ALWAYS_OF_TYPE: dict[str, dict[str, object]] = {
    "numeric": {"tolerance": 0, "unit": ""},
    "matching": {"extra": []},
    "ordering": {"first_label": "earliest", "last_label": "latest"},
}


def key_texts(question: Question[Any]) -> list[str]:
    """Return the texts of the right answer: right options, partners row by row, items in order, or what to write."""
    match question:
        case SingleChoice() | MultipleChoice() | TrueFalse() | MapPoint():
            return [option.text for option in question.options if option.correct]
        case Numeric():
            return [number_text(question.value)]
        case ShortText():
            return [question.accepted[0]]
        case Matching():
            return [right for _, right in question.pairs]
        case Ordering():
            return list(question.items)
    raise TypeError(f"{type(question).__name__} is not in TYPES")


def to_line(question: Question[Any], revision: int) -> bytes:
    """Write a question as one line of JSON without its line end, with the fields that readers outside rely on."""
    given: dict[str, Any] = msgspec.to_builtins(question)
    given = {**ALWAYS, **ALWAYS_OF_TYPE.get(given["type"], {}), **given}
    fields = {name: given[name] for name in ("id", "type", *question.__struct_fields__) if name in given}
    fields["citations"] = [{**ALWAYS_OF_CITATION, **citation} for citation in fields["citations"]]
    if "options" in fields:
        fields["options"] = [
            {"key": option_key(question.id, option["text"]), "text": option["text"], **ALWAYS_OF_OPTION, **option}
            for option in fields["options"]
        ]
    for name in ("value", "tolerance"):
        if name in fields and fields[name] == int(fields[name]):
            fields[name] = int(fields[name])
    return msgspec.json.encode({**fields, "key": key_texts(question), "revision": revision})


def from_line(line: bytes) -> tuple[AnyQuestion, int]:
    """Read a line that `to_line` wrote; return the question and its revision.

    Raises `msgspec.ValidationError`, a `ValueError`, which names the field, or says that the key is not that of the
    options.
    """
    fields: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
    revision = msgspec.convert(fields.pop("revision", 1), int)
    key = fields.pop("key", None)
    for option in fields.get("options") or ():
        option.pop("key", None)
    question: AnyQuestion = msgspec.convert(fields, AnyQuestion)
    if key is not None and key != key_texts(question):
        raise msgspec.ValidationError(f"{question.id}: key does not name the right answer")
    return question, revision


def encode_response(question: Question[Any], response: object) -> str:
    """Write a response of this question as JSON."""
    return msgspec.json.encode(response).decode()


def decode_response(question: Question[Any], text: str) -> Any:
    """Read a response that `encode_response` wrote."""
    return msgspec.json.decode(text, type=question.response)
