"""What a page may know of a question before it is answered: texts and opaque keys, nothing of the right answer."""

import msgspec


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to choose, or a row to fill; ``key`` is what the form posts."""

    key: str
    text: str


class ChoicePage(msgspec.Struct, frozen=True, kw_only=True):
    """Choices in the order to show; ``many`` says whether several may be chosen."""

    choices: tuple[Choice, ...]
    many: bool = False


class MapPage(ChoicePage, frozen=True, kw_only=True):
    """Choices that are places of a map: ``places`` names for each its shape or point in ``region``."""

    region: str
    places: tuple[str, ...]


class NumericPage(msgspec.Struct, frozen=True, kw_only=True):
    """A box for a number; ``margin`` is the tolerance as text ("2"), empty where the number must be exact."""

    unit: str = ""
    margin: str = ""


class TextPage(msgspec.Struct, frozen=True, kw_only=True):
    """A box for a few words."""

    hint: str = ""


class MatchingPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows to fill, each with one of the same choices; a choice may serve several rows or none."""

    rows: tuple[Choice, ...]
    choices: tuple[Choice, ...]


class OrderingPage(msgspec.Struct, frozen=True, kw_only=True):
    """Items to number from 1; the labels say what the first and the last place mean."""

    items: tuple[Choice, ...]
    first_label: str
    last_label: str
