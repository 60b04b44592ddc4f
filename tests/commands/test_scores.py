"""Scores from the shell."""

import os
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from quizapp.formats.answers_csv import read_answers
from quizapp.formats.scores_csv import read_scores

if sys.platform != "win32":
    import resource

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


@pytest.mark.usefixtures("attempted")
def test_a_file_is_replaced_whole_and_stays_readable_for_whom_it_was(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("of yesterday")
    file.chmod(0o640)

    result = run("scores", "export", str(file))

    assert result.exit_code == 0
    assert [row.name for row in read_scores(file.read_bytes())] == ["=1+1"]
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.glob("*.csv*")] == ["scores.csv"]


@pytest.mark.usefixtures("attempted")
@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_leads_to_the_file_that_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "scores.csv")

    assert run("scores", "export", str(tmp_path / "link.csv")).exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert read_scores((tmp_path / "scores.csv").read_bytes())


@pytest.mark.usefixtures("attempted")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit on the size of files")
def test_a_full_disk_leaves_what_was_there_and_no_part(run: Run, instance: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the end of the disk."""
    with closing(sqlite3.connect(instance / "dateline.sqlite")) as database, database:
        database.executemany(
            "INSERT INTO attempt (public_id, person_id, quiz, title, name, seed, start_key, started_at) "
            "VALUES (?1, 9, 'all', 'All topics', '', 's', ?1, '2025-09-03 08:00:00')",
            [(str(number),) for number in range(3000)],
        )
    (tmp_path / "scores.csv").write_text("of yesterday")
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    try:
        result = run("scores", "export", str(tmp_path / "scores.csv"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))

    assert result.exit_code == 1
    assert "scores.csv cannot be written: File too large." in result.output
    assert (tmp_path / "scores.csv").read_text() == "of yesterday"
    assert [path.name for path in tmp_path.iterdir() if "scores" in path.name] == ["scores.csv"]


@pytest.mark.usefixtures("attempted")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_takes_the_file_and_stays_a_pipe(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(pipe.read_bytes)
        result = run("scores", "export", str(pipe))

        assert result.exit_code == 0
        assert len(read_scores(taken.result(10))) == 1
    assert pipe.is_fifo()
