"""Accounts and links from the shell."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from quizapp.config import BadConfiguration

Run = Callable[..., Result]

LONG = "a long walk along the wall"


def test_a_teacher_is_made_with_a_typed_password(run: Run) -> None:
    result = run("user", "create", "maria", "--teacher", typed=f"{LONG}\n{LONG}\n")

    assert result.exit_code == 0
    assert "maria can sign in now, as teacher." in result.output
    assert LONG not in result.output


def test_without_a_role_it_is_a_student(run: Run) -> None:
    result = run("user", "create", "ali", "--password-stdin", typed="eight or more\n")

    assert "ali can sign in now, as student." in result.output


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["create", "maria", "--teacher", "--password-stdin"], "short\n", "15"),
        (["create", "maria", "--password-stdin"], "", "8"),
        (["reset-link", "nobody"], None, "There is no account named nobody"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_fails(
    run: Run, arguments: list[str], typed: str | None, said: str
) -> None:
    result = run("user", *arguments, typed=typed)

    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("Error: ")
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_name_is_taken_once(run: Run) -> None:
    run("user", "create", "Maria", "--password-stdin", typed=f"{LONG}\n")

    again = run("user", "create", "maria", "--password-stdin", typed=f"{LONG}\n")

    assert again.exit_code == 1
    assert "taken" in again.output


def test_a_reset_link_leads_to_the_named_server(run: Run) -> None:
    run("user", "create", "maria", "--password-stdin", typed=f"{LONG}\n")

    result = run("user", "reset-link", "maria", "--server", "http://192.168.1.20:8000/")

    assert result.exit_code == 0
    assert result.output.startswith("http://192.168.1.20:8000/reset/")


def test_an_empty_list_says_how_to_make_an_account(run: Run) -> None:
    listed = run("user", "list")

    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "quizapp user create" in listed.stderr


def test_every_account_is_listed_with_its_role(run: Run) -> None:
    run("user", "create", "maria", "--teacher", "--password-stdin", typed=f"{LONG}\n")
    run("user", "create", "ali", "--password-stdin", typed=f"{LONG}\n")

    everybody = [line.split("\t") for line in run("user", "list").output.splitlines()]
    teachers = run("user", "list", "--role", "teacher").output

    assert [(name, role, last) for name, role, _, last in everybody] == [
        ("ali", "student", "-"),
        ("maria", "teacher", "-"),
    ]
    assert "ali" not in teachers


def test_a_student_made_a_teacher_needs_a_longer_password(run: Run) -> None:
    run("user", "create", "ali", "--password-stdin", typed="eight or more\n")

    result = run("user", "role", "ali", "teacher")

    assert "ali is a teacher now, and signed out everywhere." in result.output
    assert "Next: quizapp user reset-link ali" in result.output


@pytest.mark.parametrize("arguments", [["role", "root", "teacher"], ["delete", "root", "--yes"]])
def test_the_only_administrator_stays(run: Run, arguments: list[str]) -> None:
    run("user", "create", "root", "--administrator", "--password-stdin", typed=f"{LONG}\n")

    result = run("user", *arguments)

    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("Error: This is the only administrator.")
    assert "root\tadministrator" in run("user", "list").output


@pytest.mark.parametrize(("typed", "left"), [("y\n", ""), ("n\n", "maria")])
def test_an_account_is_deleted_by_name_after_a_question(run: Run, typed: str, left: str) -> None:
    run("user", "create", "maria", "--password-stdin", typed=f"{LONG}\n")

    run("user", "delete", "maria", typed=typed)

    assert run("user", "list").stdout.partition("\t")[0] == left


def test_whoever_was_not_seen_for_long_is_forgotten(run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZAPP_RETENTION_DAYS", "30")
    run("user", "create", "Zyxora", "--password-stdin", typed=f"{LONG}\n")
    with closing(sqlite3.connect(instance / "dateline.sqlite")) as database, database:
        database.execute("UPDATE person SET created_at = '2020-01-01 00:00:00.000000'")

    first, second = run("user", "forget"), run("user", "forget")

    assert first.output.splitlines()[-1] == "Forgotten, as nobody needs it any more: 1 person."
    assert second.output.splitlines()[-1] == "There is nothing to forget."
    assert b"yxora" not in (instance / "dateline.sqlite").read_bytes()


def test_a_period_that_cannot_be_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZAPP_RETENTION_DAYS", "-1")

    with pytest.raises(BadConfiguration, match="retention_days must be 0"):
        run("user", "forget")
