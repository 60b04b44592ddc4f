"""The bank from the shell, on the shipped bank and on broken copies of it."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from quizapp.cli import quizapp
from quizapp.config import PROJECT

Run = Callable[..., Result]

BUILT = PROJECT / "question_bank/built/questions.jsonl"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped bank, which the commands use."""
    copy = tmp_path / "bank"
    shutil.copytree(PROJECT / "question_bank", copy)
    monkeypatch.setenv("QUIZAPP_BANK", str(copy))
    return copy


def test_the_shipped_bank_is_sound(run: Run) -> None:
    result = run("bank", "check")

    assert result.exit_code == 0
    assert "The bank is sound: 2 sources" in result.output


def test_an_old_table_of_reference_is_told(run: Run, folder: Path) -> None:
    table = folder / "reference" / "countries.toml"
    old = re.sub(r"as_of = .*", "as_of = 2020-01-02", table.read_text("utf-8"))
    table.write_text(old, "utf-8")

    result = run("bank", "check")

    assert result.exit_code == 0
    assert "countries: it is as of 2020-01-02" in result.output


def test_every_fault_of_a_broken_bank_is_told_at_once(run: Run, folder: Path) -> None:
    topics = folder / "topics.toml"
    topics.write_text(topics.read_text("utf-8") + '\n[[topic]]\nid = "Bad Id"\ntitle = "x"\ncolour = "red"\n', "utf-8")
    facts = next((folder / "facts").glob("*.toml"))
    facts.write_text(facts.read_text("utf-8") + '\n[[fact]]\nid = "half"\n', "utf-8")

    result = run("bank", "check")

    assert result.exit_code == 1
    assert "topics.toml" in result.output
    assert f"facts/{facts.name}, half" in result.output
    assert result.output.splitlines()[-1].startswith("Error: The bank has ")


def test_the_export_is_the_built_file(run: Run) -> None:
    result = run("bank", "export", "-")

    assert result.exit_code == 0
    assert result.stdout_bytes == BUILT.read_bytes()


def test_every_line_has_the_documented_fields() -> None:
    lines = [json.loads(line) for line in BUILT.read_text("utf-8").splitlines()]

    wanted = {
        "id",
        "revision",
        "type",
        "kind",
        "stem",
        "key",
        "explanation",
        "topic",
        "difficulty",
        "fact_ids",
        "citations",
    }
    assert [line["id"] for line in lines if not wanted <= line.keys()] == []
    assert {"key", "text", "correct", "why", "refutation"} <= next(
        option for line in lines for option in line.get("options", [])
    ).keys()


def test_building_again_changes_nothing(run: Run, folder: Path) -> None:
    result = run("bank", "build")

    assert result.exit_code == 0
    assert result.output.startswith("Unchanged: ")
    assert (folder / "built/questions.jsonl").read_bytes() == BUILT.read_bytes()


def test_a_built_file_that_is_out_of_date_fails_the_check(run: Run, folder: Path) -> None:
    (folder / "built/questions.jsonl").write_bytes(b"")

    result = run("bank", "build", "--check")

    assert result.exit_code == 1
    assert "Run: quizapp bank build" in result.output


def test_a_bank_is_published_once(run: Run) -> None:
    first = run("bank", "publish")
    second = run("bank", "publish")

    assert "Published " in first.output
    assert second.output == "Nothing has changed since the bank was published.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--source", "news18-report"], "an equals sign and a file"),
        (["--source", "news18-report=nowhere.txt"], "nowhere.txt cannot be read"),
        ([], "QUIZAPP_ARTICLES"),
    ],
)
def test_verify_says_what_it_needs(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.delenv("QUIZAPP_ARTICLES", raising=False)

    result = run("bank", "verify", *arguments)

    assert result.exit_code != 0
    assert said in " ".join(result.output.split())


def test_verify_fails_for_another_text(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("A harbour was opened by a minister on a rainy Monday.\n", "utf-8")

    result = run("bank", "verify", "--source", f"news18-report={other}")

    assert result.exit_code == 1
    assert "news18-report (another copy): 0 exact" in result.output
    assert "were not found as they were read" in result.output


def test_verify_names_the_sources_that_there_are(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing.", "utf-8")

    result = run("bank", "verify", "--source", f"gazette={tmp_path / 'a.txt'}")

    assert result.exit_code == 1
    assert "news18-report" in result.output


@pytest.mark.articles
def test_every_citation_is_exact_in_the_copies_that_are_here(run: Run) -> None:
    result = run("bank", "verify")

    if "set QUIZAPP_ARTICLES" in result.output:
        pytest.skip("QUIZAPP_ARTICLES names no folder with copies of the articles")
    assert result.exit_code == 0
    assert "(the copy that was read)" in result.output


def test_a_citation_is_written_for_an_editor(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A harbour was opened by a minister on a rainy Monday in May.\n", "utf-8")

    result = run("bank", "cite", "1", "--source", f"gazette={tmp_path / 'a.txt'}")

    assert result.exit_code == 0
    assert result.output.startswith("{ paragraph = 1, start = 0, length = 60, anchor = ")


def commands() -> list[tuple[str, ...]]:
    groups = {name: getattr(command, "commands", None) for name, command in quizapp.commands.items()}
    ours = {name: commands for name, commands in groups.items() if name in {"bank", "user", "scores", "serve"}}
    return [(name, *rest) for name, commands in ours.items() for rest in ([(each,) for each in commands or ()] or [()])]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself_with_an_example(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert f"Example: quizapp {' '.join(command)}" in result.output


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_fails_for_an_unknown_option(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, "--no-such-option").exit_code != 0
