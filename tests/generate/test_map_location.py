"""Questions on maps: anchored in facts, every place offered once, every wrong one refuted and true of something."""

import pytest
from msgspec.structs import replace

from quizapp.core.bank import Bank
from quizapp.generate import generate
from quizapp.question_types import MapPoint


@pytest.fixture(scope="module", name="asked")
def asked_fixture(shipped: Bank) -> list[MapPoint]:
    """Generate the map questions of the shipped bank."""
    return [question for question in generate(shipped) if isinstance(question, MapPoint)]


def test_there_are_enough(asked: list[MapPoint]) -> None:
    assert len(asked) >= 8
    assert len({question.region for question in asked}) == 3


def test_each_rests_on_a_fact_of_an_article(asked: list[MapPoint], shipped: Bank) -> None:
    for question in asked:
        assert question.citations, question.id
        assert all(fact_id in shipped.facts for fact_id in question.fact_ids)


def test_each_wrong_place_is_refuted_and_tells_what_it_is(asked: list[MapPoint]) -> None:
    for question in asked:
        wrong = [option for option in question.options if not option.correct]
        assert len(wrong) >= 3
        assert all(option.refutation and option.refutation.kind == "functional" for option in wrong)
        assert all(option.refutation and option.refutation.rows and option.why for option in wrong)


def test_places_stand_in_the_order_of_the_alphabet(asked: list[MapPoint]) -> None:
    for question in asked:
        texts = [option.text for option in question.options]
        assert texts == sorted(texts)


def test_no_place_stands_in_its_stem(asked: list[MapPoint]) -> None:
    for question in asked:
        assert not any(option.text in question.stem for option in question.options)


def test_no_disputed_area_is_offered(asked: list[MapPoint], shipped: Bank) -> None:
    disputed = {row.id for row in shipped.reference["disputes"].rows}

    assert not any(set(question.places) & disputed for question in asked)


def test_without_maps_there_is_no_map_question(shipped: Bank) -> None:
    bare = replace(shipped, reference={})

    assert not any(isinstance(question, MapPoint) for question in generate(bare))
