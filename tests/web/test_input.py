"""Whatever is sent, nothing breaks: an answer below 500, and a page that says what to do."""

import html
import json
import time
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.store.tables import Person, QuestionRow
from quizapp.web.piled import is_piled

Make = Callable[..., Any]
ENDLESS = "x" * 300_000
FORMS_COME_BACK = {409, 422, 429}
MEBIBYTE = 1024 * 1024
BROKEN = {
    "a broken escape": "%zz%",
    "half a character": "%ff%fe",
    "an overlong slash": "%c0%af",
    "a NUL": "a%00b",
    "a surrogate": "%ed%a0%80",
    "a line break": "a%0d%0aSet-Cookie:x=y",
    "a long number": "9" * 5000,
    "a negative number": "-1",
    "a long text": "x" * 20_000,
    "another script": "%D0%B0%CC%81",
    "a formula": "=1%2B1",
    "a template": "%7B%7B7*7%7D%7D",
    "an expression": "(a%2B)%2B%24",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
    "steps up": "..%2f..%2fetc%2fpasswd",
    "brackets": "a[b][c][]=1&a[]=2&" + "b[" * 500,
    "a thousand fields": "&".join(f"f{number}=1" for number in range(1000)),
}
NASTY = [
    *("", "\0", "\u202e", "\ufeff", "a\0b", "\x1b[2J", "\u0301" * 300, "é" * 5000),
    *("9" * 400, "-0", "1e400", "NaN", "٣", "𝟘", "{{7*7}}", "(a+)+$", "<script>"),
]


def is_sound(answer: TestResponse) -> bool:
    """Say whether an answer is none of a broken server, and a refusal says its number and the way home."""
    text = answer.text
    if answer.status_code >= 500 or "Traceback" in text:
        return False
    if answer.status_code < 400 or answer.status_code in FORMS_COME_BACK:
        return True
    return answer.headers["X-Request-Id"] in text and ">To the start page</a>" in text


def probes(endpoint: str) -> bool:
    """Say whether a route is for machines: its answers are no pages."""
    return endpoint.startswith(("health.", "metrics."))


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_no_query_breaks_a_page(make_world: Make, broken: str) -> None:
    world = make_world(answered=1)
    root = world.browser("root")
    names = ("q", "page", "next", "topic", "kind", "source", "author", "quiz", "format", "since", "until", "name")
    query = "&".join(f"{name}={broken}" for name in names)

    asked = [(a, root.get(f"{a}?{query}")) for m, e, _, a in world.requests() if m == "GET" and not probes(e)]

    assert [(address, answer.status) for address, answer in asked if not is_sound(answer)] == []


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_no_address_breaks_the_server(make_world: Make, broken: str) -> None:
    world = make_world()
    root = world.browser("root")
    marks = {name: "marked" if isinstance(value, str) else 987654321 for name, value in world.values.items()}
    wrong = []

    for method, endpoint, _, address in world.requests(**marks):
        if ("marked" in address or "987654321" in address) and not probes(endpoint):
            raw = address.replace("marked", broken).replace("987654321", broken).partition("&")[0]
            path = _bytes(raw)
            answer = root.open(method=method, environ_overrides={"PATH_INFO": path, "REQUEST_URI": raw, "RAW_URI": raw})
            if not is_sound(answer):
                wrong.append((method, address, answer.status))

    assert wrong == []


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_no_cookie_breaks_a_page(client: FlaskClient, broken: str) -> None:
    for name in ("dateline", "theme", "remember_token", "a b", ""):
        assert is_sound(client.get("/", headers={"Cookie": f"{name}={broken[:4000]}"}))
    assert is_sound(client.get("/", headers={"Cookie": "dateline=" + "e30." * 3 + "; ;=;;"}))


@pytest.mark.parametrize("nasty", NASTY)
def test_no_value_of_a_field_breaks_a_form(make_world: Make, forms: dict[str, Any], nasty: str) -> None:
    world = make_world()
    root, anybody = world.browser("root"), world.app.test_client()
    wrong = []

    for method, endpoint, _, address in world.requests():
        if method == "GET" or endpoint == "account.signout":
            continue
        browser = anybody if endpoint.startswith("account.") else root
        foreign = {"choice", "text", "number", "name", "next", "page"} - forms[endpoint].keys()
        for names in [*([name] for name in forms[endpoint]), sorted(foreign)]:
            answer = browser.post(address, data={**forms[endpoint], **{name: [nasty, nasty] for name in names}})
            if not is_sound(answer):
                wrong.append((endpoint, names, answer.status))

    assert wrong == []


