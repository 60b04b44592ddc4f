"""Files that take a while to make: written aside first, then sent as slowly as they are taken.

What is sent while it is made can only be cut off when it fails, and our server ends such an answer as if it were
complete: half a file would look whole. A file that lies ready has a length, so that whoever receives less notices, and
until it is ready every failure has its page. Nothing is held meanwhile but the file: neither the database nor one of
the places of those who work (`quizapp.store.turns`).
"""

import gzip
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from queue import Empty, SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Response

from quizapp.formats.download import content_disposition
from quizapp.store import turns
from quizapp.store.sorting import NoRoom

MAKING = 1
SENDING = 8
WAIT_SECONDS = 5.0
# With the wait less than the minute after which nginx gives up and asks the next server for the same.
MAKE_SECONDS = 45.0
IN_MEMORY = 512 * 1024
PART = 128 * 1024


class Crowded(Exception):
    """Others make or take so many files that this one cannot be begun within seconds."""


class TooLong(Exception):
    """The file takes longer to make than anybody in front of this server waits."""


class Places:
    """Places for a few at a time; whoever took one gives it back in any thread, even while memory is tidied up."""

    def __init__(self, count: int) -> None:
        """Begin with all places free."""
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    @contextmanager
    def held(self, *, seconds: float) -> Iterator[None]:
        """Keep a place for the block, or raise `Crowded` where none becomes free in time."""
        try:
            self._free.get(timeout=seconds)
        except Empty:
            raise Crowded from None
        try:
            yield
        finally:
            self._free.put(None)


making = Places(MAKING)
sending = Places(SENDING)


def download(parts: Iterable[bytes], name: str, content_type: str) -> Response:
    """Make a file of parts and return the answer that sends it; raise `Crowded`, `TooLong` or `NoRoom`."""
    with ExitStack() as held, turns.working.lent():
        held.enter_context(sending.held(seconds=0))
        file = held.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        with making.held(seconds=WAIT_SECONDS):
            length = _keep(parts, file, until=time.monotonic() + MAKE_SECONDS)
        content = _sent(file, held.pop_all())
        next(content)
    headers = {"Content-Disposition": content_disposition(name), "Content-Length": str(length)}
    return Response(content, content_type=content_type, headers=headers)


def _keep(parts: Iterable[bytes], file: IO[bytes], *, until: float) -> int:
    """Write parts into a file, packed to about a tenth, and return their length."""
    length = 0
    try:
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as packed:
            for part in parts:
                length += packed.write(part)
                if time.monotonic() > until:
                    raise TooLong
    except OSError as error:
        raise NoRoom(str(error)) from error
    file.seek(0)
    return length


def _sent(file: IO[bytes], held: ExitStack) -> Iterator[bytes]:
    """Yield nothing, from when on what is held is given back however this ends; then the content of a packed file."""
    with held, gzip.GzipFile(fileobj=file, mode="rb") as packed:
        yield b""
        yield from iter(partial(packed.read, PART), b"")
