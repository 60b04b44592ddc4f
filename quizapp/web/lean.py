"""Leaves the indentation of templates out of pages: browsers do not need it, and it is a sixth of every page."""

import re

from jinja2.ext import Extension


class Lean(Extension):
    """Takes the blanks away with which the lines of a template begin, before it is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's source without indentation; no template of ours holds text in which it counts."""
        return re.sub(r"\n[ \t]+", "\n", source)
