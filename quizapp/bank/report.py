"""The quality report: what a built bank reaches, each number beside its goal."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from quizapp.bank.audit import audit
from quizapp.bank.build import Built
from quizapp.bank.coverage import Coverage, coverage
from quizapp.bank.line import Line, all_of, at_least, at_most, none_of, percent
from quizapp.bank.support import unsupported
from quizapp.bank.verify import verify
from quizapp.core.bank import Bank
from quizapp.core.question import Option, Question, Refutation
from quizapp.generate.guessers import Score, scores
from quizapp.generate.lint.whole import (
    ASKED_SHARE,
    KEY_SHARE,
    READING_LEVEL,
    TEMPLATE_SHARE,
    asked_facts,
    keys,
    largest_share,
    mean_reading_level,
    templates,
)
from quizapp.question_types import MapPoint, MultipleChoice, SingleChoice, TrueFalse

TARGETS = 80
TARGETS_OF_LONG = 45
TARGETS_OF_SHORT = 25
LONG = 1000
KINDS = 12
SOFT_SHARE = 0.05
TRUE_SHARES = (0.45, 0.55)
NOT_HERE = "not checked here"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a bank holds and reaches. Nothing in it tells which answer is right."""

    questions: int
    facts: int
    lines: tuple[Line, ...]
    sources: tuple[Coverage, ...]
    kinds: dict[str, int]
    types: dict[str, int]
    refutations: dict[str, int]
    soft_flags: dict[str, int]
    guessers: tuple[Score, ...]
    unasked: tuple[str, ...]

    @property
    def missed(self) -> tuple[Line, ...]:
        """Return the numbers that miss their goal."""
        return tuple(line for line in self.lines if line.is_reached is False)

    @property
    def unmeasured(self) -> tuple[Line, ...]:
        """Return the numbers that could not be measured here."""
        return tuple(line for line in self.lines if line.is_reached is None)

    @property
    def summary(self) -> str:
        """Say in one sentence how many numbers reach their goal."""
        reached = len(self.lines) - len(self.missed) - len(self.unmeasured)
        missed = (
            f"{len(self.missed)} miss it" if len(self.missed) > 1 else f"{'one' if self.missed else 'none'} misses it"
        )
        unmeasured = f", and {len(self.unmeasured)} cannot be measured here" if self.unmeasured else ""
        return f"Of {len(self.lines)} numbers {reached} reach their goal, {missed}{unmeasured}."


def measure(built: Built, *, copies: Mapping[str, str] | None = None) -> Report:
    """Measure a built bank; ``copies`` are texts of its sources by their id, for the citations.

    The same bank and copies give the same report.
    """
    bank, questions = built.bank, built.questions
    asked = asked_facts(questions)
    covered = coverage(bank, questions)
    guessed = tuple(scores(questions))
    return Report(
        questions=len(questions),
        facts=len(bank.facts),
        lines=(
            *_facts(bank, asked, covered),
            *_variety(questions),
            *_proof(built, guessed),
            *_citations(bank, copies or {}),
        ),
        sources=covered,
        kinds=_counted(question.kind for question in questions),
        types=_counted(str(question.__struct_config__.tag) for question in questions),
        refutations=_counted(refutation.kind for refutation in _refutations(questions)),
        soft_flags=_counted(flag.rule for _, flag in built.flags if flag.severity == "soft"),
        guessers=guessed,
        unasked=tuple(name for name in bank.facts if name not in asked),
    )


def to_json(report: Report) -> str:
    """Write a report as JSON, as it is kept with a publication."""
    return msgspec.json.encode(report).decode()


def from_json(text: str | None) -> Report | None:
    """Read what `to_json` wrote; ``None`` where there is nothing, or what another version of the code measured."""
    try:
        return msgspec.json.decode(text, type=Report) if text else None
    except msgspec.ValidationError:
        return None


def _facts(bank: Bank, asked: set[str], covered: tuple[Coverage, ...]) -> Iterator[Line]:
    share = len(asked) / len(bank.facts) if bank.facts else 0.0
    yield Line(
        group="Facts",
        id="facts_asked",
        name="Facts that some question asks",
        value=share,
        shown=f"{percent(share)} ({len(asked)} of {len(bank.facts)})",
        goal=f"at least {percent(ASKED_SHARE)}",
        is_reached=share >= ASKED_SHARE,
    )
    for source in covered:
        is_long = (source.words or 0) >= LONG
        yield at_least(
            "targets_" + source.source.replace("-", "_"),
            f"Different things asked of {source.label}",
            source.targets,
            TARGETS_OF_LONG if is_long else TARGETS_OF_SHORT,
            note="A fact and what is asked of it count once, however many questions ask it.",
        )
    yield at_least("targets", "Different things asked, all together", sum(one.targets for one in covered), TARGETS)


