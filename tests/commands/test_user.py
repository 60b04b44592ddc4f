"""Accounts and links from the shell."""

from collections.abc import Callable

import pytest
from click.testing import Result

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
