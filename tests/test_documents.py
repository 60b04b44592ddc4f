"""The documents say what is there: settings, commands, columns, rooms and pictures."""

import json
import re
from pathlib import Path

import pytest
from click import Group

from quizapp import cli, config
from quizapp.core.report import AnswerRow, ScoreRow
from quizapp.question_types import TYPES

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
GROUPS = ("bank", "user", "scores")
FLASKS = {"run", "shell", "routes"}


@pytest.mark.parametrize("name", config.NAMES)
def test_the_readme_lists_every_setting(name: str) -> None:
    assert f"| `{name}` | `{config.PREFIX}{name.upper()}` |" in README


@pytest.mark.parametrize("group", GROUPS)
def test_the_readme_lists_every_command(group: str) -> None:
    commands = cli.quizapp.commands[group].commands

    assert [name for name in commands if f"`quizapp {group} {name}" not in README] == []


def test_the_readme_lists_every_command_without_a_group() -> None:
    alone = [
        name for name, command in cli.quizapp.commands.items() if not isinstance(command, Group) and name not in FLASKS
    ]

    assert [name for name in alone if f"| `quizapp {name}" not in README] == []


@pytest.mark.parametrize("row", [ScoreRow, AnswerRow])
def test_the_readme_lists_the_columns_of_the_csv_files(row: type[ScoreRow | AnswerRow]) -> None:
    assert f"`{', '.join(row.__struct_fields__)}`" in " ".join(README.split())


@pytest.mark.parametrize("name", TYPES)
def test_the_readme_lists_every_type_of_question(name: str) -> None:
    assert f"`{name}`" in README


def test_the_readme_lists_every_field_of_an_exported_line() -> None:
    lines = (PROJECT / "question_bank/built/questions.jsonl").read_text("utf-8").splitlines()
    fields = {field for line in lines for field in json.loads(line)}

    assert {field for field in fields if f"`{field}`" not in README} == set()


def test_contributing_captions_every_room() -> None:
    rooms = {path.parent.name for path in (PROJECT / "quizapp").glob("*/__init__.py")}

    assert {room for room in rooms if f"{room}/`" not in CONTRIBUTING} == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", (PROJECT / name).read_text("utf-8"))

    assert [link for link in links if not (PROJECT / link).exists()] == []


def test_the_two_commands_come_first() -> None:
    blocks = re.findall(r"```\n(.*?)\n```", README, flags=re.S)

    assert blocks[:2] == ["make run", "make test"]
