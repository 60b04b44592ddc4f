"""Drawing the maps takes the one package that was read, and says so of another."""

from pathlib import Path
from typing import Any


def test_another_archive_is_refused(run: Any, tmp_path: Path) -> None:
    other = tmp_path / "atlas.tgz"
    other.write_bytes(b"something else")

    result = run("maps", "draw", str(other))

    assert result.exit_code == 1
    assert "its SHA-256 differs" in result.output
