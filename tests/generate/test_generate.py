"""Facts become questions: the same each time, under lasting ids, and of many kinds."""

import re

import pytest
from msgspec.structs import replace

from quizapp.generate import generate
from quizapp.generate.lint import lint
from quizapp.question_types import from_line, to_line


def test_two_builds_are_byte_identical(treaty):
    first = [to_line(question, 1) for question in generate(treaty)]

    again = replace(
        treaty, facts=dict(reversed(treaty.facts.items())), entities=dict(reversed(treaty.entities.items()))
    )

    assert [to_line(question, 1) for question in generate(again)] == first


def test_questions_are_sorted_by_readable_ids(questions):
    assert list(questions) == sorted(questions)
    assert "paper-dam.thing.short" in questions
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", name) for name in questions)


def test_an_invented_report_gives_questions_of_many_kinds(questions):
    assert len({question.kind for question in questions.values()}) >= 10
    assert len({type(question) for question in questions.values()}) >= 6
    assert len(questions) >= 30


def test_every_fact_is_asked(treaty, questions):
    asked = {target.rpartition(".")[0] for question in questions.values() for target in question.targets}

    assert asked == set(treaty.facts)


@pytest.mark.parametrize("fact_id", ["office-renn", "signed-on", "paper-dam", "said-callow", "came-quill"])
def test_a_changed_fact_changes_only_its_own_questions(treaty, questions, build, with_fact, fact_id):
    changed = build(with_fact(treaty, fact_id, context="Something else is told.", statement="Renn said it all anew."))

    differing = {name for name in {*questions, *changed} if questions.get(name) != changed.get(name)}
    assert differing
    for name in differing:
        question = changed[name]
        options = getattr(question, "options", ())
        rests_on = {fact for option in options if option.refutation for fact in option.refutation.fact_ids}
        told = {option.why for option in options}
        assert fact_id in {*question.fact_ids, *rests_on} or any("Renn said it all anew" in why for why in told)


def test_a_changed_value_keeps_all_ids(treaty, questions, build, with_fact):
    roles = {"event": "signing", "date": "2031-05-02"}
    later = with_fact(treaty, "signed-on", roles=roles)

    assert set(build(later)) == set(questions)


def test_a_draft_fact_is_not_asked(treaty, build, with_fact):
    draft = build(with_fact(treaty, "paper-dam", status="draft"))

    assert not any(name.startswith("paper-dam") for name in draft)


def test_every_line_can_be_read_again(questions):
    assert all(from_line(to_line(question, 3)) == (question, 3) for question in questions.values())


def test_no_question_has_a_hard_flag(treaty, questions, shipped, shipped_questions):
    flags = [
        (question.id, flag.rule)
        for bank, of_it in ((treaty, questions), (shipped, shipped_questions))
        for question in of_it.values()
        for flag in lint(question, bank=bank)
        if flag.severity == "hard"
    ]

    assert flags == []


def test_every_question_is_cited_and_explained(shipped_questions):
    for question in shipped_questions.values():
        assert question.citations, question.id
        assert question.explanation, question.id
        assert all(citation.fact_id and citation.says and not citation.sketch for citation in question.citations)


def test_the_mission_s_examples_are_there(shipped_questions):
    killer = shipped_questions["report-nickname.thing.single"]
    years = shipped_questions["derived-1959.year.numeric"]
    guests = [one for one in shipped_questions.values() if one.kind == "who_attended"]

    assert killer.as_text(killer.solution()) == "DF-26"
    assert years.solution() == 1959
    assert "2025 − 66 = 1959" in years.explanation
    assert guests


def test_the_shipped_bank_is_large_and_varied(shipped, shipped_questions):
    targets = {target for question in shipped_questions.values() for target in question.targets}
    asked = {target.rpartition(".")[0] for target in targets}

    assert len(shipped_questions) >= 150
    assert len({question.kind for question in shipped_questions.values()}) >= 12
    assert len(targets) >= 80
    assert len(asked) >= 0.95 * len(shipped.facts)
