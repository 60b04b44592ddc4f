"""Accounts and links from the shell."""

import os
import sqlite3
import subprocess
import sys
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
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("hosts", "secure", "address", "is_sure"),
    [
        ("", "", "http://127.0.0.1:8000", False),
        ("localhost,quiz.school.example", "true", "https://quiz.school.example", True),
        (".school.example,quiz.school.example", "true", "https://quiz.school.example", True),
        ("192.168.1.20", "", "http://192.168.1.20:8000", False),
        ("[::1],[fd00::20]", "", "http://[fd00::20]:8000", False),
    ],
)
def test_a_reset_link_leads_to_the_name_of_the_site(
    run: Run, monkeypatch: pytest.MonkeyPatch, hosts: str, secure: str, address: str, is_sure: bool
) -> None:
    run("user", "create", "maria", "--password-stdin", typed=f"{LONG}\n")
    for name, value in (("TRUSTED_HOSTS", hosts), ("SECURE_COOKIES", secure)):
        if value:
            monkeypatch.setenv(f"QUIZAPP_{name}", value)

    result = run("user", "reset-link", "maria")

    assert result.stdout.startswith(f"{address}/reset/")
    assert ("in the place of" not in result.stderr) == is_sure


def test_an_empty_list_says_how_to_make_an_account(run: Run) -> None:
    listed = run("user", "list")

    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "quizapp user create" in listed.stderr


def test_every_account_is_listed_with_its_role(run: Run) -> None:
    run("user", "create", "maria", "--teacher", "--password-stdin", typed=f"{LONG}\n")
    run("user", "create", "ali", "--password-stdin", typed=f"{LONG}\n")

    headings, *everybody = [line.split() for line in run("user", "list").stdout.splitlines()]
    teachers = run("user", "list", "--role", "teacher").output

    assert [(name, role, last) for name, role, _, last in everybody] == [
        ("ali", "student", "-"),
        ("maria", "teacher", "-"),
    ]
    assert " ".join(headings) == "User name Role Made on Last sign-in"
    assert "ali" not in teachers


def test_the_columns_of_the_list_are_aligned_whatever_the_names(run: Run) -> None:
    run("user", "create", "a name that is long", "--teacher", "--password-stdin", typed=f"{LONG}\n")
    run("user", "create", "ali", "--password-stdin", typed=f"{LONG}\n")

    lines = run("user", "list").stdout.splitlines()

    assert [line.index(word) for line, word in zip(lines, ("Role", "teacher", "student"), strict=True)] == [21] * 3


@pytest.mark.parametrize("accounts", [49, 50, 51, 100])
def test_the_list_ends_with_the_last_account(run: Run, instance: Path, accounts: int) -> None:
    run("user", "list")
    with closing(sqlite3.connect(instance / "dateline.sqlite")) as database, database:
        for number in range(accounts):
            database.execute(
                "INSERT INTO person (role, username, username_key, nickname, created_at)"
                " VALUES ('student', ?1, ?1, '', '2025-11-23 12:00:00.000000')",
                (f"u{number}",),
            )

    listed = run("user", "list").output.splitlines()

    assert len({line.split()[0] for line in listed}) == len(listed) == accounts + 1


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
    assert "root       administrator" in run("user", "list").output


@pytest.mark.parametrize(("typed", "left"), [("y\n", False), ("n\n", True)])
def test_an_account_is_deleted_by_name_after_a_question(run: Run, typed: str, left: bool) -> None:
    run("user", "create", "maria", "--password-stdin", typed=f"{LONG}\n")

    run("user", "delete", "maria", typed=typed)

    assert ("maria" in run("user", "list").stdout) == left


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


@pytest.mark.skipif(os.name != "posix", reason="a session of its own has no terminal")
def test_without_a_terminal_the_password_goes_another_way(instance: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "quizapp", "user", "create", "maria o"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )

    assert result.returncode == 1
    assert "GetPassWarning" not in result.stderr
    assert result.stderr.splitlines()[-1] == (
        "Error: There is no terminal in which to ask for the password. Send it on standard input:"
        " quizapp user create 'maria o' --password-stdin < file"
    )
