"""The benchmark runs: every request of both sides is answered, and each ratio is printed. No time is tested."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent / "speed.py"

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="CPU time and memory of processes are read from /proc"),
]


def test_both_sides_answer_everything() -> None:
    small = ["--only", "ratio", "--only", "wait", "--rounds", "1", "--attempts", "40"]

    result = subprocess.run([sys.executable, str(SCRIPT), *small], capture_output=True, text=True, check=True)

    assert len(re.findall(r"ratio \d", result.stdout)) == 4
    assert len(re.findall(r"\d+ clients, \w+: half within", result.stdout)) == 4
