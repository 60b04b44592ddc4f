"""What a student said, before it is marked."""

from typing import Protocol


class FormData(Protocol):
    """The posted fields of a form; werkzeug's MultiDict is one."""

    def get(self, key: str, /) -> str | None: ...

    def getlist(self, key: str, /) -> list[str]: ...


class BadResponse(Exception):
    """The form cannot be read as a response; the message tells the student why and what to do."""
