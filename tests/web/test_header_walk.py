"""The headers of every answer: all routes, all roles, refusals, redirects, files, exports; with and without TLS."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from quizapp.web.headers import HEADERS, STRICT_TRANSPORT

Make = Callable[..., Any]
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
TELLS_TALES = re.compile(
    r"werkzeug|flask|granian|gunicorn|python|sqlalchemy|jinja|x-powered-by|\b\d+\.\d+\.\d+\b", re.I
)
PUBLIC = {"static"}


def every_answer(world: Any, **client: Any) -> Iterator[tuple[str, str, TestResponse]]:
    """Ask for every route in every way as everybody, and for what is not there."""
    for part in ("anonymous", "guest", "owner", "teacher", "root"):
        browser = world.browser(part)
        for method, endpoint, _, address in world.requests():
            if endpoint == "account.signout":
                continue
            for way in {method, "HEAD", "OPTIONS", "DELETE"}:
                form = {"data": world.form(endpoint)} if way == "POST" else {}
                asked = world.browser(part) if way == "POST" and endpoint.startswith("account.") else browser
                yield f"{part} {way} {address}", endpoint, asked.open(address, method=way, **form, **client)
    browser = world.app.test_client()
    for address in ("/nothing", "/static/0/nothing", "/a/b/c/d", "//", "/%00"):
        yield f"GET {address}", "", browser.get(address, **client)
    yield "413", "", browser.post("/signin", data={"text": "x" * 2_000_000}, **client)
    yield "POST /signout", "", browser.post("/signout", **client)


def faults(answer: TestResponse, endpoint: str) -> list[str]:
    """List what an answer's headers lack, or tell too much of."""
    headers = answer.headers
    policy = dict(part.split(" ", 1) for part in headers.get("Content-Security-Policy", " ").split("; "))
    found = [name for name, value in HEADERS.items() if headers.getlist(name) != [value]]
    if policy != DIRECTIVES:
        found.append("policy")
    if not re.fullmatch(r"[0-9a-f]{16}", headers.get("X-Request-Id", "")):
        found.append("request id")
    keeps = "no-store" if endpoint not in PUBLIC or answer.status_code >= 400 else "no-cache"
    if headers.getlist("Cache-Control") != [keeps] and answer.request.method not in {"OPTIONS"}:
        found.append(f"Cache-Control is {headers.get('Cache-Control')}")
    if answer.data and not headers.get("Content-Type", "").endswith(("charset=utf-8", "image/svg+xml")):
        found.append(f"Content-Type is {headers.get('Content-Type')}")
    if TELLS_TALES.search(str(headers)):
        found.append("tells what it is made of")
    return found


def test_every_answer_carries_every_header_and_its_cookies_are_out_of_reach(make_world: Make) -> None:
    world = make_world(answered=1)
    wrong, statuses, cookies = [], set(), []

    for asked, endpoint, answer in every_answer(world):
        statuses.add(answer.status_code)
        wrong += [(asked, answer.status_code, fault) for fault in faults(answer, endpoint)]
        cookies += answer.headers.getlist("Set-Cookie")
        assert "Strict-Transport-Security" not in answer.headers

    assert wrong == []
    assert statuses >= {200, 303, 403, 404, 405, 410, 413, 422}
    assert {cookie.partition("=")[0] for cookie in cookies} == {"dateline", "theme"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie for cookie in cookies)


@pytest.mark.parametrize("headers", [{"If-None-Match": "*"}, {"Range": "bytes=0-1"}, {"Accept-Encoding": "gzip"}])
def test_a_file_carries_them_however_it_is_asked_for(make_world: Make, headers: dict[str, str]) -> None:
    answer = make_world().app.test_client().get("/static/0/css/page.css", headers=headers)

    assert answer.status_code == (304 if "If-None-Match" in headers else 200)
    assert faults(answer, "static") == []


def test_under_tls_every_answer_asks_for_it(make_world: Make) -> None:
    world = make_world()
    world.app.config.update(SECURE_COOKIES=True, SESSION_COOKIE_SECURE=True)
    seen = [(asked, answer.headers.getlist("Strict-Transport-Security")) for asked, _, answer in every_answer(world)]

    assert [asked for asked, told in seen if told != [STRICT_TRANSPORT]] == []


def test_what_belongs_to_a_visitor_is_told_apart_by_cookie(make_world: Make) -> None:
    world = make_world()

    assert "Cookie" in world.browser("owner").get("/").headers["Vary"]
    assert world.browser("owner").get("/static/0/css/page.css").headers["Vary"] == "Accept-Encoding"
