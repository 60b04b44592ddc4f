"""What stands beside the app for servers: the container, the service and the page fit the app that they start."""

import configparser
import re
from pathlib import Path

import pytest

from quizapp.cli import quizapp
from quizapp.config import NAMES, PREFIX, PROJECT

DOCKERFILE = (PROJECT / "Dockerfile").read_text("utf-8")
COMPOSE = (PROJECT / "compose.yaml").read_text("utf-8")
PAGE = (PROJECT / "docs/deployment.md").read_text("utf-8")
FILES = [
    "Dockerfile",
    "compose.yaml",
    "deploy/dateline",
    "deploy/dateline.service",
    "deploy/nginx.conf",
    "docs/deployment.md",
]


@pytest.fixture(scope="module")
def unit() -> dict[str, list[str]]:
    """Return the directives of the service, each with its values in order."""
    lines = (PROJECT / "deploy/dateline.service").read_text("utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for line in lines:
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_setting_that_is_named_is_one(name: str) -> None:
    known = {f"{PREFIX}{setting.upper()}" for setting in NAMES} | {f"{PREFIX}INSTANCE"}
    named = {match.removesuffix("_FILE") for match in re.findall(rf"\b{PREFIX}[A-Z_]+", (PROJECT / name).read_text())}

    assert named - known == set()


@pytest.mark.parametrize("name", FILES)
def test_every_option_of_serve_is_one(name: str) -> None:
    text = (PROJECT / name).read_text("utf-8").replace('", "', " ")
    known = {option for parameter in quizapp.commands["serve"].params for option in parameter.opts}
    named = {option for line in re.findall(r"quizapp serve ([^`\n]*)", text) for option in re.findall(r"--\w+", line)}

    assert named - known == set()


def test_images_are_pinned_by_a_tag_that_is_not_the_newest() -> None:
    images = re.findall(r"^ARG BASE=(\S+)|^FROM (?!\$)(\S+)", DOCKERFILE, flags=re.M)
    images += [(image, "") for image in re.findall(r"image: (\S+:\S+)", COMPOSE)]

    named = [first or second for first, second in images]
    assert len(named) == 3
    assert [image for image in named if ":" not in image or image.endswith(":latest")] == []


def test_the_container_installs_by_hash_and_runs_without_rights() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]

    assert DOCKERFILE.count(" install --no-cache-dir --require-hashes") == 2
    assert re.findall(r"^USER (\S+)$", last, flags=re.M) == ["10001"]
    assert "/healthz" in last[last.index("HEALTHCHECK") :]
    assert "pip" not in last


def test_everything_that_the_container_copies_is_there_and_let_through() -> None:
    names = " ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.M)).split()
    let_through = set(re.findall(r"^!(\S+)$", (PROJECT / ".dockerignore").read_text("utf-8"), flags=re.M))

    assert [name for name in names if not (PROJECT / name).exists()] == []
    assert set(names) == let_through


def test_servers_in_containers_keep_nothing_and_tell_when_they_are_ready() -> None:
    app = COMPOSE[COMPOSE.index("\n  app:") : COMPOSE.index("\n  proxy:")]

    assert "read_only: true" in app
    assert "cap_drop: [ALL]" in app
    assert "no-new-privileges:true" in app
    assert "/readyz" in app
    assert "\t" not in COMPOSE


def test_no_secret_stands_in_a_file_of_the_project() -> None:
    assert not (PROJECT / "secrets").exists() or "secrets/" in (PROJECT / ".gitignore").read_text("utf-8")
    assert not re.search(r"PASSWORD: |SECRET_KEY: ", COMPOSE)


def test_the_service_can_be_read_and_is_shut_in(unit: dict[str, list[str]]) -> None:
    configparser.ConfigParser(strict=False, interpolation=None).read_string(
        (PROJECT / "deploy/dateline.service").read_text("utf-8")
    )

    for directive in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "DynamicUser"):
        assert unit[directive] == ["yes"]
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["CapabilityBoundingSet"] == [""]
    assert unit["KillMode"] == ["mixed"]


def test_a_command_beside_the_service_finds_what_the_service_has(unit: dict[str, list[str]]) -> None:
    command = (PROJECT / "deploy/dateline").read_text("utf-8")

    for name in ("DynamicUser", "User", "StateDirectory", "StateDirectoryMode", "UMask", "EnvironmentFile"):
        assert f"--property={name}={unit[name][0]}" in command
    assert f"--setenv={unit['Environment'][0].split()[0]}" in command
    assert f"--working-directory={unit['WorkingDirectory'][0]}" in command
    assert f"{unit['ExecStart'][0].split()[0]} " in command


def test_every_link_of_the_page_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", PAGE)

    assert links
    assert [link for link in links if not (Path(PROJECT / "docs") / link).exists()] == []
