"""Every form needs its token, no address changes anything by GET, and cookies are as they should be."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.store.tables import Base
from quizapp.web.audience import SAFE, routes

Make = Callable[..., Any]


def everything(session: Session) -> list[tuple[Any, ...]]:
    """Return every row of every table."""
    session.rollback()
    return [tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))]


@pytest.mark.parametrize("role", ["nobody", "administrator"])
def test_every_unsafe_method_needs_the_token_of_a_form(
    make_app: Make, make_person: Make, sign_in: Make, session: Session, role: str
) -> None:
    app: Flask = make_app(WTF_CSRF_ENABLED=True)
    browser = app.test_client()
    if role != "nobody":
        sign_in(browser, make_person("Mr Root", role=role))
    before = everything(session)
    adapter = app.url_map.bind("localhost")
    arguments = {(rule.rule, rule.endpoint): rule.arguments for rule in app.url_map.iter_rules()}
    unsafe = [(route, method) for route in routes(app) for method in route.methods if method not in SAFE]

    let_in = []
    for route, method in unsafe:
        values = dict.fromkeys(arguments[route.rule, route.endpoint], 1)
        answer = browser.open(adapter.build(route.endpoint, values, method), method=method, data={"do": "reset"})
        if answer.status_code != 400:
            let_in.append((route.rule, method, answer.status_code))

    assert len(unsafe) > 20
    assert let_in == []
    assert everything(session) == before


@pytest.mark.parametrize("part", ["anonymous", "guest", "owner", "teacher", "root"])
def test_no_address_changes_anything_by_get(make_world: Make, session: Session, part: str) -> None:
    world = make_world(answered=1)
    browser = world.browser(part)
    before = everything(session)

    for method, _, _, address in world.requests():
        if method == "GET":
            browser.get(address)

    assert everything(session) == before


@pytest.mark.parametrize("path", ["/signin", "/about"])
def test_no_script_reads_the_cookie_and_no_other_site_sends_it(make_app: Make, path: str) -> None:
    cookie = make_app(WTF_CSRF_ENABLED=True).test_client().get(path).headers["Set-Cookie"]

    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/"))


def test_a_form_does_not_expire_before_its_visit(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


@pytest.mark.parametrize(("path", "kind"), [("/signin", "current-password"), ("/signup", "new-password")])
def test_a_password_may_be_pasted_and_filled_in(client: FlaskClient, path: str, kind: str) -> None:
    page = client.get(path).text
    script = client.get("/static/js/password.js")
    said = script.text
    script.close()

    assert f'autocomplete="{kind}"' in page
    assert "paste" not in page + said
