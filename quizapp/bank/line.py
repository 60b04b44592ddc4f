"""One number of the quality report beside its goal, and the shapes that such a number takes."""

from typing import Literal

import msgspec

Group = Literal["Facts", "Variety", "Proof"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the report, as it is printed, with its goal; ``is_reached`` is ``None`` where it was not measured.

    ``value`` is the bare number, a share as 0…1. ``note`` says what the number counts or what it lacks.
    """

    group: Group
    id: str
    name: str
    value: float | None
    shown: str
    goal: str
    is_reached: bool | None
    note: str = ""


def at_least(identity: str, name: str, count: int, least: int, *, note: str = "", group: Group = "Facts") -> Line:
    """Tell a count that should not be below a goal."""
    return Line(
        group=group,
        id=identity,
        name=name,
        value=count,
        shown=str(count),
        goal=f"at least {least}",
        is_reached=count >= least,
        note=note,
    )


def at_most(identity: str, name: str, share: float, most: float, *, group: Group = "Variety", note: str = "") -> Line:
    """Tell a share of 0…1 that should not be above a goal."""
    return Line(
        group=group,
        id=identity,
        name=name,
        value=share,
        shown=percent(share),
        goal=f"at most {percent(most)}",
        is_reached=share <= most,
        note=note,
    )


def none_of(identity: str, name: str, count: int, *, note: str = "") -> Line:
    """Tell a count that should be nothing."""
    return Line(
        group="Proof",
        id=identity,
        name=name,
        value=count,
        shown=str(count),
        goal="0",
        is_reached=count == 0,
        note=note,
    )


def all_of(identity: str, name: str, count: int, total: int, *, note: str = "") -> Line:
    """Tell a count that should be the total."""
    return Line(
        group="Proof",
        id=identity,
        name=name,
        value=count / total if total else 0.0,
        shown=f"{count} of {total}",
        goal="all",
        is_reached=count == total,
        note=note,
    )


def percent(share: float) -> str:
    """Write a share of 0…1 as per cent, with a decimal only where it has one."""
    return f"{round(100 * share, 1):g} %"
