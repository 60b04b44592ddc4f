"""The grammar of slots."""

import pytest

from quizapp.core.entity import Entity
from quizapp.generate.wording import Words, clock, day, figure, fill, listed, named, possessive, slots_of, with_article


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("aide", "an aide"),
        ("ballistic missile", "a ballistic missile"),
        ("heir", "an heir"),
        ("hour-long talk", "an hour-long talk"),
        ("university", "a university"),
        ("unarmed drone", "an unarmed drone"),
        ("unidentified guest", "an unidentified guest"),
        ("unnamed guest", "an unnamed guest"),
        ("European leader", "a European leader"),
        ("one-day visit", "a one-day visit"),
        ("user", "a user"),
        ("SCO summit", "an SCO summit"),
        ("UN envoy", "a UN envoy"),
        ("NATO member", "a NATO member"),
        ("80th anniversary", "an 80th anniversary"),
        ("11-year gap", "an 11-year gap"),
        ("18th party congress", "an 18th party congress"),
        ("7th visit", "a 7th visit"),
    ],
)
def test_an_article_follows_the_sound(text, phrase):
    assert with_article(text) == phrase


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (Words("Xi Jinping"), "Xi Jinping’s"),
        (Words("the leaders", plural=True), "the leaders’"),
        (Words("many people", plural=True), "many people’s"),
        (Words("the Wilhelms"), "the Wilhelms’s"),
    ],
)
def test_a_possessive_follows_the_number(words, phrase):
    assert possessive(words) == phrase


def test_the_article_of_a_name_stands_in_the_sentence():
    states = Entity(id="us", kind="country", label="United States", article=True)

    assert named(states) == Words("the United States", noun="country")


def test_a_place_is_called_by_its_level():
    assert named(Entity(id="x", kind="place", label="X", level="city")).noun == "city"


@pytest.mark.parametrize(("plural", "sentence"), [(False, "the drone was shown"), (True, "the drone were shown")])
def test_a_verb_agrees_with_its_slot(plural, sentence):
    assert fill("{thing} {thing:was} shown", {"thing": Words("the drone", plural=plural)}) == sentence


@pytest.mark.parametrize(("is_planned", "text"), [(False, "who hosted it?"), (True, "who was to host it?")])
def test_a_plan_is_told_as_a_plan(is_planned, text):
    assert fill("who [hosted|was to host] it?", {}, is_planned=is_planned) == text


@pytest.mark.parametrize(("office", "phrase"), [("President", "President"), ("military chief", "the military chief")])
def test_a_title_needs_no_article(office, phrase):
    assert fill("{office:the}", {"office": Words(office)}) == phrase


@pytest.mark.parametrize(("time", "phrase"), [("3 September 2025", "on 3 September 2025"), ("2015", "in 2015")])
def test_a_day_and_a_year_take_their_own_preposition(time, phrase):
    assert fill("{date:on}", {"date": Words(time)}) == phrase


def test_a_slot_that_only_lends_its_noun_is_not_shown():
    assert slots_of("of which {of:noun} is {person} {office:a}?") == ("person", "office")


@pytest.mark.parametrize(
    ("value", "text"),
    [("2025-09-03", "3 September 2025"), ("2025-09", "September 2025"), ("2015", "2015"), ("in May", "in May")],
)
def test_a_date_is_written_as_people_do(value, text):
    assert day(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("09:00", "9 a.m."), ("00:30", "12:30 a.m."), ("12:00", "12 p.m."), ("17:05", "5:05 p.m."), ("noon", "noon")],
)
def test_a_time_is_written_as_people_do(value, text):
    assert clock(value) == text


@pytest.mark.parametrize(("number", "text"), [(66, "66"), (1959, "1959"), (20000, "20,000"), (2.5, "2.5")])
def test_a_number_is_written_as_people_do(number, text):
    assert figure(number) == text


def test_a_list_ends_with_and():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
