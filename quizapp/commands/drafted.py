"""Files from the shell that are there whole or not at all."""

import glob
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PART = ".part"


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """Give the name of a new file beside ``target``, and remove what is left of it in the end.

    Whoever has written it gives it the name of the target.
    """
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART}")
    try:
        yield draft
    finally:
        for left in draft.parent.glob(f"{glob.escape(draft.name)}*"):
            left.unlink(missing_ok=True)
