"""The tables of reference of the shipped bank agree with each other, and a table that does not is refused."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.bank.build import build
from quizapp.bank.fault import BankErrors
from quizapp.bank.read import read_bank
from quizapp.core.bank import Bank
from quizapp.core.reference import Opened, Reference, Row

TABLE = """[[reference]]
id = "weights"
kind = "nature"
label = "the list of weights"
as_of = 2026-01-02
sources = [{ title = "weights", publisher = "a registry", version = "1.0" }]
rows = [{ id = "ada", entity = "ada-brandt", nature = "a mayor" }]
"""


@pytest.fixture(scope="module", name="shipped")
def shipped_fixture(real_bank: Path) -> Bank:
    """Read the shipped bank once."""
    return read_bank(real_bank)


@pytest.mark.parametrize(("table", "count"), [("un-members", 193), ("eu-members", 27), ("nato-members", 32)])
def test_a_list_of_members_is_whole(shipped: Bank, table: str, count: int) -> None:
    assert len({row.id for row in shipped.reference[table].rows}) == count


def test_every_member_is_a_country_of_the_table(shipped: Bank) -> None:
    countries = {row.id for row in shipped.reference["countries"].rows}

    for table in shipped.reference.values():
        assert {row.id for row in table.rows if table.kind == "membership"} <= countries
        assert {row.of for row in table.rows if row.of} <= countries


def test_members_of_the_union_and_the_alliance_are_members_of_the_united_nations(shipped: Bank) -> None:
    united = {row.id for row in shipped.reference["un-members"].rows}

    assert {row.id for name in ("eu-members", "nato-members") for row in shipped.reference[name].rows} <= united


def test_each_country_has_codes_of_its_own(shipped: Bank) -> None:
    rows = shipped.reference["countries"].rows

    assert len({row.id for row in rows}) == len({row.code for row in rows}) == len(rows)


def test_each_country_of_the_bank_stands_in_the_table(shipped: Bank) -> None:
    known = {row.entity for row in shipped.reference["countries"].rows}

    assert {entity.id for entity in shipped.entities.values() if entity.kind == "country"} <= known


def test_each_package_is_pinned_and_each_document_has_its_address(shipped: Bank) -> None:
    for table in shipped.reference.values():
        for source in table.sources:
            assert (source.version and source.sha256 and source.licence) or source.url, table.id


def test_a_capital_that_is_an_entity_lies_in_its_country(shipped: Bank) -> None:
    cities = {entity.label: entity.part_of for entity in shipped.entities.values() if entity.level == "city"}
    rows = [row for row in shipped.reference["countries"].rows if row.capital in cities]

    assert rows
    assert all(cities[row.capital or ""] == row.entity for row in rows)


def test_whoever_is_kept_out_of_a_class_belongs_to_it_by_a_table(real_bank: Path) -> None:
    built = build(real_bank)
    options = [
        option
        for question in built.questions
        for option in getattr(question, "options", ())
        if option.refutation and option.refutation.kind == "reference"
    ]

    assert len(options) >= 6
    assert all(any("members." in row for row in option.refutation.rows) for option in options)


@pytest.mark.parametrize(("days", "is_history", "stale"), [(180, False, False), (181, False, True), (999, True, False)])
def test_a_table_grows_old_after_half_a_year(days: int, is_history: bool, stale: bool) -> None:
    day = datetime.date(2026, 1, 2)
    table = Reference(
        id="t",
        kind="nature",
        label="the list",
        as_of=day,
        sources=(Opened(title="t", publisher="p", version="1"),),
        rows=(Row(id="a"),),
        is_history=is_history,
    )

    assert table.is_stale(day + datetime.timedelta(days=days)) is stale


def test_a_table_of_a_bank_is_read(write_bank: Callable[..., Path]) -> None:
    found = read_bank(write_bank(extra={"reference/weights.toml": TABLE}))

    assert found.reference["weights"].rows[0].nature == "a mayor"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"ada-brandt"', '"nobody"', "There is no entity 'nobody'"),
        (', nature = "a mayor"', "", "has no nature"),
        (', version = "1.0"', "", "cannot be found again"),
        ('"the list', '"list', "does not fit into a sentence"),
        ('rows = [{ id = "ada"', 'rows = [{ id = "ada", of = "XX"', "There is no country 'XX'"),
        (
            'rows = [{ id = "ada"',
            'rows = [{ id = "ada", entity = "ada-brandt", nature = "x" }, { id = "ada"',
            "stands there twice",
        ),
        ('"nature"', '"membership"', "Name the organisation"),
    ],
)
def test_a_faulty_table_is_refused(write_bank: Callable[..., Path], before: str, after: str, words: str) -> None:
    assert before in TABLE

    with pytest.raises(BankErrors, match=words):
        read_bank(write_bank(extra={"reference/weights.toml": TABLE.replace(before, after)}))
