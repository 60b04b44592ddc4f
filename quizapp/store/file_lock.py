"""A lock among processes: a file beside what it guards, which its owner alone may open.

The lock belongs to the open file, so that processes inherit it that are forked from its holder, and it is gone with the
last of them, however they end. https://man7.org/linux/man-pages/man2/flock.2.html
"""

import os
import sys
from pathlib import Path
from typing import Literal

if sys.platform != "win32":
    import fcntl


class FileLock:
    """The lock on a file, opened when it is first taken; without a file, and on Windows, nobody is kept out.

    Whoever can read the file can take its lock, and keep it: it is made for its owner alone.
    """

    def __init__(self, path: Path | None) -> None:
        """Begin without the lock."""
        self._path = path
        self._file: int | None = None

    def __del__(self) -> None:
        """Close the file with the last who knows it."""
        self.close()

    def take(self, how: Literal["alone", "shared"] = "alone", *, wait: bool = False) -> bool:
        """Take the lock, or say no where others do not let it go; raise `OSError` where the file cannot be opened."""
        if sys.platform == "win32" or self._path is None:
            return True
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(
                self._file, (fcntl.LOCK_EX if how == "alone" else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB)
            )
        except BlockingIOError:
            return False
        return True

    def give_back(self) -> None:
        """Let others have the lock at once, whoever has inherited it; the file stays open."""
        if sys.platform != "win32" and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock; processes that have inherited it keep it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
