"""Numbers in addresses."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class Number(IntegerConverter):
    """A number of at most nine digits: longer ones fit no column, and the longest not even an int of Python."""

    regex = r"\d{1,9}"


def register(app: Flask) -> None:
    """Let ``<int:…>`` match such numbers only; any other address is not there."""
    app.url_map.converters["int"] = Number
