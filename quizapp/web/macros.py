"""The macros of the pages that are asked for most, at hand without an import in the template."""

from types import SimpleNamespace

from flask import Flask

NAMES = ("feedback", "form", "map", "question", "ui")


def register(app: Flask) -> None:
    """Give templates `macros`; Jinja compares two sets of names at every import, which cost a tenth of a page."""
    macros = SimpleNamespace()
    app.jinja_env.globals["macros"] = macros
    for name in NAMES:
        setattr(macros, name, app.jinja_env.get_template(f"macros/{name}.html").module)
