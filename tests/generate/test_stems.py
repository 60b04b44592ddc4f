"""Stems name their source, keep short, and give nothing away."""

import pytest

from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.spelling import fold
from quizapp.generate.phrases import ASKS, CLAIMS, MATCHES, SETS
from quizapp.generate.stems import needs_source
from quizapp.generate.wording import slots_of
from quizapp.question_types.single_choice import SingleChoice
from quizapp.question_types.true_false import TrueFalse

EXTRA = {"source", "unit", "then"}


def patterns():
    for fact_type, asks in ASKS.items():
        yield from ((fact_type, stem) for ask in asks for stem in ask.stems)
    for fact_type, claim in CLAIMS.items():
        yield from ((fact_type, stem) for stem in claim.stems)
    for fact_type, asked in SETS.items():
        yield from ((fact_type, stem) for stem in asked.stems)


@pytest.mark.parametrize(("fact_type", "stem"), list(patterns()))
def test_a_pattern_names_only_slots_of_its_type(fact_type, stem):
    assert set(slots_of(stem)) <= {*FACT_TYPES[fact_type].roles, *EXTRA}


def test_every_question_has_two_wordings():
    assert all(len(set(ask.stems)) >= 2 for asks in ASKS.values() for ask in asks)
    assert all(len(set(match.stems)) >= 2 for _, match in MATCHES)


def test_no_stem_is_longer_than_28_words(shipped_questions):
    assert max(len(question.stem.split()) for question in shipped_questions.values()) <= 28


def test_a_word_of_a_source_is_asked_with_the_source(shipped, shipped_questions):
    labels = [source.label.split(" of ")[0] for source in shipped.sources.values()]
    for question in shipped_questions.values():
        facts = [shipped.facts[name] for name in question.fact_ids]
        if question.kind not in ("timeline", "compare_reports") and needs_source(facts[0]):
            assert any(label in question.stem.replace("The ", "the ") for label in labels), question.stem


def test_no_stem_holds_its_key(shipped_questions):
    for question in shipped_questions.values():
        if isinstance(question, SingleChoice) and question.kind not in ("sequence", "compare_reports"):
            key = question.as_text(question.solution())
            assert f" {fold(key)} " not in f" {fold(question.stem)} ", question.stem


def test_a_statement_says_that_it_may_be_false(shipped_questions):
    statements = [question for question in shipped_questions.values() if isinstance(question, TrueFalse)]

    assert all(question.stem.startswith("True or false? ") for question in statements)


def test_no_slot_is_left_open(shipped_questions):
    assert not any(sign in question.stem for question in shipped_questions.values() for sign in "{}[]|")


def test_an_office_is_asked_of_its_time(shipped, shipped_questions):
    for question in shipped_questions.values():
        if shipped.facts[question.fact_ids[0]].type == "holds_office":
            assert "September 2025" in question.stem.replace("2 September 2025", ""), question.stem


def test_quotation_marks_and_apostrophes_are_typographic(shipped_questions):
    for question in shipped_questions.values():
        told = [option.why + option.text for option in getattr(question, "options", ())]
        says = [citation.says for citation in question.citations]
        assert not any(
            sign in text for text in (question.stem, question.explanation, *told, *says) for sign in "'\""
        ), question.id


def test_an_explanation_adds_a_sentence(shipped_questions):
    assert all(len(question.explanation.split()) >= 10 for question in shipped_questions.values())
