"""Students at their browsers: connections that stay open, each sending its requests one after another."""

import socket
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import NamedTuple


class Sent(NamedTuple):
    """What came back: the seconds that each request took, and how often each status was seen."""

    seconds: list[float]
    statuses: Counter[int]
    bodies: int

    def percentile(self, share: float) -> float:
        """Return the time in milliseconds within which a share of 0…1 of the requests was answered."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))] * 1000


def get(port: int, path: str, cookie: str) -> bytes:
    """Write a request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()


def post(port: int, path: str, cookie: str, form: str) -> bytes:
    """Write a request that sends a form."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}"
    ).encode()


def send(port: int, shares: Sequence[Sequence[bytes]]) -> Sent:
    """Send each share of the requests over a connection of its own, all shares at once."""
    barrier = Barrier(len(shares))
    with ThreadPoolExecutor(len(shares)) as pool:
        parts = list(pool.map(lambda share: _one_after_another(port, share, barrier), shares))
    return Sent(
        [second for part in parts for second in part.seconds],
        sum((part.statuses for part in parts), Counter()),
        sum(part.bodies for part in parts),
    )


def _one_after_another(port: int, requests: Sequence[bytes], barrier: Barrier) -> Sent:
    seconds: list[float] = []
    statuses: Counter[int] = Counter()
    bodies = 0
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        barrier.wait()
        for request in requests:
            begun = time.perf_counter()
            connection.sendall(request)
            status, length = _read(connection)
            seconds.append(time.perf_counter() - begun)
            statuses[status] += 1
            bodies += length
    return Sent(seconds, statuses, bodies)


def _read(connection: socket.socket) -> tuple[int, int]:
    """Read one answer; return its status and the length of its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        received = connection.recv(65_536)
        if not received:
            raise ConnectionError("The server closed the connection.")
        data += received
    head, _, body = data.partition(b"\r\n\r\n")
    headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(headers.get(b"content-length", b"0"))
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(65_536))
    return int(head.split(b" ", 2)[1]), length
