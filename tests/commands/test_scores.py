"""Scores from the shell."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from quizapp.formats.answers_csv import read_answers
from quizapp.formats.scores_csv import read_scores

Run = Callable[..., Result]


@pytest.fixture
def attempted(run: Run, instance: Path) -> None:
    """One finished attempt without questions, by a guest with a dangerous nickname."""
    run("user", "create", "someone", "--password-stdin", typed="eight or more\n")
    with closing(sqlite3.connect(instance / "dateline.sqlite")) as database, database:
        database.execute(
            "INSERT INTO person (id, role, nickname, created_at) VALUES (9, 'guest', '=1+1', '2025-09-03 08:00:00')"
        )
        database.execute(
            "INSERT INTO attempt (public_id, person_id, quiz, title, name, seed, start_key, started_at) "
            "VALUES ('a9', 9, 'all', 'All topics', '', 's', 'k', '2025-09-03 08:00:00')"
        )


@pytest.mark.usefixtures("attempted")
def test_scores_go_to_standard_output(run: Run) -> None:
    result = run("scores", "export", "-")

    assert result.exit_code == 0
    assert [(row.name, row.quiz, row.score) for row in read_scores(result.stdout_bytes)] == [("=1+1", "All topics", 0)]


@pytest.mark.usefixtures("attempted")
def test_the_excel_variant_takes_the_separator_that_is_wanted(run: Run, tmp_path: Path) -> None:
    result = run("scores", "export", str(tmp_path / "scores.csv"), "--excel", "--separator", ";")

    data = (tmp_path / "scores.csv").read_bytes()
    assert result.exit_code == 0
    assert data.startswith(b"\xef\xbb\xbfattempt_id;user_id;")
    assert b";'=1+1;" in data


def test_answers_are_a_table_of_their_own(run: Run) -> None:
    result = run("scores", "export", "-", "--answers")

    assert result.stdout_bytes.startswith(b"attempt_id,user_id,name,quiz,position,question_id,")
    assert read_answers(result.stdout_bytes) == []


def test_a_separator_that_is_not_offered_fails(run: Run) -> None:
    assert run("scores", "export", "-", "--separator", "|").exit_code == 2


def test_a_folder_that_does_not_exist_fails_in_one_sentence(run: Run, tmp_path: Path) -> None:
    result = run("scores", "export", str(tmp_path / "nowhere" / "scores.csv"))

    assert result.exit_code != 0
    assert "No such file or directory" in result.output
