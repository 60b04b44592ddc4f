"""What a fact says of people, words and numbers stands in the passages that it cites."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.bank.read import read_bank
from quizapp.bank.support import surface_forms, unsupported
from quizapp.core.fact_types import one, word_for_word

Write = Callable[..., Path]
FACTS = "facts/herald.toml"
NORLAND = '\n[[entity]]\nid = "norland"\nkind = "country"\nlabel = "Norland"\n'


def test_every_role_of_a_sound_fact_is_supported_but_a_country_that_is_not_named(
    write_bank: Write, article: str
) -> None:
    missing = unsupported(read_bank(write_bank()), "herald", article)

    assert [(item.fact_id, item.role) for item in missing] == [("mayor", "of")]


def test_an_antecedent_supports_a_role(write_bank: Write, article: str, antecedent: str) -> None:
    folder = write_bank((FACTS, "]\n\n[[fact]]", f"]\nantecedents = [\n  {antecedent},\n]\n\n[[fact]]"))

    assert unsupported(read_bank(folder), "herald", article) == []


@pytest.mark.parametrize(
    ("old", "new", "role"),
    [
        ('office = "Mayor"', 'office = "Queen"', "office"),
        ('of = "elmwick"', 'of = "norland"', "of"),
    ],
)
def test_a_filler_that_does_not_stand_there_is_told(
    write_bank: Write, article: str, old: str, new: str, role: str
) -> None:
    folder = write_bank((FACTS, old, new), extra={"entities/more.toml": NORLAND})

    assert ("mayor", role) in [(item.fact_id, item.role) for item in unsupported(read_bank(folder), "herald", article)]


def test_a_slip_of_the_source_is_written_down_as_printed(write_bank: Write, article: str) -> None:
    copy = article.replace("Mayor Ada", "Mayer Ada")
    folder = write_bank((FACTS, 'id = "mayor"', 'id = "mayor"\nprinted = { office = "Mayor" }'))

    assert "office" not in [item.role for item in unsupported(read_bank(folder), "herald", article)]
    assert "office" in [item.role for item in unsupported(read_bank(folder), "herald", copy)]


@pytest.mark.parametrize(
    ("kind", "filler", "form"),
    [
        ("number", 7, "seven"),
        ("number", 80, "80th"),
        ("date", "2025-09-03", "September 3"),
        ("date", "2025-09-02", "Tuesday"),
        ("date", "2015", "2015"),
        ("clock", "09:00", "9 a.m."),
        ("clock", "01:00", "0100GMT"),
        ("clock", "15:30", "3:30 p.m."),
    ],
)
def test_numbers_and_times_stand_in_a_text_in_several_ways(
    write_bank: Write, kind: str, filler: int | str, form: str
) -> None:
    assert form in surface_forms(read_bank(write_bank()), one(kind), filler)


def test_a_text_of_our_own_need_not_stand_anywhere(write_bank: Write) -> None:
    bank = read_bank(write_bank())

    assert surface_forms(bank, one("text"), "the quay") == []
    assert surface_forms(bank, word_for_word("text"), "Mayor") == ["Mayor"]
