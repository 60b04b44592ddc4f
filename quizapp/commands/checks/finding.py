"""What a check found, and how to mend it."""

from typing import Literal

import msgspec

State = Literal["ok", "look", "mend"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: ``look`` is worth knowing, ``mend`` keeps Dateline from working as it should."""

    name: str
    state: State
    says: str
    remedy: str = ""


def ok(name: str, says: str) -> Finding:
    """Find something well."""
    return Finding(name=name, state="ok", says=says)


def look(name: str, says: str, remedy: str) -> Finding:
    """Find something worth knowing."""
    return Finding(name=name, state="look", says=says, remedy=remedy)


def mend(name: str, says: str, remedy: str) -> Finding:
    """Find something that must be mended."""
    return Finding(name=name, state="mend", says=says, remedy=remedy)