@pytest.mark.parametrize("part", ["anonymous", "root", "owner"])
def test_no_page_repeats_an_endless_address(make_world: Make, part: str) -> None:
    world = make_world(answered=1)
    browser = world.browser(part)

    answers = [browser.get(a, query_string={"q": ENDLESS}) for m, e, _, a in world.requests() if m == "GET"]
    answers.append(browser.get(f"/q/{ENDLESS}"))

    assert {answer.status_code for answer in answers} <= {200, 414}
    assert [len(answer.data) for answer in answers if ENDLESS[:9000] in answer.text + str(answer.headers)] == []
    assert "This address is too long." in answers[-1].text
    assert is_sound(answers[-1])


def test_no_page_repeats_an_endless_field(make_world: Make, forms: dict[str, Any]) -> None:
    """The editor is left out: a teacher's own text comes back in full, however long, to be shortened."""
    world = make_world()
    root, anybody = world.browser("root"), world.app.test_client()
    wrong = []

    for method, endpoint, _, address in world.requests():
        if method == "GET" or endpoint == "account.signout" or endpoint.startswith("writing."):
            continue
        browser = anybody if endpoint.startswith("account.") else root
        for name in {*forms[endpoint], "choice", "text", "number", "name", "next", "username"}:
            answer = browser.post(address, data={**forms[endpoint], name: ENDLESS})
            if ENDLESS[:9000] in answer.text + str(answer.headers):
                wrong.append((endpoint, name))

    assert wrong == []


@pytest.mark.parametrize("place", ["²", "٣", "9" * 5000, "-1", "99999999"])
def test_no_name_of_a_field_breaks_a_form(make_world: Make, forms: dict[str, Any], place: str) -> None:
    world = make_world()
    root = world.browser("root")
    names = (f"options-{place}-text", f"pairs-{place}-left", f"{place}")

    answers = [
        root.post(address, data={**forms[endpoint], name: "Tanga"})
        for method, endpoint, _, address in world.requests()
        if method != "GET" and endpoint not in {"account.signout", "me.delete", "people.delete"}
        for name in names
    ]

    assert [answer.status for answer in answers if not is_sound(answer)] == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", json.dumps({"choice": "x", "username": {"a": 1}}).encode()),
        ("application/json", b"{" * 10_000),
        ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("text/plain", b"choice=1"),
        ("", b"choice=1"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=choice"),
        ("multipart/form-data; boundary=" + "b" * 5000, b"--b"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"choice=+ADw-"),
        ("application/x-www-form-urlencoded", b"\xff\xfe=\xed\xa0\x80&choice=%ff%zz&%00=%00&&==&skip"),
    ],
)
def test_no_body_breaks_a_route(make_world: Make, content_type: str, body: bytes) -> None:
    world = make_world()
    root = world.browser("root")

    answers = [
        (address, root.post(address, data=body, content_type=content_type))
        for method, endpoint, _, address in world.requests()
        if method != "GET" and endpoint != "account.signout"
    ]

    assert [(address, answer.status) for address, answer in answers if not is_sound(answer)] == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "OPTIONS", "HEAD"])
def test_no_method_breaks_a_route(make_world: Make, method: str) -> None:
    world = make_world()
    root = world.browser("root")

    answers = [(a, e, root.open(a, method=method)) for _, e, _, a in world.requests() if not probes(e)]

    expected = {"OPTIONS": {200}, "HEAD": {200, 303, 404, 405, 410}}.get(method, {405})
    assert {answer.status_code for _, _, answer in answers} <= expected
    assert method == "HEAD" or all(is_sound(answer) for _, _, answer in answers)


