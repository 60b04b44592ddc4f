"""A question as lint sees it: its texts, what is right and wrong, and the facts behind it."""

from typing import Any

import msgspec

from quizapp.core.entity import Entity
from quizapp.core.fact import Fact
from quizapp.core.numbers import number_text
from quizapp.core.question import Option, Question
from quizapp.generate.lint.lexicon import Lexicon
from quizapp.question_types import (
    MapPoint,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
)


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One question under lint, with what the bank knows where there is one."""

    question: Question[Any]
    lexicon: Lexicon | None = None

    @property
    def stem(self) -> str:
        """Return the stem."""
        return self.question.stem

    @property
    def is_true_false(self) -> bool:
        """Say whether the stem is a statement to judge."""
        return isinstance(self.question, TrueFalse)

    @property
    def options(self) -> tuple[Option, ...]:
        """Return the options of a choice; True and False are none."""
        return self.question.options if isinstance(self.question, SingleChoice | MultipleChoice | MapPoint) else ()

    @property
    def right(self) -> list[str]:
        """Return the texts that are right, other than True and False, partners and items."""
        match self.question:
            case SingleChoice() | MultipleChoice() | MapPoint():
                return [option.text for option in self.options if option.correct]
            case Numeric():
                return [number_text(self.question.value)]
            case ShortText():
                return list(self.question.accepted)
        return []

    @property
    def wrong(self) -> list[str]:
        """Return the texts of wrong options."""
        return [option.text for option in self.options if not option.correct]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return every text that a student reads, with where it stands."""
        question = self.question
        found = [("stem", question.stem), ("explanation", question.explanation)]
        if isinstance(question, SingleChoice | MultipleChoice | TrueFalse | MapPoint):
            for place, option in enumerate(question.options, start=1):
                found += [(f"option {place}", option.text), (f"explanation of option {place}", option.why)]
        if isinstance(question, Matching):
            for place, (left, right) in enumerate(question.pairs, start=1):
                found += [(f"row {place}", left), (f"partner of row {place}", right)]
            found += [(f"explanation of row {place}", why) for place, why in enumerate(question.whys, start=1)]
        if isinstance(question, Ordering):
            found += [(f"item {place}", item) for place, item in enumerate(question.items, start=1)]
        return [(where, text) for where, text in found if text]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Return the texts that a student reads before answering."""
        return [(where, text) for where, text in self.texts if not where.startswith("explanation")]

    @property
    def facts(self) -> list[Fact]:
        """Return the facts that the key follows from."""
        known = self.lexicon.facts if self.lexicon else {}
        return [known[fact_id] for fact_id in self.question.fact_ids if fact_id in known]

    @property
    def told(self) -> list[Fact]:
        """Return the facts that the key or a refutation rests on."""
        rests_on = [fact_id for option in self.options if option.refutation for fact_id in option.refutation.fact_ids]
        known = self.lexicon.facts if self.lexicon else {}
        return [*self.facts, *(known[fact_id] for fact_id in rests_on if fact_id in known)]

    @property
    def source_labels(self) -> tuple[str, ...]:
        """Return the labels of the bank's sources, without their dates."""
        return self.lexicon.source_labels if self.lexicon else ()

    def entity(self, text: str) -> Entity | None:
        """Return the entity of the bank that a text names, if it is one."""
        return self.lexicon.entity(text) if self.lexicon else None
