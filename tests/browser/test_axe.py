"""Axe finds nothing on the student's pages, in light and dark, on a phone and on a wide screen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quizapp.core.question import Question

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1440)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_outside_a_quiz_have_no_violation(
    open_page: Callable[..., Page],
    violations: Callable[[Page], list[str]],
    publish: Callable[..., Any],
    every_type: dict[str, Question[Any]],
    scheme: str,
    width: int,
) -> None:
    publish(*every_type.values())
    page = open_page(scheme=scheme, width=width)
    found = violations(page)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".error-summary")).to_be_visible()
    found += violations(page)
    page.locator(".choice").first.click()
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#verdict")).to_be_visible()

    for path in ("/", "/q/all", "/about", "/nowhere"):
        page.goto(path)
        found += violations(page)

    assert found == []


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_pages_of_a_quiz_have_no_violation(
    open_page: Callable[..., Page],
    violations: Callable[[Page], list[str]],
    publish: Callable[..., Any],
    every_type: dict[str, Question[Any]],
    scheme: str,
    width: int,
) -> None:
    publish(*every_type.values())
    page = open_page("/q/all", scheme=scheme, width=width)
    page.get_by_role("button", name="Start").click()
    found: list[str] = []

    for _ in every_type:
        page.get_by_role("button", name="Check").click()
        expect(page.locator(".error-summary")).to_be_visible()
        found += violations(page)
        page.get_by_role("button", name="Skip").click()
        expect(page.locator("#verdict")).to_be_visible()
        found += violations(page)
        page.locator("[data-next]").click()
        expect(page.locator("#verdict")).to_have_count(0)

    expect(page.locator(".results")).to_be_visible()
    assert [*found, *violations(page)] == []


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_an_empty_bank_has_no_violation(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], scheme: str, width: int
) -> None:
    assert violations(open_page(scheme=scheme, width=width)) == []
