"""What a student reads after an answer: the verdict, the right answer, why, and where it stands."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from quizapp.core.card import Card, card, cards
from quizapp.core.fact import Stance
from quizapp.core.mark import Mark, Part, Verdict
from quizapp.core.numbers import number_text
from quizapp.core.presentation import ChoicePage
from quizapp.core.question import Option, OtherSource, Question, option_key
from quizapp.core.source import Source

STANCE_WORDS: dict[Stance, str] = {
    "agrees": "✓ agrees",
    "qualifies": "! qualifies this",
    "contradicts": "≠ contested: disagrees",
    "announces": "! announced it before",
}

Line = Literal["right", "missed", "not_this", "plain"]


class OptionLine(msgspec.Struct, frozen=True, kw_only=True):
    """An option as it stands after the answer.

    ``state`` is ``right`` (right and chosen, or right where one is asked), ``missed`` (right, not chosen, where several
    are), ``not_this`` (chosen, not right) or ``plain``; ``words`` say the same. ``why`` is told of
    a wrong option that was chosen and, where several are right, of each of these.
    """

    text: str
    state: Line
    words: str = ""
    why: str = ""


class PartLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row or place of a question with parts, and why its right answer is right."""

    part: Part
    why: str = ""


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is told after an answer; ``given`` is ``None`` and ``points`` 0 for a skipped question."""

    verdict: Verdict
    headline: str
    answer: str
    given: str | None
    points: float
    score: str
    explanation: str
    options: tuple[OptionLine, ...] = ()
    parts: tuple[PartLine, ...] = ()
    citations: tuple[Card, ...] = ()
    others: tuple[Card, ...] = ()
    has_one_source: bool = False
    added_by: str | None = None


def build(
    question: Question[Any],
    response: Any | None,
    mark: Mark | None,
    sources: Mapping[str, Source],
    *,
    page: object = None,
    added_by: str | None = None,
) -> Feedback:
    """Tell how a response did; without response and mark the question was skipped.

    ``sources`` are by id. ``page`` is what `Question.present` gave, so that options keep the order in which they were
    seen. ``added_by`` names the teacher who wrote the question.
    """
    verdict: Verdict = "skipped" if mark is None else mark.verdict
    answer = question.as_text(question.solution())
    points = mark.fraction if mark else 0.0
    cited = {citation.source for citation in question.citations} | {
        other.citation.source for other in question.other_sources
    }
    return Feedback(
        verdict=verdict,
        headline=_headline(question, response, verdict, mark),
        answer=answer,
        given=None if mark is None else question.as_text(response),
        points=points,
        score=f"{_points(points)} of 1 point",
        explanation=question.explanation,
        options=_option_lines(question, response, mark, page),
        parts=_part_lines(question, mark),
        citations=cards(question.citations, sources),
        others=_other_cards(question.other_sources, sources),
        has_one_source=len(cited) == 1,
        added_by=added_by,
    )


def _other_cards(others: Sequence[OtherSource], sources: Mapping[str, Source]) -> tuple[Card, ...]:
    """Put what other sources say on one card for each source and stance, in the order of their first mention."""
    groups: dict[tuple[str, Stance], list[OtherSource]] = {}
    for other in others:
        groups.setdefault((other.citation.source, other.stance), []).append(other)
    return tuple(_other_card(group, sources) for group in groups.values())


def _other_card(group: Sequence[OtherSource], sources: Mapping[str, Source]) -> Card:
    """Put passages of one source and one stance on a card, each with its note."""
    found = card(group[0].citation.source, [other.citation for other in group], sources)
    return msgspec.structs.replace(
        found,
        passages=tuple(
            msgspec.structs.replace(passage, note=other.note)
            for passage, other in zip(found.passages, group, strict=True)
        ),
        stance=group[0].stance,
        stance_words=STANCE_WORDS[group[0].stance],
    )


def _points(fraction: float) -> str:
    """Write a share of a point with at most two decimals, and never round a part up to the whole."""
    return number_text(min(round(fraction, 2), 0.99) if fraction < 1 else 1.0)


def _headline(question: Question[Any], response: Any | None, verdict: Verdict, mark: Mark | None) -> str:
    """Say the verdict, and the right answer unless it was given."""
    if verdict == "right":
        return "Correct."
    opening = {"not_this": "Not this one.", "partly": "Partly right.", "skipped": "Skipped."}[verdict]
    if verdict == "partly" and mark and mark.parts and not hasattr(question, "options"):
        hits = sum(part.is_right for part in mark.parts)
        if abs(hits / len(mark.parts) - mark.fraction) < 1e-9:
            opening = f"Partly right: {hits} of {len(mark.parts)}."
    if verdict == "not_this" and _has_right_choice(question, response):
        opening = "Not this one: wrong choices took what right ones earned."
    return f"{opening} {_right_answer(question)}"


def _has_right_choice(question: Question[Any], response: Any | None) -> bool:
    """Say whether right options are among several that were chosen."""
    options: Sequence[Option] = getattr(question, "options", ())
    chosen = response if isinstance(response, tuple) else ()
    return any(option.correct and option_key(question.id, option.text) in chosen for option in options)


def _right_answer(question: Question[Any]) -> str:
    """Say the right answer in one sentence; rows and places stand in a list of their own."""
    right = [option.text for option in getattr(question, "options", ()) if option.correct]
    if len(right) > 1:
        return f"The answers are {', '.join(right[:-1])} and {right[-1]}."
    if question.grade(question.solution()).parts and not right:
        return "The right answer is listed in full."
    answer = question.as_text(question.solution())
    opening = "The sentence goes on:" if question.stem.endswith("…") else "The answer is"
    return f"{opening} {answer}" + ("" if answer.endswith((".", "!", "?")) else ".")


def _option_lines(
    question: Question[Any], response: Any | None, mark: Mark | None, page: object
) -> tuple[OptionLine, ...]:
    """Show every option of a choice in the order of the page, with what it was."""
    options: Sequence[Option] = getattr(question, "options", ())
    if not options:
        return ()
    by_key = {option_key(question.id, option.text): option for option in options}
    order = [choice.key for choice in page.choices] if isinstance(page, ChoicePage) else list(by_key)
    is_many = isinstance(question.solution(), tuple)
    chosen = set() if mark is None else {response} if isinstance(response, str) else set(response or ())
    return tuple(
        _option_line(by_key[key], is_chosen=key in chosen, is_many=is_many, is_skipped=mark is None)
        for key in order
        if key in by_key
    )


def _option_line(option: Option, *, is_chosen: bool, is_many: bool, is_skipped: bool) -> OptionLine:
    """Say in words what became of one option."""
    if option.correct and is_chosen:
        return OptionLine(
            text=option.text, state="right", words="Your answer, correct", why=option.why if is_many else ""
        )
    if option.correct and is_many and not is_skipped:
        return OptionLine(text=option.text, state="missed", words="Correct, not chosen", why=option.why)
    if option.correct:
        return OptionLine(text=option.text, state="right", words="Correct answer", why=option.why if is_many else "")
    if is_chosen:
        return OptionLine(text=option.text, state="not_this", words="Your answer", why=option.why)
    return OptionLine(text=option.text, state="plain")


def _part_lines(question: Question[Any], mark: Mark | None) -> tuple[PartLine, ...]:
    """Show every part of a question that has parts; a skipped one shows the parts of its solution."""
    if hasattr(question, "options"):
        return ()
    parts = mark.parts if mark else question.grade(question.solution()).parts
    whys: tuple[str, ...] = getattr(question, "whys", ()) or ("",) * len(parts)
    if mark is None:
        parts = tuple(Part(label=part.label, given="", expected=part.expected, is_right=False) for part in parts)
    return tuple(PartLine(part=part, why=why) for part, why in zip(parts, whys, strict=True))
