"""The shipped bank: enough facts, every citation exact, every role supported, and no text of the articles."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from quizapp.bank.read import read_bank
from quizapp.bank.support import unsupported
from quizapp.bank.verify import is_verified, summary, verify
from quizapp.core.bank import Bank
from quizapp.core.passage import paragraphs, words

LONGEST_RUN = 7
NAMED = ("person", "event", "group", "document", "outlet")
PROJECT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def bank(real_bank: Path) -> Bank:
    return read_bank(real_bank)


@pytest.fixture(scope="module")
def copies(bank: Bank, articles: dict[str, str]) -> dict[str, str]:
    """Return the reader's copies of the bank's sources, matched by their digest."""
    found = {name: articles[source.sha256] for name, source in bank.sources.items() if source.sha256 in articles}
    if len(found) < len(bank.sources):
        pytest.skip(f"QUIZAPP_ARTICLES lacks {', '.join(bank.sources.keys() - found.keys())}")
    return found


def test_both_articles_are_written_down(bank: Bank) -> None:
    counts = Counter(fact.source for fact in bank.facts.values())

    assert counts["news18-report"] >= 90
    assert counts["beijing-dispatch"] >= 50


def test_every_topic_has_facts_for_a_quiz(bank: Bank) -> None:
    counts = Counter(fact.topic for fact in bank.facts.values())

    assert set(counts) == set(bank.topics)
    assert min(counts.values()) >= 4


def test_everybody_in_the_bank_is_in_a_fact_or_a_table(bank: Bank) -> None:
    used = {str(item) for fact in bank.facts.values() for value in fact.roles.values() for item in _each(value)}
    used |= {name for fact in bank.facts.values() for name in (fact.attribution, fact.via) if name}
    used |= {row.entity for table in bank.reference.values() for row in table.rows if row.entity}

    assert [name for name in bank.entities if name not in used and bank.entities[name].kind in NAMED] == []


def test_what_a_source_does_not_state_is_not_filled_in(bank: Bank) -> None:
    report, dispatch = bank.sources["news18-report"], bank.sources["beijing-dispatch"]

    assert (report.title, report.dated_on, report.url) == (None, None, None)
    assert (dispatch.title, dispatch.author, dispatch.outlet, dispatch.url) == (None, None, None, None)


def test_before_the_event_everything_about_guests_and_weapons_is_planned(bank: Bank) -> None:
    early = [
        fact
        for fact in bank.facts.values()
        if fact.source == "beijing-dispatch"
        and fact.roles.get("event") == "parade-2025"
        and fact.type in ("attendance", "only_attendees", "display", "host", "event_date", "event_place", "event_time")
    ]

    assert {fact.modality for fact in early} == {"planned"}


@pytest.mark.articles
@pytest.mark.parametrize("source", ["news18-report", "beijing-dispatch"])
def test_every_citation_is_exact(bank: Bank, copies: dict[str, str], source: str) -> None:
    verdicts = verify(bank, source, copies[source])

    assert is_verified(verdicts)
    assert summary(verdicts)["exact"] == len(verdicts)


@pytest.mark.articles
@pytest.mark.parametrize("source", ["news18-report", "beijing-dispatch"])
def test_every_role_stands_in_a_cited_passage(bank: Bank, copies: dict[str, str], source: str) -> None:
    assert unsupported(bank, source, copies[source]) == []


@pytest.mark.articles
@pytest.mark.parametrize("source", ["news18-report", "beijing-dispatch"])
def test_a_reader_can_search_for_every_anchor(bank: Bank, copies: dict[str, str], source: str) -> None:
    cited = [citation for fact in bank.facts.values() for citation in fact.citations if citation.source == source]

    assert [citation.anchor for citation in cited if str(citation.anchor) not in copies[source]] == []


@pytest.mark.articles
def test_no_text_of_the_articles_is_committed(copies: dict[str, str]) -> None:
    runs = {run for copy in copies.values() for paragraph in paragraphs(copy) for run in _runs(paragraph)}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)

    shared = {
        f"{name}: {run}"
        for name in listed.stdout.decode().split("\0")
        if name and (PROJECT / name).is_file()
        for run in runs & set(_runs(_text(PROJECT / name)))
    }

    assert sorted(shared) == []


def _each(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def _runs(text: str) -> list[str]:
    """Return every run of one word more than may be shared."""
    tokens = words(text)
    return [" ".join(tokens[at : at + LONGEST_RUN + 1]) for at in range(len(tokens) - LONGEST_RUN)]
