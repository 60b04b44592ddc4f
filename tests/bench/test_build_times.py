"""The benchmark runs: it builds banks of the shipped bank's shape and prints a row for each. No time is tested."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent / "build_times.py"


def test_a_bank_of_two_copies_has_twice_the_facts() -> None:
    result = subprocess.run(
        [sys.executable, str(SCRIPT), "--copies", "1", "2"], capture_output=True, text=True, check=True
    )

    first, second = (line.split() for line in result.stdout.splitlines()[-2:])
    assert int(second[0]) == 2 * int(first[0])
    assert int(second[1]) > 1.8 * int(first[1])
    assert first[-1] == "1.00"
