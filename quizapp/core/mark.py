"""What a response earned."""

from typing import Literal

import msgspec

Verdict = Literal["right", "partly", "not_this", "skipped"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One decision inside a response: what was asked, given and expected, as text, and whether it was right."""

    label: str
    given: str
    expected: str
    is_right: bool


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A share of the full mark, 0…1, with its parts where the type has several."""

    fraction: float
    parts: tuple[Part, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Say in one word how the response did."""
        if self.fraction >= 1:
            return "right"
        return "partly" if self.fraction > 0 else "not_this"
