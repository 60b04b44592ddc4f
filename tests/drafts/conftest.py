"""Drafts of every kind that can be published as they stand."""

from collections.abc import Callable
from typing import Any

import pytest

from quizapp.core.source import Source
from quizapp.drafts.draft import Draft, DraftOption, DraftPair

SOURCE = Source(id="harbour", label="“A harbour reopens” (The Coast Paper)", title="A harbour reopens")
OPTIONS = (
    DraftOption(text="Mombasa", correct=True),
    DraftOption(text="Kisumu", why="Kisumu lies on a lake."),
    DraftOption(),
    DraftOption(text="Nakuru"),
)
FIELDS: dict[str, dict[str, Any]] = {
    "single_choice": {"options": OPTIONS, "keeps_order": True},
    "multiple_choice": {"options": (*OPTIONS[:2], DraftOption(text="Lamu", correct=True))},
    "true_false": {"is_true": False},
    "numeric": {"number": "1,500", "tolerance": "2.5", "unit": "ships"},
    "short_text": {"accepted": ("Mombasa", "Mvita"), "rejected": ("Malindi",)},
    "matching": {
        "pairs": (
            DraftPair(left="Kenya", right="Mombasa", why="It is the main port."),
            DraftPair(),
            DraftPair(left="Tanzania", right="Tanga"),
        ),
        "extra": ("Beira",),
    },
    "ordering": {"items": ("Survey", "Dredging", "Opening")},
    "who_said_it": {"options": OPTIONS, "words": "the quay is ready", "stem": ""},
}


@pytest.fixture
def make_draft() -> Callable[..., Draft]:
    """Return a maker of drafts; a test states only what it is about."""

    def make(kind: str = "single_choice", **changes: Any) -> Draft:
        fields: dict[str, Any] = {
            "kind": kind,
            "stem": "Which port reopened?",
            "topic": "africa",
            "explanation": "The quay was closed for a year.",
            "source": SOURCE,
            "paragraph": "3",
            "anchor": "the quay reopened",
            "says": "The paper reports that ships returned.",
        }
        return Draft(**{**fields, **FIELDS[kind], **changes})

    return make