def _variety(questions: tuple[Question[Any], ...]) -> Iterator[Line]:
    yield at_least("kinds", "Kinds of question", len({one.kind for one in questions}), KINDS, group="Variety")
    yield at_most(
        "template_share",
        "Share of the most frequent pattern",
        largest_share(templates(questions), len(questions)),
        TEMPLATE_SHARE,
    )
    counted = keys(questions)
    yield at_most(
        "key_share",
        "Share of the most frequent right answer",
        largest_share(counted, counted.total()),
        KEY_SHARE,
        note=f"Among the {counted.total()} questions with one right option.",
    )
    statements = [question.options[0].correct for question in questions if isinstance(question, TrueFalse)]
    share = sum(statements) / len(statements) if statements else 0.0
    least, most = TRUE_SHARES
    yield Line(
        group="Variety",
        id="true_share",
        name="True among true or false",
        value=share,
        shown=percent(share),
        goal=f"{100 * least:.0f} to {percent(most)}",
        is_reached=least <= share <= most,
        note=f"Among {len(statements)} statements.",
    )
    level = mean_reading_level(questions)
    yield Line(
        group="Variety",
        id="reading_level",
        name="Mean reading level of the stems",
        value=level,
        shown=f"year {level:.0f}",
        goal=f"at most year {READING_LEVEL:.0f}",
        is_reached=level <= READING_LEVEL,
        note="Years of schooling after the automated readability index; names are left out.",
    )


def _proof(built: Built, guessed: tuple[Score, ...]) -> Iterator[Line]:
    questions = built.questions
    hard = sum(flag.severity == "hard" for _, flag in built.flags)
    kept_out = len({fault.entry for fault in built.refused})
    yield none_of("hard_flags", "Hard flags of lint", hard, note=f"Questions kept out of the bank: {kept_out}.")
    soft = {name for name, flag in built.flags if flag.severity == "soft"}
    yield at_most(
        "soft_flags",
        "Questions with a soft flag",
        len(soft) / len(questions) if questions else 0.0,
        SOFT_SHARE,
        group="Proof",
    )
    wrong = [option for question in questions for option in _wrong(question)]
    refuted = sum(option.refutation is not None for option in wrong)
    yield all_of("wrong_options_refuted", "Wrong options and false statements with a refutation", refuted, len(wrong))
    underivable = {failure.question_id for failure in audit(built.bank, questions)}
    yield all_of(
        "keys_derived",
        "Questions whose key and refutations the independent check derives anew",
        len(questions) - len(underivable),
        len(questions),
        note="It shares no code with the generator; what it cannot derive is kept out of the bank.",
    )
    held = sum(score.is_held for score in guessed)
    yield all_of("guessers", "Guessers within their limit", held, len(guessed), note="See the table of guessers.")
    yield Line(
        group="Proof",
        id="audit",
        name="Wrong keys found by a person who read every question",
        value=None,
        shown="not counted by a program",
        goal="0",
        is_reached=None,
        note="The table to read is written by: quizapp bank proof",
    )


def _citations(bank: Bank, copies: Mapping[str, str]) -> Iterator[Line]:
    names = ("citations_exact", "Citations found, character by character"), ("roles_stand", "Facts borne out by them")
    if not copies.keys() >= bank.sources.keys():
        note = "It needs your own copies of the articles: set QUIZAPP_ARTICLES."
        for identity, name in names:
            yield Line(
                group="Proof",
                id=identity,
                name=name,
                value=None,
                shown=NOT_HERE,
                goal="100 %",
                is_reached=None,
                note=note,
            )
        return
    verdicts = [verdict for source in bank.sources for verdict in verify(bank, source, copies[source])]
    lacking = {one.fact_id for source in bank.sources for one in unsupported(bank, source, copies[source])}
    exact = sum(verdict.location.is_exact for verdict in verdicts)
    for (identity, name), count, total in zip(
        names, (exact, len(bank.facts) - len(lacking)), (len(verdicts), len(bank.facts)), strict=True
    ):
        yield all_of(identity, name, count, total)


def _wrong(question: Question[Any]) -> list[Option]:
    """Return the wrong options of a choice, and "True" of a statement that is false."""
    if isinstance(question, SingleChoice | MultipleChoice | MapPoint):
        return [option for option in question.options if not option.correct]
    return [option for option in question.options[:1] if not option.correct] if isinstance(question, TrueFalse) else []


def _refutations(questions: tuple[Question[Any], ...]) -> Iterator[Refutation]:
    return (option.refutation for one in questions for option in _wrong(one) if option.refutation)


def _counted(names: Iterator[str]) -> dict[str, int]:
    """Count names, the most frequent first, equal ones by the alphabet."""
    return dict(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
