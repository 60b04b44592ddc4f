"""What surrounds every page: the links of the header, the account, the theme."""

from typing import Any

import msgspec
from flask import current_app, request
from flask_login import current_user
from markupsafe import Markup

from quizapp.web import static_files
from quizapp.web.address import fixed, url_for
from quizapp.web.form_token import csrf_token

THEMES = ("system", "light", "dark")
COOKIE = "theme"
PARTS = "dateline.frame"
SIGN_IN = ("Sign in", "account.signin")
TEACH = ("Teach", "teach.home")
TEACHER = (("Questions", "teach.questions"), ("Scores", "scores.show"))
OWN = ("Your account and data", "me.show")
# What each role finds in the header, and in the menu of its account; the role of a newcomer is empty.
LINKS = {"": (SIGN_IN,), "teacher": (TEACH,), "administrator": (TEACH,)}
ACCOUNT = {
    "guest": (("Keep my progress", "account.signup"), SIGN_IN, OWN),
    "student": (OWN,),
    "teacher": (*TEACHER, OWN),
    "administrator": (*TEACHER, ("People", "people.show"), OWN),
}
LONGEST = 2000


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a menu."""

    label: str
    url: str
    is_current: bool


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for everybody of a role and theme on one page, as HTML: written once, not for each visitor."""

    head: Markup
    links: Markup
    account: Markup
    foot: Markup
    themes: Markup


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The header and footer of one visitor; ``name`` is empty for somebody who has not answered anything yet.

    ``at`` are the addresses without values, by endpoint, and ``static`` begins those of style sheets and scripts.
    """

    theme: str
    path: str
    parts: Parts
    name: str
    is_guest: bool
    at: dict[str, str]
    static: str


def provide() -> dict[str, object]:
    """Hand the frame to every template, and the token for its forms."""
    visitor = current_user._get_current_object()
    is_known = visitor.is_authenticated
    role = visitor.role if is_known else ""
    at = _addresses(request.root_path)
    look = theme()
    return {
        "frame": Frame(
            theme=look,
            path=request.full_path.rstrip("?") if request.method == "GET" else at["landing.show"],
            parts=_parts(role, request.endpoint, look, at),
            name=(visitor.name or "Guest") if is_known else "",
            is_guest=role == "guest",
            at=at,
            static=_static(),
        ),
        "csrf_token": csrf_token,
    }


def theme() -> str:
    """Return the theme that the visitor chose."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else "system"


def own_path(address: str) -> str:
    """Return an address of this site as it is, and the landing page for any other, or one too long for a header."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_own and address.isprintable() and len(address) <= LONGEST else url_for("landing.show")


def _parts(role: str, endpoint: str | None, look: str, at: dict[str, str]) -> Parts:
    """Return the parts for a role on one page, written when they are first asked for."""
    static = _static()
    key = (role, endpoint, look, static)
    kept: dict[tuple[str, str | None, str, str], Parts] = current_app.extensions.setdefault(PARTS, {})
    if key not in kept:
        macros: Any = current_app.jinja_env.get_template("macros/frame.html").module
        quizzes = Link(label="Quizzes", url=f"{at['landing.show']}#start", is_current=False)
        links = [quizzes, *(_link(*entry, endpoint, at) for entry in LINKS.get(role, ()))]
        account = [_link(*entry, endpoint, at) for entry in ACCOUNT.get(role, ())]
        kept[key] = Parts(
            head=macros.head(static),
            links=macros.links(links, "site-header__link"),
            account=macros.links(account, "menu__item"),
            foot=macros.foot(at),
            themes=macros.themes(THEMES, look),
        )
    return kept[key]


def _link(label: str, target: str, endpoint: str | None, at: dict[str, str]) -> Link:
    return Link(label=label, url=at[target], is_current=target == endpoint)


def _static() -> str:
    """Return what the addresses of style sheets and scripts begin with."""
    return f"{request.root_path}/static/{static_files.shelf().digest}"


def _addresses(root: str) -> dict[str, str]:
    """Return every address without values by endpoint, made once."""
    if not root:
        return fixed()
    return {endpoint: f"{root}{address}" for endpoint, address in fixed().items()}
