"""A build is the same every time, remembers revisions, and tells by its digest when there is nothing to do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.bank.build import BUILT, build, digest, is_current, write
from quizapp.bank.fault import BankErrors

Write = Callable[..., Path]
FACTS = "facts/herald.toml"


def lines_of(folder: Path) -> dict[str, dict[str, object]]:
    lines = [json.loads(line) for line in (folder / BUILT).read_bytes().splitlines()]
    return {line["id"]: line for line in lines}


@pytest.fixture
def built_folder(tmp_path: Path, real_bank: Path) -> Path:
    """Return a copy of the shipped bank's facts without its built file."""
    folder = tmp_path
    for file in real_bank.rglob("*.toml"):
        path = folder / file.relative_to(real_bank)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())
    write(folder, build(folder))
    return folder


def test_two_builds_are_equal_to_the_byte(built_folder: Path) -> None:
    assert build(built_folder).lines == build(built_folder).lines == (built_folder / BUILT).read_bytes()


def test_a_first_build_gives_every_question_revision_1(built_folder: Path) -> None:
    assert {line["revision"] for line in lines_of(built_folder).values()} == {1}


def test_a_changed_fact_changes_only_its_own_questions(built_folder: Path) -> None:
    before = lines_of(built_folder)
    file = built_folder / "facts" / "news18-report.toml"
    text = file.read_text(encoding="utf-8")
    old = "The report gives no closer figure."
    assert old in text
    file.write_text(text.replace(old, "No closer figure stands in it."), encoding="utf-8")

    write(built_folder, build(built_folder))
    after = lines_of(built_folder)
    file.write_text(text, encoding="utf-8")
    write(built_folder, build(built_folder))

    changed = [name for name in before if after[name] != before[name]]
    assert changed
    assert all("report-troops" in json.dumps(before[name]["fact_ids"]) for name in changed)
    assert {after[name]["revision"] for name in changed} == {2}
    assert {line["revision"] for name, line in lines_of(built_folder).items() if name in changed} == {3}


def test_the_built_file_of_the_repository_is_a_fresh_build(real_bank: Path) -> None:
    assert is_current(real_bank, build(real_bank)), "Run `quizapp bank build` and commit question_bank/built."


def test_lint_lets_every_question_of_the_shipped_bank_pass(real_bank: Path) -> None:
    assert [str(fault) for fault in build(real_bank).refused] == []


def test_writing_twice_changes_nothing(built_folder: Path) -> None:
    assert not write(built_folder, build(built_folder))


def test_the_digest_follows_the_files_and_not_the_built_one(write_bank: Write) -> None:
    folder = write_bank()
    first = digest(folder)
    write(folder, build(folder))

    assert digest(folder) == first
    (folder / FACTS).write_text((folder / FACTS).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert digest(folder) != first


def test_a_broken_bank_is_not_built(write_bank: Write) -> None:
    with pytest.raises(BankErrors):
        build(write_bank((FACTS, 'type = "told"', 'type = "shouted"')))
