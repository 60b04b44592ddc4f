"""The quality report counts what is there, says what falls short, and tells no answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizapp.bank.build import Built, build
from quizapp.bank.line import Line
from quizapp.bank.report import Report, from_json, measure, to_json
from quizapp.core.question import Option
from quizapp.question_types import SingleChoice, TrueFalse, key_texts

TREATY = Path(__file__).resolve().parent.parent / "generate" / "treaty"


@pytest.fixture(scope="module")
def treaty() -> Built:
    """Return the built bank about an invented accord."""
    return build(TREATY)


@pytest.fixture(scope="module")
def shipped(real_bank: Path) -> Built:
    """Return the shipped bank, built."""
    return build(real_bank)


def line(report: Report, identity: str) -> Line:
    return next(line for line in report.lines if line.id == identity)


def test_the_same_bank_gives_the_same_report(treaty: Built) -> None:
    assert to_json(measure(treaty)) == to_json(measure(treaty))


def test_a_report_can_be_kept_and_read_again(treaty: Built) -> None:
    report = measure(treaty)

    assert from_json(to_json(report)) == report


@pytest.mark.parametrize("kept", [None, "", '{"of another": "version"}'])
def test_what_is_no_report_is_none(kept: str | None) -> None:
    assert from_json(kept) is None


def test_every_number_has_a_goal_and_an_id_of_its_own(shipped: Built) -> None:
    lines = measure(shipped).lines

    assert all(line.goal and line.shown for line in lines)
    assert len({line.id for line in lines}) == len(lines)


def test_paragraphs_are_counted_from_citations(write_bank: Callable[..., Path]) -> None:
    report = measure(build(write_bank()))

    assert [(one.number, one.facts) for one in report.sources[0].paragraphs] == [(1, 0), (2, 2), (3, 0), (4, 0)]
    assert report.sources[0].read == 1


def test_every_source_has_a_cell_for_each_of_its_paragraphs(shipped: Built) -> None:
    report = measure(shipped)

    lengths = {source.id: source.paragraphs for source in shipped.bank.sources.values()}
    assert {source.source: len(source.paragraphs) for source in report.sources} == lengths


def test_facts_without_a_question_are_named(treaty: Built) -> None:
    fewer = tuple(one for one in treaty.questions if not any("paper-dam" in target for target in one.targets))

    report = measure(replace(treaty, questions=fewer))

    assert "paper-dam" in report.unasked
    assert line(report, "facts_asked").shown.endswith(f"({report.facts - len(report.unasked)} of {report.facts})")


def test_a_share_over_its_goal_is_missed_and_said(treaty: Built) -> None:
    statements = tuple(
        TrueFalse(
            id=f"t{n}",
            kind="true_false",
            stem="True or false? The lake is deep.",
            explanation="It is.",
            topic="accord",
            template="true_false.lake.deep.0",
            options=(Option(text="True", correct=True), Option(text="False")),
        )
        for n in range(40)
    )

    report = measure(replace(treaty, questions=statements))

    assert {"template_share", "true_share", "kinds"} <= {missed.id for missed in report.missed}
    assert line(report, "true_share").shown == "100 %"
    assert "miss it" in report.summary


def test_a_wrong_option_without_a_refutation_is_counted(treaty: Built) -> None:
    choice = next(question for question in treaty.questions if isinstance(question, SingleChoice))
    bare = replace(choice, options=tuple(replace(option, refutation=None) for option in choice.options))

    report = measure(replace(treaty, questions=(bare,)))

    assert line(report, "wrong_options_refuted").is_reached is False
    assert line(report, "wrong_options_refuted").value == 0


def test_a_key_that_the_facts_do_not_give_is_counted(treaty: Built) -> None:
    choice = next(question for question in treaty.questions if isinstance(question, SingleChoice))
    wrong = replace(choice, options=tuple(replace(option, correct=not option.correct) for option in choice.options[:2]))

    report = measure(replace(treaty, questions=(wrong,)))

    assert line(report, "keys_derived").shown == "0 of 1"


def test_without_the_articles_citations_are_not_checked(treaty: Built) -> None:
    found = line(measure(treaty), "citations_exact")

    assert (found.shown, found.is_reached) == ("not checked here", None)


def test_with_the_articles_citations_and_what_they_bear_out_are_counted(
    write_bank: Callable[..., Path], article: str
) -> None:
    report = measure(build(write_bank()), copies={"herald": article})

    assert line(report, "citations_exact").shown == "2 of 2"
    assert line(report, "roles_stand").shown == "1 of 2"


def test_with_another_text_citations_are_missed(write_bank: Callable[..., Path], article: str) -> None:
    report = measure(build(write_bank()), copies={"herald": article.replace("Mayor", "Mayoress")})

    assert {"citations_exact", "roles_stand"} <= {missed.id for missed in report.missed}


def test_what_only_a_person_can_count_is_not_called_reached(shipped: Built) -> None:
    assert line(measure(shipped), "audit").is_reached is None


def test_the_report_tells_no_answer(shipped: Built) -> None:
    told = to_json(measure(shipped)).casefold()
    for source in shipped.bank.sources.values():
        told = told.replace(source.label.casefold(), "")

    keys = {key for question in shipped.questions for key in key_texts(question) if len(key) > 5 and not key.isdigit()}
    assert [key for key in sorted(keys) if f'"{key.casefold()}"' in told or f" {key.casefold()} " in told] == []


def test_the_shipped_bank_has_no_flaw_that_may_not_be(shipped: Built) -> None:
    never = {"hard_flags", "wrong_options_refuted", "keys_derived", "guessers", "facts_asked", "targets", "kinds"}

    assert {missed.id for missed in measure(shipped).missed} & never == set()
