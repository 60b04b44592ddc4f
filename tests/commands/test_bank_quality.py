"""Report, lint and proof from the shell."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from quizapp.bank.read import read_bank
from quizapp.commands.copies import copies_at_hand
from quizapp.config import PROJECT

Run = Callable[..., Result]

BUILT = PROJECT / "question_bank/built/questions.jsonl"
GOOD: dict[str, Any] = {
    "id": "quay",
    "type": "single_choice",
    "kind": "place",
    "stem": "Which town on the coast has a new quay, according to the Coast Herald?",
    "explanation": "The council paid for it.",
    "topic": "harbour",
    "citations": [{"source": "herald", "paragraph": 2}],
    "options": [{"text": "Elmwick", "correct": True}, {"text": "Norland"}, {"text": "Arusha"}],
}


@pytest.fixture
def write_lines(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes lines, given as fields or as text, and returns the file's name."""

    def write(*lines: dict[str, Any] | str) -> str:
        path = tmp_path / "questions.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(texts) + "\n", "utf-8")
        return str(path)

    return write


def test_the_report_says_how_many_numbers_reach_their_goal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIZAPP_ARTICLES", raising=False)

    result = run("bank", "report")

    assert result.exit_code == 0
    assert "reach their goal" in result.output
    assert "not checked here" in result.output
    assert result.output.isascii()


def test_the_report_as_json_has_every_number(run: Run) -> None:
    report = json.loads(run("bank", "report", "--format", "json").output)

    assert {"questions", "facts", "lines", "sources", "kinds", "refutations", "guessers", "unasked"} <= report.keys()
    assert {"id", "value", "goal", "is_reached"} <= report["lines"][0].keys()


def test_the_shipped_questions_pass_lint(run: Run) -> None:
    result = run("bank", "lint", str(BUILT))

    assert result.exit_code == 0
    assert " 0 hard " in result.output.splitlines()[-1]


def test_lint_reads_standard_input(run: Run) -> None:
    result = run("bank", "lint", "-", typed=json.dumps(GOOD))

    assert (result.exit_code, result.output) == (0, "1 questions, 0 hard and 0 soft flags.\n")


def test_a_hard_flag_is_told_with_its_reason_and_remedy_and_fails(run: Run, write_lines: Callable[..., str]) -> None:
    bad = GOOD | {"id": "told", "stem": "Which town has the new quay of Elmwick, according to the Coast Herald?"}

    result = run("bank", "lint", write_lines(GOOD, bad))

    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if line.startswith("told: hard: key_in_stem: stem: "))
    assert "The question answers itself. Describe the answer in the stem by something else." in line


def test_a_soft_flag_does_not_fail(run: Run, write_lines: Callable[..., str]) -> None:
    alike = [GOOD | {"id": f"quay-{n}", "template": "place.quay.town.0"} for n in range(20)]

    result = run("bank", "lint", write_lines(*alike))

    assert result.exit_code == 0
    assert "all questions: soft: template_share: " in result.output


def test_facts_of_the_bank_count_where_a_question_names_them(run: Run, write_lines: Callable[..., str]) -> None:
    line = next(line for line in BUILT.read_text("utf-8").splitlines() if '"type":"single_choice"' in line)
    question = json.loads(line)
    for option in question["options"]:
        option["refutation"] = None

    result = run("bank", "lint", write_lines(question))

    assert result.exit_code == 1


@pytest.mark.parametrize("line", ["{", "[]", "null", '{"id": "x"}', '{"type": "essay", "id": "x"}', '"text"'])
def test_a_line_that_is_no_question_is_named_and_fails(run: Run, write_lines: Callable[..., str], line: str) -> None:
    result = run("bank", "lint", write_lines(GOOD, "", line))

    assert result.exit_code == 1
    assert result.output.startswith("line 3: It is no question: ")
    assert "1 questions" in result.output


def test_a_line_with_two_right_options_is_no_question(run: Run, write_lines: Callable[..., str]) -> None:
    both = GOOD | {"options": [{"text": "A", "correct": True}, {"text": "B", "correct": True}]}

    assert "line 1: It is no question: " in run("bank", "lint", write_lines(both)).output


def test_an_id_that_stands_twice_is_named_and_fails(run: Run, write_lines: Callable[..., str]) -> None:
    result = run("bank", "lint", write_lines(GOOD, GOOD))

    assert result.exit_code == 1
    assert "line 2: It is no question: quay is the id of an earlier question." in result.output


def test_a_byte_order_mark_is_no_fault(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "windows.jsonl"
    path.write_bytes(json.dumps(GOOD).encode("utf-8-sig") + b"\r\n")

    assert run("bank", "lint", str(path)).exit_code == 0


def test_the_proof_holds_every_stem(run: Run, instance: Path) -> None:
    result = run("bank", "proof")

    page = (instance / "proof.html").read_text("utf-8")
    assert result.exit_code == 0
    assert str(instance / "proof.html") in result.output.replace("\n", "")
    assert page.count('<th scope="row">') == len(BUILT.read_bytes().splitlines())


def test_the_proof_goes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    assert run("bank", "proof", str(tmp_path / "new" / "read me.html")).exit_code == 0
    assert (tmp_path / "new" / "read me.html").exists()


def test_files_that_are_no_copy_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.txt").write_text("Another text.", "utf-8")

    assert copies_at_hand(tmp_path, read_bank(PROJECT / "question_bank")) == {}
    assert copies_at_hand(None, read_bank(PROJECT / "question_bank")) == {}
