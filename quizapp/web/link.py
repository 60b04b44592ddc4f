"""A link with which somebody sets a new password, shown once to whoever made it."""

from flask import url_for

from quizapp.extensions import db
from quizapp.store import links
from quizapp.store.tables import Person
from quizapp.web.clock import now
from quizapp.web.log import note


def new_link(person: Person) -> dict[str, str]:
    """Make a link for a person, commit, and return it with whom it is for."""
    token = links.reset_link(db.session(), person, now())
    db.session.commit()
    note(f"new link for person {person.id}")
    return {"username": person.username or "", "url": url_for("account.reset", token=token, _external=True)}
