"""A real server, a real browser, and a small bank with a question of every type."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from quizapp.core.citation import Citation
from quizapp.core.question import Option, OtherSource, Question
from quizapp.question_types.matching import Matching
from quizapp.question_types.multiple_choice import MultipleChoice
from quizapp.question_types.numeric import Numeric
from quizapp.question_types.ordering import Ordering
from quizapp.question_types.short_text import ShortText
from quizapp.question_types.true_false import TrueFalse

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
SCHEMES = ("light", "dark")
WIDTHS = (360, 1440)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a journey in Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; without one the test is skipped, or fails where QUIZAPP_REQUIRE_BROWSER is 1."""
    with sync_playwright() as playwright:
        path = next((found for name in NAMES if (found := shutil.which(name))), playwright.chromium.executable_path)
        if not Path(path).exists():
            reason = "no Chromium: install it, or run `playwright install chromium`"
            if os.environ.get("QUIZAPP_REQUIRE_BROWSER") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if is_root else [])
        yield launched
        launched.close()


@pytest.fixture
def live_app(make_app: Callable[..., Flask]) -> Flask:
    """Return the app as it runs in earnest: with form tokens and the real clock."""
    return make_app(WTF_CSRF_ENABLED=True, CLOCK=None)


@pytest.fixture
def site(live_app: Flask) -> Iterator[str]:
    """Serve the app and return its address, without a slash at the end."""
    server = make_server("127.0.0.1", 0, _in_one_piece(live_app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _in_one_piece(app: Flask) -> Callable[[Any, Any], list[bytes]]:
    """Read every answer before it is sent, so that a browser that moves on early leaves no file open."""

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        pieces = app(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            if hasattr(pieces, "close"):
                pieces.close()

    return answer


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the site in a browser that has never been there.

    ``width`` is in CSS pixels, ``scheme`` is light or dark, ``scripts`` says whether JavaScript runs. A page that logs
    an error or asks another host fails the test.
    """
    contexts = []
    complaints: list[str] = []

    def open_page(
        path: str = "/", *, width: int = 1024, height: int = 800, scheme: Any = "light", scripts: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", lambda request: request.url.startswith(site) or complaints.append(f"asks {request.url}"))
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], kind: str, text: str) -> None:
    """Keep what the browser complains about; a refused form (422) is an answer, not a fault."""
    if kind == "error" and "status of 4" not in text:
        complaints.append(text)


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """Return a function that lists what axe finds on a page, each with the elements it means."""
    axe = Axe()

    def violations(page: Page) -> list[str]:
        page.wait_for_load_state("load")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found = axe.run(page).response["violations"]
        return [f"{page.url} {rule['id']}: {[node['html'][:160] for node in rule['nodes']]}" for rule in found]

    return violations


@pytest.fixture
def is_reflowed() -> Callable[[Page], bool]:
    """Return a function that says whether a page fits its window without scrolling sideways."""
    return lambda page: bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.fixture
def every_type(make_question: Callable[..., Question[Any]]) -> dict[str, Question[Any]]:
    """Return one question of each type, by its name; the topic `africa` has the choice, `asia` the others."""
    common: dict[str, Any] = {
        "kind": "example",
        "topic": "asia",
        "explanation": "The almanac lists them in one table.",
        "citations": (Citation(source="almanac", paragraph=2, anchor="rivers in order", says="It lists rivers."),),
    }
    other = OtherSource(
        stance="contradicts", citation=Citation(source="almanac", paragraph=9, says="Another seat."), note="It differs."
    )
    return {
        "single_choice": make_question(other_sources=(other,)),
        "multiple_choice": MultipleChoice(
            id="m",
            stem="Which of these rivers flow through China?",
            options=(
                Option(text="Yangtze", correct=True, why="The Yangtze ends near Shanghai."),
                Option(text="Mekong", correct=True, why="The Mekong rises in Qinghai."),
                Option(text="Ganges", why="The Ganges flows through India."),
            ),
            **common,
        ),
        "true_false": TrueFalse(
            id="t",
            stem="True or false? The Indus ends in the Arabian Sea.",
            options=(Option(text="True", correct=True), Option(text="False", why="It does end there.")),
            **common,
        ),
        "numeric": Numeric(
            id="n", stem="How long is the Mekong?", value=4350, tolerance=150, unit="kilometres", **common
        ),
        "short_text": ShortText(
            id="s", stem="Which strait parts Malaysia from Sumatra?", accepted=("Malacca",), hint="One word.", **common
        ),
        "matching": Matching(
            id="ma",
            stem="Match each river with the sea that it reaches.",
            pairs=(("Indus", "Arabian Sea"), ("Ganges", "Bay of Bengal"), ("Amur", "Sea of Okhotsk")),
            extra=("Caspian Sea",),
            **common,
        ),
        "ordering": Ordering(
            id="o",
            stem="Put these rivers in order, from the shortest to the longest.",
            items=("Chao Phraya", "Ganges", "Mekong", "Yangtze"),
            first_label="shortest",
            last_label="longest",
            **common,
        ),
    }
