"""What Dateline is, and how it treats sources and people."""

from flask import Blueprint, render_template

from quizapp.web.audience import audience

about = Blueprint("about", __name__)


@about.get("/about")
@audience("anonymous")
def show() -> str:
    """Show the page."""
    return render_template("pages/about.html")
