"""A student takes a quiz in Chromium: with and without scripts, by keyboard, twice at once."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.core.question import Question
from quizapp.store.tables import Answer, Attempt

Make = Callable[..., Any]
Open = Callable[..., Page]


def answer(page: Page, questions: dict[str, Question[Any]]) -> None:
    """Answer the question on the page rightly, by pointer, and wait for its feedback."""
    stem = page.locator("h1").inner_text()
    question = next(question for question in questions.values() if question.stem == stem)
    solution: Any = question.solution()
    match solution:
        case float():
            page.get_by_label("Your number").fill("4350")
        case dict():
            for row, choice in solution.items():
                page.locator(f"[name=match-{row}]").select_option(choice)
        case tuple() if page.locator("[data-order]").count():
            for place, item in enumerate(solution, start=1):
                page.locator(f"[name=place-{item}]").fill(str(place))
        case tuple():
            for key in solution:
                page.locator(f"[value='{key}']").check()
        case str() if page.locator("[name=text]").count():
            page.locator("[name=text]").fill(solution)
        case _:
            page.locator(f"[value='{solution}']").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#verdict")).to_contain_text("Correct.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_student_without_an_account_takes_a_whole_quiz(
    open_page: Open, publish: Make, every_type: dict[str, Question[Any]], scripts: bool
) -> None:
    publish(*every_type.values())
    page = open_page(scripts=scripts)
    answer(page, every_type)
    page.get_by_role("link", name="Start a quiz").click()
    page.get_by_label("Your name").fill("Amina")
    page.get_by_role("button", name="on all topics").click()

    for number in range(1, len(every_type) + 1):
        expect(page.get_by_text(f"question {number} of 7")).to_be_visible()
        answer(page, every_type)
        page.get_by_role("link", name="See the results" if number == 7 else "Next").click()

    expect(page.locator("h1")).to_contain_text("7 of 7")
    assert page.locator(".results > li").count() == 7


def test_what_needs_scripts_is_not_shown_without_them(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_page("/q/africa", scripts=False)
    page.get_by_role("button", name="Start").click()

    expect(page.locator(".shortcuts-open")).to_have_count(0)
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("link", name="See the results").click()
    expect(page.locator("[data-print]")).to_be_hidden()


def test_a_quiz_can_be_taken_by_keyboard_alone(open_page: Open, publish: Make, every_type: Any, site: str) -> None:
    publish(every_type["single_choice"])
    page = open_page()

    page.keyboard.press("2")
    expect(page.locator(".choice__input").nth(1)).to_be_checked()
    page.keyboard.press("Enter")

    expect(page.locator("#verdict")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/#start")


def test_an_empty_check_moves_to_the_error(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_page()

    page.get_by_role("button", name="Check").click()

    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Choose an answer.").click()
    expect(page.locator("#answer")).to_be_focused()


def test_shortcuts_are_listed_and_can_be_switched_off(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_page()

    page.keyboard.press("?")
    page.get_by_label("Use single keys as shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("1")

    expect(page.locator(".choice__input").first).not_to_be_checked()
    page.get_by_role("button", name="Shortcuts").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_escape_goes_to_leave_and_leaves_nothing(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["true_false"])
    page = open_page("/q/asia")
    page.get_by_role("button", name="Start").click()
    address = page.url
    expect(page.locator(".shortcuts-open")).to_be_visible()

    page.locator("h1").click()
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Leave")).to_be_focused()
    expect(page).to_have_url(address)


def test_keys_in_a_text_field_are_text(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["short_text"])
    page = open_page("/q/asia")
    page.get_by_role("button", name="Start").click()

    page.get_by_label("Your answer").press_sequentially("1?2")

    expect(page.get_by_label("Your answer")).to_have_value("1?2")
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_items_move_by_arrows_without_dragging(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["ordering"])
    page = open_page("/q/asia")
    page.get_by_role("button", name="Start").click()
    last = page.locator("[data-order-item]").last.locator("label").inner_text()

    for _ in range(3):
        page.get_by_role("button", name=f"Move {last} up").click()

    expect(page.locator("[data-order-item] label").first).to_have_text(last)
    assert [field.input_value() for field in page.locator("[data-order-item] input").all()] == ["1", "2", "3", "4"]


def test_a_double_click_on_check_keeps_one_answer(
    open_page: Open, publish: Make, every_type: Any, session: Session
) -> None:
    publish(every_type["single_choice"])
    page = open_page(scripts=False)
    page.locator(".choice").first.click()

    page.get_by_role("button", name="Check").dblclick()

    expect(page.locator("#verdict")).to_be_visible()
    assert session.scalar(select(func.count()).select_from(Answer)) == 1
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_a_second_tab_shows_what_the_first_one_answered(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["true_false"])
    first = open_page("/q/asia")
    first.get_by_role("button", name="Start").click()
    second = first.context.new_page()
    second.goto(first.url)
    first.locator(".choice").first.click()
    first.get_by_role("button", name="Check").click()
    told = first.locator("#verdict").text_content() or ""

    second.locator(".choice").last.click()
    second.get_by_role("button", name="Check").click()

    expect(second.locator("#verdict")).to_have_text(told)


def test_back_shows_the_feedback_and_not_the_question(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["true_false"], every_type["numeric"])
    page = open_page("/q/asia")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("button", name="Check")).to_be_visible()

    page.go_back()

    expect(page.locator("#verdict")).to_contain_text("Skipped.")


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_is_wider_than_a_phone(
    open_page: Open, publish: Make, every_type: dict[str, Question[Any]], is_reflowed: Any, width: int
) -> None:
    publish(*every_type.values())
    page = open_page(width=width)
    assert is_reflowed(page)
    page.get_by_role("button", name="on all topics").click()

    for number in range(1, len(every_type) + 1):
        expect(page.get_by_text(f"question {number} of 7")).to_be_visible()
        assert is_reflowed(page)
        page.get_by_role("button", name="Skip").click()
        expect(page.locator("#verdict")).to_be_visible()
        assert is_reflowed(page)
        page.locator("[data-next]").click()

    expect(page.locator(".results")).to_be_visible()
    assert is_reflowed(page)


def test_the_theme_stays_chosen(open_page: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_page("/about")

    page.get_by_role("button", name="Dark").click()

    expect(page).to_have_url(page.url)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
