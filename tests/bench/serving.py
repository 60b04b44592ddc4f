"""A server in processes of its own, and what they use: CPU time and memory, read from Linux's /proc."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
TICK = os.sysconf("SC_CLK_TCK")
START = """
import sys
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
Server(sys.argv[1], factory=True, interface=Interfaces.WSGI, address="127.0.0.1", port=int(sys.argv[2]),
       workers=int(sys.argv[3]), blocking_threads=int(sys.argv[4]), websockets=False, log_level=LogLevels.error).serve()
"""


class Served:
    """A server that is running: its address and its process."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, postmaster: int | None) -> None:
        """Remember both, and the process of a database that has its own."""
        self.pid = process.pid
        self.port = port
        self.postmaster = postmaster

    def cpu_seconds(self) -> float:
        """Return the CPU time that the server's processes have used so far, and the database's."""
        return cpu_seconds(family(self.pid) + (family(self.postmaster) if self.postmaster else []))

    def memory(self) -> float:
        """Return the proportional set size of the server's processes, in MiB."""
        return sum(_pss(pid) for pid in family(self.pid)) / 1024


@contextmanager
def served(
    target: str, *, workers: int, threads: int, environ: Mapping[str, str], postmaster: int | None = None
) -> Iterator[Served]:
    """Run an application factory (``module:function``) on Granian until the block ends."""
    with run(["-c", START, target, "{port}", str(workers), str(threads)], environ, postmaster) as server:
        yield server


@contextmanager
def run(arguments: Sequence[str], environ: Mapping[str, str], postmaster: int | None = None) -> Iterator[Served]:
    """Run Python with arguments, in which ``{port}`` stands for the port, until the block ends."""
    port = free_port()
    command = [sys.executable, *(argument.replace("{port}", str(port)) for argument in arguments)]
    path = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path} | environ, start_new_session=True)
    try:
        _wait_for(port, process)
        yield Served(process, port, postmaster)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def free_port() -> int:
    """Return a port that is free, below those that Linux gives to connections: none takes it before the server does."""
    while True:
        port = 12_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def family(pid: int) -> list[int]:
    """Return a process and all its descendants; one that ends meanwhile is left out."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return the user and system time of processes, with that of their children that have ended."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(int(field) for field in fields[11:15])
    return total / TICK


def _pss(pid: int) -> int:
    """Return the proportional set size of a process, in KiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections and its workers have loaded the application."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if connection.recv(1):
                    time.sleep(1)
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")
