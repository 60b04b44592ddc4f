"""Where the server can be reached: a free port, and the address of this computer in its network."""

import os
import socket
from collections.abc import Sequence

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
PORTS_TO_TRY = 50


class NoFreePort(Exception):
    """Every port that was tried is taken; the message says which, and what to do."""


def site(names: Sequence[str], *, is_secure: bool) -> str:
    """Return where browsers find this server, from the names that they may call it by.

    Behind TLS that is the first name that is a whole one and not this computer's own; without it, the port is that of
    `make run`. Where no name is known it is this computer.
    """
    name = next((name for name in names if not name.startswith(".") and name.strip("[]") not in LOOPBACK), None)
    if name is None:
        return "http://127.0.0.1:8000"
    return f"https://{name}" if is_secure else f"http://{name}:8000"


def free_port(host: str, port: int) -> int:
    """Return the port, or the first free one after it; raise `NoFreePort` or `OSError` for an unknown host."""
    last = min(port + PORTS_TO_TRY, 65_535)
    for candidate in range(port, last + 1):
        if is_free(host, candidate):
            return candidate
    raise NoFreePort(f"The ports {port} to {last} are all taken. Name another one: make run PORT=9000")


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody answers at the port and it can be bound.

    Both are asked, because systems differ in whether a second program may bind a port that is in use.
    """
    if is_answered(host, port):
        return False
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


def is_answered(host: str, port: int) -> bool:
    """Tell whether something takes connections at the port."""
    try:
        socket.create_connection((EVERYWHERE.get(host, host), port), timeout=1).close()
    except OSError:
        return False
    return True


def lan_address() -> str:
    """Return this computer's address in the local network, or its loopback address where there is no network.

    Connecting a UDP socket sends nothing: it only asks the system which way it would send. 192.0.2.1 is reserved for
    documentation (RFC 5737).
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address
