"""What Dateline is, how it treats sources and people, and what its bank holds."""

from flask import Blueprint, current_app, render_template

from quizapp.bank.report import from_json
from quizapp.extensions import db
from quizapp.store import publication
from quizapp.web.chart import regions

about = Blueprint("about", __name__)


@about.get("/about")
def show() -> str:
    """Show the page."""
    return render_template("pages/about.html", retention_days=current_app.config["RETENTION_DAYS"])


@about.get("/about/bank")
def bank() -> str:
    """Show what was measured of the bank when it was published: numbers, and nothing that tells an answer."""
    published = publication.latest_publication(db.session())
    report = from_json(published.report) if published else None
    return render_template("pages/bank.html", report=report, published=published)


@about.get("/about/maps")
def maps() -> str:
    """Say where the maps come from, and which borders they draw."""
    disputed = {text for crop in regions().values() for text in crop.disputed.values()}
    return render_template("pages/maps.html", disputed=sorted(disputed))
