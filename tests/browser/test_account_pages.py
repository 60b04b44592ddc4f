"""Axe finds nothing on the pages about accounts, and they fit, in light and dark, on a phone and on a wide screen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Make = Callable[..., Any]
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1440)]


def enter(page: Page, name: str, password: str) -> None:
    """Sign in with the keyboard's own means."""
    page.goto("/signin")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Account of")).to_be_attached()


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_pages_about_accounts_have_no_violation(
    open_page: Callable[..., Page],
    violations: Callable[[Page], list[str]],
    is_reflowed: Callable[[Page], bool],
    make_person: Make,
    password: str,
    scheme: str,
    width: int,
) -> None:
    student, root = make_person("Amina"), make_person("Mr Root", role="administrator")
    page = open_page(scheme=scheme, width=width)
    enter(page, "Mr Root", password)
    found: list[str] = []

    for path in (
        "/me",
        "/me/password",
        "/me/delete",
        "/admin/people",
        f"/admin/people/{root.id}",
        f"/admin/people/{student.id}/delete",
        "/teach/students?q=ami",
    ):
        page.goto(path)
        found += violations(page)
        assert is_reflowed(page), path
    page.get_by_role("button", name="New link").click()
    expect(page.get_by_text("A link for Amina")).to_be_visible()

    assert [*found, *violations(page)] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_student_leaves_with_a_copy_and_nothing_is_left(
    open_page: Callable[..., Page], make_person: Make, password: str, scripts: bool
) -> None:
    make_person("Amina")
    page = open_page(scripts=scripts)
    enter(page, "Amina", password)

    page.goto("/me")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my data").click()
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_label("Your password", exact=True).fill(password)
    page.get_by_role("button", name="Delete for good").click()

    expect(page.get_by_text("Your data is deleted.")).to_be_visible()
    assert download.value.suggested_filename.startswith("my-data_")
    page.goto("/me")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
