"""A class signs in at once while another answers: how long answers take, with and without the bound on hashing.

    .venv/bin/python tests/bench/sign_ins.py --sign-ins 40 --students 8

Each row is a server of its own: ``bounded`` as it is served, ``unbounded`` with every thread hashing when it likes, on
eight threads and on sixty-four. Times are those of answers sent while the sign-ins were under way, in milliseconds, and
``alone`` those of answers sent before. Needs a quiet machine: hashing takes all the CPU time that there is.
"""

import argparse
import datetime
import http.client
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from clients import post
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from school import SECRET, School
from serving import served
from sqlalchemy import insert
from werkzeug.security import generate_password_hash

from quizapp import create_app
from quizapp.commands.serve import THREADS, WORKERS
from quizapp.extensions import db
from quizapp.store import turns
from quizapp.store.people import METHOD
from quizapp.store.tables import Person

CSRF = "0123456789abcdef0123456789abcdef01234567"
PASSWORD = "a password of the benchmark"  # noqa: S105
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def unbounded() -> Flask:
    """Build the app as if nothing had been done: every thread works and hashes when it likes."""
    turns.working = turns.hashing = turns.Turns(1_000)
    return create_app()


def main() -> None:
    """Measure each server once a round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sign-ins", type=int, default=40)
    parser.add_argument("--students", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(
        f"{'server':<22}{'alone p50':>10}{'p99':>8}{'during p50':>12}{'p99':>8}{'answers':>9}{'sign-ins':>10}  statuses"
    )
    with tempfile.TemporaryDirectory() as folder:
        school = School(Path(folder) / "instance", f"sqlite:///{folder}/dateline.sqlite")
        add_accounts(school.app, arguments.sign_ins)
        for _ in range(arguments.rounds):
            for name, target, threads in (
                (f"bounded, {THREADS} threads", "quizapp:create_app", THREADS),
                ("unbounded, 8 threads", "sign_ins:unbounded", 8),
                ("unbounded, 64 threads", "sign_ins:unbounded", 64),
            ):
                with served(target, workers=WORKERS, threads=threads, environ=school.environ) as server:
                    print(
                        f"{name:<22}{measure(school, server.port, arguments.students, arguments.sign_ins)}", flush=True
                    )


def measure(school: School, port: int, students: int, sign_ins: int) -> str:
    """Let the students answer alone for two seconds, then while the others sign in; return the row."""
    answers = school.requests(students * 150, students, port).answers
    began, ended, stop = Event(), Event(), Event()
    with ThreadPoolExecutor(students + sign_ins + 1) as pool:
        writing = [pool.submit(answer, port, share, (began, ended, stop)) for share in answers]
        time.sleep(2)
        began.set()
        first = time.perf_counter()
        entered = list(pool.map(lambda number: sign_in(school.app, port, number), range(sign_ins)))
        seconds = time.perf_counter() - first
        ended.set()
        stop.set()
        times = [part.result() for part in writing]
    alone = sorted(second for before, _ in times for second in before)
    during = sorted(second for _, between in times for second in between)
    shown = "".join(f"{place(part, share) * 1000:{width}.1f}" for part, share, width in (
        (alone, 0.5, 10), (alone, 0.99, 8), (during, 0.5, 12), (during, 0.99, 8)))  # fmt: skip
    return f"{shown}{len(during):>9}{seconds:>8.1f} s  {dict(Counter(entered))}"


def answer(port: int, requests: list[bytes], moments: tuple[Event, Event, Event]) -> tuple[list[float], list[float]]:
    """Send answers one after another until the end; return the seconds of those before and of those during."""
    began, ended, stop = moments
    before: list[float] = []
    between: list[float] = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    for request in requests:
        if stop.is_set():
            break
        into = between if began.is_set() and not ended.is_set() else before
        sent = time.perf_counter()
        assert connection.sock is not None
        connection.sock.sendall(request)
        response = http.client.HTTPResponse(connection.sock, method="POST")
        response.begin()
        response.read()
        assert response.status == 303, response.status
        into.append(time.perf_counter() - sent)
    connection.close()
    return before, between


def sign_in(app: Flask, port: int, number: int) -> int:
    """Send one sign-in form and return the status."""
    signed = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signed is not None
    cookie = f"dateline={signed.dumps({'csrf_token': CSRF, '_permanent': True})}"
    token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(CSRF)
    request = post(port, "/signin", cookie, f"csrf_token={token}&username=student+{number}&password={PASSWORD}")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    assert connection.sock is not None
    connection.sock.sendall(request)
    response = http.client.HTTPResponse(connection.sock, method="POST")
    response.begin()
    response.read()
    connection.close()
    return response.status


def add_accounts(app: Flask, count: int) -> None:
    """Make accounts that share a password."""
    hashed = generate_password_hash(PASSWORD, method=METHOD)
    row = {
        "role": "student",
        "nickname": "",
        "password_hash": hashed,
        "created_at": datetime.datetime.now(datetime.UTC),
    }
    names = [f"student {number}" for number in range(count)]
    with app.app_context():
        db.session().execute(insert(Person), [row | {"username": name, "username_key": name} for name in names])
        db.session().commit()


def place(seconds: list[float], share: float) -> float:
    """Return the time within which a share of 0…1 was answered."""
    return seconds[min(len(seconds) - 1, int(share * len(seconds)))] if seconds else float("nan")


if __name__ == "__main__":
    main()
