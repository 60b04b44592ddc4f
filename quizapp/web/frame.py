"""What surrounds every page: the links of the header, the account, the theme."""

import msgspec
from flask import current_app, request
from flask_login import current_user

from quizapp.web.address import url_for

THEMES = ("system", "light", "dark")
COOKIE = "theme"
LONGEST = 2000


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a menu."""

    label: str
    url: str
    is_current: bool


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The header and footer of one visitor; ``name`` is empty for somebody who has not answered anything yet."""

    theme: str
    path: str
    links: tuple[Link, ...]
    account: tuple[Link, ...]
    name: str
    is_guest: bool
    sign_out: str


def provide() -> dict[str, Frame]:
    """Hand the frame to every template."""
    is_known = current_user.is_authenticated
    is_guest = is_known and current_user.is_guest
    links: list[tuple[str, str]] = []
    account: list[tuple[str, str]] = []
    if is_known and current_user.is_teacher:
        links += [("Teach", "teach.home")]
        account += [("Questions", "teach.questions"), ("Scores", "scores.show")]
    if is_known and current_user.is_administrator:
        account += [("People", "people.show")]
    if is_guest:
        account += [("Keep my progress", "account.signup"), ("Sign in", "account.signin")]
    if is_known:
        account += [("Your account and data", "me.show")]
    else:
        links += [("Sign in", "account.signin")]
    return {
        "frame": Frame(
            theme=theme(),
            path=request.full_path.rstrip("?") if request.method == "GET" else url_for("landing.show"),
            links=(Link(label="Quizzes", url=url_for("landing.show") + "#start", is_current=False), *_links(links)),
            account=_links(account),
            name=(current_user.name or "Guest") if is_known else "",
            is_guest=is_guest,
            sign_out=url_for("account.signout") if is_known and "account.signout" in current_app.view_functions else "",
        )
    }


def theme() -> str:
    """Return the theme that the visitor chose."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else "system"


def own_path(address: str) -> str:
    """Return an address of this site as it is, and the landing page for any other, or one too long for a header."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_own and address.isprintable() and len(address) <= LONGEST else url_for("landing.show")


def _links(entries: list[tuple[str, str]]) -> tuple[Link, ...]:
    """Leave out what does not exist in this installation."""
    return tuple(
        Link(label=label, url=url_for(endpoint), is_current=request.endpoint == endpoint)
        for label, endpoint in entries
        if endpoint in current_app.view_functions
    )
