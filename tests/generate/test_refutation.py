"""No wrong option without a refutation, and none where the bank cannot know."""

import pytest
from msgspec.structs import replace

from quizapp.core.fact import Fact
from quizapp.generate.candidates import Candidate
from quizapp.generate.phrases import ASKS
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.refutation import refute
from quizapp.generate.world import World
from quizapp.question_types.multiple_choice import MultipleChoice
from quizapp.question_types.single_choice import SingleChoice

WHO = Ask(slot="who", stems=("who was at {event}?",), fixed="closure")


def candidate(entity_id: str) -> Candidate:
    return Candidate(text=entity_id, value=entity_id, entity_id=entity_id)


def options_of(questions):
    kinds = (SingleChoice, MultipleChoice)
    return [(one, option) for one in questions.values() if isinstance(one, kinds) for option in one.options]


@pytest.mark.parametrize("of", ["questions", "shipped_questions"])
def test_every_wrong_option_is_refuted_and_told(of, request):
    for question, option in options_of(request.getfixturevalue(of)):
        assert option.why, (question.id, option.text)
        assert option.correct == (option.refutation is None), (question.id, option.text)


def test_every_refutation_rests_on_facts_of_the_bank(shipped, shipped_questions):
    for question, option in options_of(shipped_questions):
        if option.refutation:
            assert option.refutation.fact_ids, question.id
            assert set(option.refutation.fact_ids) <= set(shipped.facts), question.id


def test_three_or_four_options_stand_in_a_single_choice(shipped_questions):
    counts = {len(one.options) for one in shipped_questions.values() if isinstance(one, SingleChoice)}

    assert counts <= {3, 4}


def test_whom_a_closed_source_does_not_name_is_refuted(treaty):
    world = World(treaty)

    refutation = refute(world, treaty.facts["came-renn"], WHO, candidate("brin-callow"))

    assert refutation is not None
    assert refutation.kind == "closed_set"


def test_without_a_closure_absence_is_no_evidence(treaty):
    world = World(replace(treaty, closures=()))

    assert refute(world, treaty.facts["came-renn"], WHO, candidate("brin-callow")) is None


def test_without_a_closure_nobody_is_asked_who_attended(treaty, build):
    kinds = {question.kind for question in build(replace(treaty, closures=())).values()}

    assert not kinds & {"who_attended", "odd_one_out"}


def test_who_is_true_of_the_same_is_never_refuted(treaty):
    world = World(treaty)

    assert refute(world, treaty.facts["came-renn"], WHO, candidate("tomas-eyre")) is None


def test_a_stated_absence_is_the_stronger_refutation(treaty):
    refutation = refute(World(treaty), treaty.facts["came-renn"], WHO, candidate("padro-vane"))

    assert refutation is not None
    assert refutation.kind == "negative"
    assert "vane-absent" in refutation.fact_ids


@pytest.mark.parametrize("inside", ["customs-house", "dunmark"])
def test_a_place_that_lies_in_the_key_or_around_it_is_never_wrong(treaty, inside):
    where = ASKS["event_place"][0]

    assert refute(World(treaty), treaty.facts["signed-in"], where, candidate(inside)) is None


def test_a_second_host_in_another_fact_is_no_wrong_option(treaty):
    other = Fact(
        id="hosted-too",
        type="host",
        source="gazette",
        topic="accord",
        roles={"event": "signing", "host": "ilva-renn"},
        statement="Ilva Renn hosted the signing as well.",
        context="They shared the work.",
    )
    world = World(replace(treaty, facts={**treaty.facts, other.id: other}))

    assert refute(world, treaty.facts["hosted"], ASKS["host"][0], candidate("ilva-renn")) is None
