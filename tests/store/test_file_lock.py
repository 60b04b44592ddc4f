"""A lock on a file: one holder alone or several together, and nobody else may even open the file."""

import stat
import sys
from pathlib import Path
from typing import Literal

import pytest

from quizapp.store.file_lock import FileLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks of this kind")


@pytest.mark.parametrize(
    ("ours", "theirs", "goes"),
    [("alone", "alone", False), ("alone", "shared", False), ("shared", "alone", False), ("shared", "shared", True)],
)
def test_a_lock_is_held_alone_or_shared(
    tmp_path: Path, ours: Literal["alone", "shared"], theirs: Literal["alone", "shared"], goes: bool
) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")

    assert first.take(ours)
    assert second.take(theirs) == goes


@pytest.mark.parametrize("end", [FileLock.give_back, FileLock.close])
def test_what_is_let_go_is_free(tmp_path: Path, end: object) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    first.take()

    assert callable(end)
    end(first)

    assert second.take()


def test_nobody_else_may_open_the_file(tmp_path: Path) -> None:
    FileLock(tmp_path / "lock").take()

    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


def test_without_a_file_nobody_is_kept_out() -> None:
    assert [FileLock(None).take(), FileLock(None).take()] == [True, True]