def test_too_much_is_refused_in_words_at_every_route(make_world: Make) -> None:
    world = make_world()
    world.app.config["WTF_CSRF_ENABLED"] = True
    root = world.browser("root")
    part = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n%s\r\n'
    parts = {"content_type": "multipart/form-data; boundary=b"}
    much: dict[str, dict[str, Any]] = {
        "a large body": {"data": {"text": "x" * (MEBIBYTE + 1)}},
        "a large part": {"data": part % (b"x" * (MEBIBYTE // 2 + 1)) + b"--b--\r\n", **parts},
        "many parts": {"data": part % b"x" * 1001 + b"--b--\r\n", **parts},
    }

    for name, sent in much.items():
        for method, _, _, address in world.requests():
            if method != "GET":
                answer = root.post(address, **sent)
                assert (answer.status_code, name, address) == (413, name, address)
                assert "send less" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        *("//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/a\r\nSet-Cookie: x=y"),
        *("/\tevil", "\\\\evil.example", " /about", "http:/about", "/" + "a" * 2000, "//[", "/\0"),
    ],
)
@pytest.mark.parametrize("path", ["/theme", "/signin"])
def test_nobody_is_led_to_another_site_or_nowhere(
    client: FlaskClient, make_person: Make, password: str, path: str, address: str
) -> None:
    make_person("Ana")

    answer = client.post(path, data={"next": address, "username": "Ana", "password": password, "theme": "dark"})

    assert (answer.status_code, answer.location) == (303, "/")


# What text becomes


def test_names_are_kept_composed(client: FlaskClient, publish: Make, make_question: Make, session: Session) -> None:
    publish(make_question())

    client.post("/q/all", data={"start_key": "k", "name": unicodedata.normalize("NFD", "Amélie Żak")})

    assert session.scalars(select(Person.nickname)).one() == unicodedata.normalize("NFC", "Amélie Żak")


def test_questions_are_kept_composed(make_world: Make, forms: dict[str, Any], session: Session) -> None:
    world = make_world()
    stem = "Où est l’Élysée?"

    form = {**forms["writing.new_question"], "stem": unicodedata.normalize("NFD", stem)}
    world.browser("teacher").post("/teach/questions/new", data=form)

    assert session.scalars(select(QuestionRow.stem).where(QuestionRow.stem.like("O_ %"))).all() == [
        unicodedata.normalize("NFC", stem)
    ]


def test_what_a_teacher_writes_is_text_and_no_template(make_world: Make, forms: dict[str, Any]) -> None:
    world = make_world()
    stem = "Is {{ 7 * 7 }} {% raw %} <b onclick=x>49</b> & more?"

    form = {**forms["writing.new_question"], "stem": stem, "explanation": "<img src=x onerror=alert(1)>"}
    page = world.browser("teacher").post("/teach/questions/new", data=form, follow_redirects=True).text

    assert html.escape(stem, quote=False) in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize("name", ["Раypal", "Ana\u202e", "An\0a", "Ana\u200b", "A\nna", "ＡＮＡ"])
def test_a_name_that_could_be_taken_for_another_is_refused(make_world: Make, name: str) -> None:
    world = make_world()

    answer = world.app.test_client().post("/signup", data={"username": name, "password": "a password nobody has"})

    assert answer.status_code in {400, 422}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_no_form_breaks_any_route(fuzzed: Callable[[some.DataObject], TestResponse], data: some.DataObject) -> None:
    answer = fuzzed(data)

    assert is_sound(answer), (answer.request.path, answer.status)


@pytest.mark.faults
@settings(max_examples=3000, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=some.data())
def test_no_form_breaks_any_route_for_long(
    fuzzed: Callable[[some.DataObject], TestResponse], data: some.DataObject
) -> None:
    answer = fuzzed(data)

    assert is_sound(answer), (answer.request.path, answer.status)


@pytest.fixture
def fuzzed(make_world: Make, forms: dict[str, Any]) -> Callable[[some.DataObject], TestResponse]:
    """Return a function that sends one drawn form to one drawn route, as one drawn visitor."""
    world = make_world(answered=1)
    browsers = {part: world.browser(part) for part in ("guest", "owner", "teacher", "root")}
    targets = [one for one in world.requests(n=2) if not probes(one[1]) and one[1] != "account.signout"]
    fields = sorted({name for form in forms.values() for name in form} | {"choice", "text", "number", "page", "q"})
    texts = (
        some.text(some.characters(codec=None), max_size=60) | some.sampled_from(NASTY) | some.from_regex(r"\d{1,30}")
    )
    drawn = some.dictionaries(
        some.sampled_from(fields) | some.text(max_size=12), some.lists(texts, max_size=3), max_size=8
    )

    def send(data: some.DataObject) -> TestResponse:
        method, endpoint, _, address = data.draw(some.sampled_from(targets))
        browser = browsers[data.draw(some.sampled_from(sorted(browsers)))]
        form = data.draw(drawn)
        if data.draw(some.booleans()):
            form = {**forms.get(endpoint, {}), **form}
        encoded = {_text(name): [_text(one) for one in values] for name, values in form.items()}
        if method == "GET":
            return browser.get(address, query_string=encoded)
        if endpoint.startswith("account."):
            browser = world.browser("anonymous")
        return browser.post(address, data=encoded)

    return send


def _text(value: object) -> str:
    """Return a text that can be sent at all: half a pair of UTF-16 cannot."""
    return str(value).encode("utf-8", "replace").decode()


def _bytes(address: str) -> str:
    """Return the path of an address as WSGI hands it on: bytes, each as one character."""
    return unquote_to_bytes(address).decode("latin-1")


@pytest.mark.parametrize("way", ["form", "address"])
def test_marks_are_not_piled_up_without_end(client: FlaskClient, way: str) -> None:
    piled = "a" + "\u0300" * 40_000 + "\u0323" * 40_000
    given: dict[str, Any] = {"data": {"username": piled, "password": "x"}} if way == "form" else {}
    begun = time.perf_counter()

    answer = client.open("/signin", method="POST", query_string={"next": piled} if way == "address" else None, **given)

    assert answer.status_code == {"form": 400, "address": 414}[way]
    assert time.perf_counter() - begun < 2


def test_words_with_many_marks_are_read() -> None:
    assert not is_piled("ผู้ใหญ่ " * 400 + "Vučić " * 400 + "שָׁלוֹם " * 400)
    assert is_piled("e" + "\u0301" * 31)
