"""The benchmarks of the server run: each prints its rows. No time is tested."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="CPU time and memory of processes are read from /proc"),
]


@pytest.mark.parametrize(
    ("script", "arguments", "row"),
    [
        ("servers.py", ["--rounds", "1", "--attempts", "8"], "Granian, 4 threads"),
        ("sign_ins.py", ["--rounds", "1", "--sign-ins", "4", "--students", "2"], "unbounded, 8 threads"),
    ],
)
def test_every_server_gets_its_row(script: str, arguments: list[str], row: str) -> None:
    command = [sys.executable, str(HERE / script), *arguments]

    result = subprocess.run(command, capture_output=True, text=True, check=True)

    assert row in result.stdout
