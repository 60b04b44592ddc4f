"""What a question page and an answer cost, side by side with the reference in one run; then whether that stays so.

Run it with ``make bench``, or for one part ``make bench ARGS="--only ratio"``; ``--deep`` goes up to ten million
answers, ``--postgresql URL`` measures on a server of this machine (the user must be able to make databases). CPU time
is that of all processes of the server, and of the database where it has its own, read from Linux's /proc. Times depend
on the machine; what counts are the ratios. `docs/performance.md` tells what came out and how to read it.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from clients import Sent, send
from databases import New, new_databases
from school import School, Yardstick
from serving import Served, served

from quizapp.commands.serve import THREADS, WORKERS

PARTS = ("ratio", "wait", "flat")
PAGES_EACH = 5
WAITS = ((8, 100), (32, 400))
SIZES = ((1_000, 10_000), (100_000, 10_000), (100_000, 1_000_000))
DEEP = (100_000, 10_000_000)


class Side(NamedTuple):
    """Dateline or the reference: who makes its requests, and its server."""

    name: str
    maker: School | Yardstick
    server: Served


class Cost(NamedTuple):
    """What one request took: milliseconds of CPU, and everything that was sent."""

    milliseconds: float
    sent: Sent


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--attempts", type=int, default=160, help="attempts in a round, of ten questions each")
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--postgresql", default="", metavar="URL")
    parser.add_argument("--deep", action="store_true")
    chosen = parser.parse_args()
    parts = chosen.only or PARTS
    with tempfile.TemporaryDirectory() as folder, new_databases(chosen.postgresql, Path(folder)) as new:
        if "ratio" in parts or "wait" in parts:
            with two_sides(new, Path(folder), chosen) as (ours, theirs, bare):
                if "ratio" in parts:
                    compare(ours, theirs, bare, rounds=chosen.rounds, attempts=chosen.attempts)
                if "wait" in parts:
                    wait(ours, theirs)
                print(f"Memory of the {chosen.workers} workers and their parent: {ours.server.memory():.0f} MiB (180)")
        if "flat" in parts:
            stay_flat(new, Path(folder), chosen)


@contextmanager
def two_sides(new: New, folder: Path, chosen: argparse.Namespace) -> Iterator[tuple[Side, Side, Side | None]]:
    """Start Dateline and the reference, each with its database; on SQLite also the reference without SQLAlchemy."""
    school = School(folder / "instance", new("dateline"))
    yardstick = Yardstick(new("reference"), school.pinned)
    with ExitStack() as open_:

        def start(target: str, environ: dict[str, str]) -> Served:
            server = served(
                target, workers=chosen.workers, threads=chosen.threads, environ=environ, postmaster=new.postmaster
            )
            return open_.enter_context(server)

        ours = Side("Dateline", school, start("quizapp:create_app", school.environ))
        plain = start("reference:create_app", yardstick.environ)
        filler = page_bytes(ours) - page_bytes(Side("reference", yardstick, plain)) - len("<!--  -->")
        yardstick.environ["REFERENCE_FILLER"] = str(max(0, filler))
        theirs = Side("reference", yardstick, start("reference:create_app", yardstick.environ))
        bare = None
        if not chosen.postgresql:
            without = yardstick.environ | {"REFERENCE_BARE": "1"}
            bare = Side("bare reference", yardstick, start("reference:create_app", without))
        yield ours, theirs, bare


def page_bytes(side: Side) -> int:
    """Return the length of a question page."""
    requests = side.maker.requests(40, 1, side.server.port)
    sent = send(side.server.port, requests.pages)
    return sent.bodies // len(sent.seconds)


def compare(ours: Side, theirs: Side, bare: Side | None, *, rounds: int, attempts: int) -> None:
    """Measure pages and answers in turns, and print the median of each ratio."""
    sides = [side for side in (ours, theirs, bare) if side]
    costs: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds + 1):
        for side in sides:
            requests = side.maker.requests(attempts, 8, side.server.port)
            pages = [share * PAGES_EACH for share in requests.pages]
            for what, shares in (("question page", pages), ("stored answer", requests.answers)):
                cost = measured(side, shares)
                if number:
                    costs.setdefault((side.name, what), []).append(cost.milliseconds)
            if side is ours:
                costs.setdefault((side.name, "feedback page"), []).append(measured(side, pages).milliseconds)
    print(f"\nCPU time of a request, median of {rounds} rounds, 8 clients")
    for what in ("question page", "stored answer"):
        mine = costs[ours.name, what]
        for side in sides[1:]:
            its = costs[side.name, what]
            ratios = sorted(one / other for one, other in zip(mine, its, strict=True))
            goal = " (2.0)" if side is theirs else ""
            print(
                f"  {what}: {median(mine):.2f} ms, {side.name} {median(its):.2f} ms, ratio {median(ratios):.2f}{goal}, "
                f"from {ratios[0]:.2f} to {ratios[-1]:.2f}"
            )
    feedback = median(costs[ours.name, "feedback page"])
    whole = feedback + sum(median(costs[ours.name, what]) for what in ("question page", "stored answer"))
    print(f"  feedback page: {feedback:.2f} ms, which the reference does not have; all three together {whole:.2f} ms")


def wait(ours: Side, theirs: Side) -> None:
    """Measure how long answers take when many come at once."""
    print("\nHow long an answer takes, by the number of clients at once")
    for clients, attempts in WAITS:
        late = {}
        for side in (ours, theirs):
            sent = measured(side, side.maker.requests(attempts, clients, side.server.port).answers).sent
            middle, last = sent.percentile(0.5), sent.percentile(0.99)
            late[side.name] = last
            goal = " (5)" if side is ours and clients > 8 else ""
            print(
                f"  {clients:2} clients, {side.name}: half within {middle:.1f} ms, 99 % within {last:.1f} ms, "
                f"{last / middle:.1f} times as long{goal}"
            )
        ratio = late[ours.name] / late[theirs.name]
        print(f"  99 % at {clients} clients: {ratio:.2f} times the reference's{' (2.0)' if clients == 8 else ''}")


def stay_flat(new: New, folder: Path, chosen: argparse.Namespace) -> None:
    """Measure answers and starts of quizzes in schools of several sizes, in turns, and print each beside the first."""
    sizes = (*SIZES, DEEP) if chosen.deep else SIZES
    with ExitStack() as open_:
        sides = []
        for number, (questions, answers) in enumerate(sizes):
            school = School(folder / f"instance-{number}", new(f"school_{number}"))
            school.grow_bank(questions)
            school.grow_answers(answers)
            server = served(
                "quizapp:create_app",
                workers=chosen.workers,
                threads=chosen.threads,
                environ=school.environ,
                postmaster=new.postmaster,
            )
            sides.append(Side(f"{questions:,} questions, {answers:,} answers", school, open_.enter_context(server)))
        costs: dict[tuple[str, str], list[float]] = {}
        for round_ in range(chosen.rounds + 1):
            for side in sides:
                requests = side.maker.requests(chosen.attempts, 8, side.server.port)
                for what, shares in (("an answer", requests.answers), ("the start of a quiz", requests.starts)):
                    cost = measured(side, shares)
                    if round_:
                        costs.setdefault((what, side.name), []).append(cost.milliseconds)
    for what, goal in (("an answer", " (1.2)"), ("the start of a quiz", "")):
        print(f"\nCPU time of {what} by the size of the school, median of {chosen.rounds} rounds")
        first = costs[what, sides[0].name]
        for side in sides:
            its = costs[what, side.name]
            ratio = median(one / other for one, other in zip(its, first, strict=True))
            print(f"  {side.name}: {median(its):.2f} ms, {ratio:.2f} times the first{goal}")


def measured(side: Side, shares: Sequence[Sequence[bytes]]) -> Cost:
    """Send requests and return what each cost; stop if any was not answered as it should be."""
    before = side.server.cpu_seconds()
    sent = send(side.server.port, shares)
    seconds = side.server.cpu_seconds() - before
    if sent.statuses.keys() - {200, 303}:
        raise SystemExit(f"{side.name} answered {dict(sent.statuses)}")
    return Cost(seconds / len(sent.seconds) * 1000, sent)


if __name__ == "__main__":
    main()
