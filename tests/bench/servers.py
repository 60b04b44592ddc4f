"""Which server answers at the least price: CPU time for a question page and for a stored answer, same app, same load.

    .venv/bin/pip install gunicorn waitress        # neither is needed for anything else
    .venv/bin/python tests/bench/servers.py --attempts 200 --clients 8 --rounds 3

What is not installed is left out. Each server runs two processes of four threads (waitress: one process, it knows no
more), Granian also as Dateline starts it. Rounds take turns: a busy machine is unfair to all alike. The CPU time
is that of all processes of the server; ``p99`` is the time until an answer is acknowledged.
"""

import argparse
import statistics
import tempfile
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from clients import Sent, send
from school import School
from serving import START, Served, run

from quizapp.commands.serve import THREADS, WORKERS

FEW = "4"
GUNICORN = ["-m", "gunicorn", "--workers", str(WORKERS), "--log-level", "error", "quizapp:create_app()"]
# By itself waitress writes a line of log for every request that waits for a thread.
WAITRESS = """
import logging, sys
import waitress
from quizapp import create_app
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
waitress.serve(create_app(), host="127.0.0.1", port=int(sys.argv[1]), threads=int(sys.argv[2]), _quiet=True)
"""


class Candidate(NamedTuple):
    """A server: the package that it needs, and what Python is started with; ``{port}`` stands for the port."""

    package: str
    command: list[str]


CANDIDATES = {
    f"Granian, {THREADS} threads": Candidate(
        "granian", ["-c", START, "quizapp:create_app", "{port}", str(WORKERS), str(THREADS)]
    ),
    "Granian, 4 threads": Candidate("granian", ["-c", START, "quizapp:create_app", "{port}", str(WORKERS), FEW]),
    "gunicorn gthread": Candidate(
        "gunicorn",
        [*GUNICORN[:-1], "--worker-class=gthread", "--threads", FEW, "--bind=127.0.0.1:{port}", GUNICORN[-1]],
    ),
    "waitress": Candidate("waitress", ["-c", WAITRESS, "{port}", FEW]),
}


class Measured(NamedTuple):
    """What one round gave: milliseconds of CPU time for a page and for an answer, and the slowest answers."""

    page: float
    answer: float
    p99: float
    memory: float


def main() -> None:
    """Measure the servers that are installed, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    found: dict[str, list[Measured]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        school = School(Path(folder) / "instance", f"sqlite:///{folder}/dateline.sqlite")
        for _ in range(arguments.rounds):
            for name, candidate in CANDIDATES.items():
                if find_spec(candidate.package):
                    with run(candidate.command, school.environ) as server:
                        found[name].append(measure(school, server, arguments.attempts, arguments.clients))
    print(f"{'server':<22}{'page ms CPU':>12}{'answer ms CPU':>15}{'answer p99 ms':>15}{'PSS MiB':>9}")
    for name, rounds in found.items():
        page, answer, p99, memory = (statistics.median(values) for values in zip(*rounds, strict=True))
        print(f"{name:<22}{page:>12.2f}{answer:>15.2f}{p99:>15.1f}{memory:>9.0f}")


def measure(school: School, server: Served, attempts: int, clients: int) -> Measured:
    """Ask for pages, then send answers, and read what that cost."""
    asked = school.requests(attempts, clients, server.port)
    page, _ = cost(server, [share * 5 for share in asked.pages])
    answer, sent = cost(server, asked.answers)
    assert set(sent.statuses) == {303}, sent.statuses
    return Measured(page, answer, sent.percentile(0.99), server.memory())


def cost(server: Served, shares: list[list[bytes]]) -> tuple[float, Sent]:
    """Return the milliseconds of CPU time for each request."""
    before = server.cpu_seconds()
    sent = send(server.port, shares)
    return (server.cpu_seconds() - before) / len(sent.seconds) * 1000, sent


if __name__ == "__main__":
    main()
