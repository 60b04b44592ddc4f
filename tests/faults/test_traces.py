"""Whoever is deleted leaves no byte in the files of SQLite within seconds, even if the server is killed meanwhile."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

NAME = "Zyxora Quell"
PASSWORD = "a horse that eats clocks"  # noqa: S105
WITHIN = 20.0

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups to kill"),
    pytest.mark.parametrize("serve", ["sqlite"], indirect=True),
]


def has_traces(folder: Path) -> bool:
    """Say whether the name stands in a file of the database."""
    found = b""
    for path in folder.glob("dateline.sqlite*"):
        with suppress(FileNotFoundError):
            found += path.read_bytes()
    return NAME.lower().encode() in found.lower()


def come_and_go(browser: Any, folder: Path) -> bool:
    """Make an account, delete it, and say whether its name was there before."""
    hidden = browser.get("/signup").form("").hidden
    assert browser.post("/signup", [*hidden.items(), ("username", NAME), ("password", PASSWORD)]).status == 303
    was_there = has_traces(folder)
    hidden = browser.get("/me/delete").form("").hidden
    assert browser.post("/me/delete", [*hidden.items(), ("current", PASSWORD)]).status == 303
    return was_there


def seconds_until_gone(folder: Path) -> float:
    """Wait until no byte tells the name."""
    began = time.monotonic()
    while has_traces(folder) and time.monotonic() < began + WITHIN:
        time.sleep(0.1)
    return time.monotonic() - began


def test_the_last_traces_go_within_seconds_and_at_the_end(
    serve: Callable[..., Any], browser: type[Any], tmp_path: Path
) -> None:
    server = serve("--workers", "2")
    server.start()

    assert come_and_go(browser(server.port), tmp_path / "instance")
    assert seconds_until_gone(tmp_path / "instance") < WITHIN
    assert come_and_go(browser(server.port), tmp_path / "instance")
    server.process.terminate()
    server.process.wait(timeout=20)
    assert not has_traces(tmp_path / "instance")


def test_the_next_start_makes_up_for_a_server_that_was_killed(
    serve: Callable[..., Any], browser: type[Any], tmp_path: Path
) -> None:
    server = serve("--workers", "2")
    server.start()
    come_and_go(browser(server.port), tmp_path / "instance")
    server.kill()

    was_left = has_traces(tmp_path / "instance")
    server.start()

    assert was_left
    assert seconds_until_gone(tmp_path / "instance") < WITHIN
