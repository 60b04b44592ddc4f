"""A bank is read strictly, and everything that is wrong with it is told at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.bank.fault import BankErrors
from quizapp.bank.read import read_bank

Write = Callable[..., Path]
FACTS = "facts/herald.toml"


def faults_of(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(BankErrors) as caught:
        read_bank(folder)
    return [(fault.file, fault.entry, fault.field) for fault in caught.value.faults]


def test_a_sound_bank_is_read_by_id(write_bank: Write) -> None:
    bank = read_bank(write_bank())

    assert list(bank.facts) == ["mayor", "told"]
    assert list(bank.topics) == ["harbour"]


def test_a_fact_takes_its_source_from_its_file_and_its_citations_from_the_fact(write_bank: Write) -> None:
    fact = read_bank(write_bank()).facts["mayor"]

    assert (fact.source, fact.citations[0].source, fact.citations[0].fact_id) == ("herald", "herald", "mayor")
    assert fact.citations[0].says == fact.statement


def test_all_faults_are_told_together_with_file_entry_field_and_remedy(write_bank: Write) -> None:
    folder = write_bank(
        (FACTS, 'topic = "harbour"', 'topic = "port"'),
        ("sources.toml", 'label = "the Coast', 'label = "Coast'),
        ("closures.toml", 'role = "speaker"', 'role = "speakers"'),
    )

    with pytest.raises(BankErrors) as caught:
        read_bank(folder)

    assert [fault.file for fault in caught.value.faults] == ["closures.toml", FACTS, FACTS, "sources.toml"]
    assert all(fault.entry and fault.field and fault.wrong and fault.remedy for fault in caught.value.faults)
    assert str(caught.value).count("\n") == 3


def test_a_fact_with_three_faults_tells_all_three(write_bank: Write) -> None:
    folder = write_bank((FACTS, 'type = "told"\ntopic = "harbour"', 'type = 5\ncolour = "red"'))

    assert faults_of(folder) == [(FACTS, "told", field) for field in ("colour", "type", "topic")]


def test_what_refers_to_a_broken_entry_is_not_a_fault_of_its_own(write_bank: Write) -> None:
    folder = write_bank(("entities/all.toml", 'kind = "outlet"', 'kind = "paper"'))

    assert faults_of(folder) == [("entities/all.toml", "coast-herald", "kind")]


def test_an_id_is_used_once(write_bank: Write) -> None:
    folder = write_bank((FACTS, 'id = "mayor"', 'id = "told"'))

    assert (FACTS, "told", "id") in faults_of(folder)


def test_broken_toml_names_the_line(write_bank: Write) -> None:
    folder = write_bank(("topics.toml", "[[topic]]", "[[topic"))

    with pytest.raises(BankErrors, match=r"topics.toml, the file: TOML: .*line 1"):
        read_bank(folder)


def test_an_empty_folder_says_which_files_are_missing(tmp_path: Path) -> None:
    assert [field for _, _, field in faults_of(tmp_path)] == ["file"] * 4


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (FACTS, 'type = "told"', 'type = "shouted"', "type"),
        (FACTS, "speaker =", "shouter =", "roles"),
        (FACTS, 'matter = "the quay"', 'matter = "the quay", tone = "low"', "roles"),
        (FACTS, 'speaker = "ada-brandt"', 'speaker = "nobody"', "roles"),
        (FACTS, 'outlet = "coast-herald"', 'outlet = "ada-brandt"', "roles"),
        (FACTS, 'outlet = "coast-herald"', 'outlet = ["coast-herald"]', "roles"),
        (FACTS, 'matter = "the quay"', 'matter = ""', "roles"),
        (FACTS, "anchor =", "quote =", "citations"),
        (FACTS, "paragraph = 2", "paragraph = 99", "citations"),
        (FACTS, '"told the Coast Herald"', '"one two three four five"', "citations"),
        (FACTS, '"Ada Brandt is Mayor of Elmwick."', '"ada brandt is mayor"', "statement"),
        (FACTS, '"Ada Brandt is Mayor of Elmwick."', '"Ada Brandt is the first Mayor of Elmwick."', "statement"),
        (FACTS, '"She speaks for the council in the matter of the harbour."', '"None"', "context"),
        (FACTS, 'id = "mayor"', 'id = "The Mayor"', "id"),
        (FACTS, 'id = "mayor"', 'id = "mayor"\nholds = false', "statement"),
        (FACTS, 'id = "mayor"', 'id = "mayor"\nattribution = "nobody"', "attribution"),
        ("entities/all.toml", 'label = "Elmwick"', 'label = "Elmwick"\npart_of = "nowhere"', "part_of"),
        ("sources.toml", 'label = "the', 'url = "elmwick"\nlabel = "the', "url"),
        ("sources.toml", 'sha256 = "', 'sha256 = "x', "sha256"),
        ("closures.toml", 'source = "herald"', 'source = "gazette"', "source"),
        ("closures.toml", "given = {}", 'given = { outlet = "elmwick" }', "given"),
    ],
)
def test_a_broken_entry_names_its_field(write_bank: Write, file: str, old: str, new: str, field: str) -> None:
    folder = write_bank((file, old, new))

    assert field in [name for _, _, name in faults_of(folder)]


def test_two_people_never_share_a_spelling(write_bank: Write) -> None:
    twin = '[[entity]]\nid = "ada-two"\nkind = "person"\nlabel = "Ada Two"\naliases = ["ada brandt"]\n'

    folder = write_bank(extra={"entities/more.toml": twin})

    assert faults_of(folder) == [
        ("entities/all.toml", "ada-brandt", "aliases"),
        ("entities/more.toml", "ada-two", "aliases"),
    ]


def test_a_number_a_derivation_and_a_quantity_must_agree(write_bank: Write) -> None:
    wrong = """
[[fact]]
id = "span"
type = "derived_number"
source = "herald"
topic = "harbour"
roles = { what = "lie between the two works", number = 76 }
quantity = { value = 75, unit = "years" }
derived = { formula = "years_between", inputs = ["told", "nothing"] }
statement = "There are 76 years between the two works."
context = "The pier is the older of the two."
"""

    folder = write_bank(extra={"facts/more.toml": wrong})

    assert [field for _, _, field in faults_of(folder)] == ["quantity", "derived"]


def test_a_comparison_is_of_two_sources_and_made_once(write_bank: Write) -> None:
    entry = '[[comparison]]\nfact = "mayor"\nother = "told"\nstance = "agrees"\nnote = "Both name her."\n'

    folder = write_bank(extra={"comparisons.toml": entry + entry})

    assert sorted(field for _, _, field in faults_of(folder)) == ["fact", "other", "other"]
