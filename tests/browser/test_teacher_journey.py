"""A first teacher opens the set-up link, adds a question, a student answers it, and the scores are downloaded."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from quizapp.core.question import Question
from quizapp.formats.answers_csv import read_answers
from quizapp.formats.scores_csv import read_scores
from quizapp.store import links

Make = Callable[..., Any]
Open = Callable[..., Page]
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1440)]
PASTE = """text => {
  const field = document.activeElement;
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def set_up_link(session: Session) -> str:
    """Return the path of the link that makes the first teacher."""
    token = links.setup_link(session, datetime.datetime.now(datetime.UTC))
    session.commit()
    return f"/setup/{token}"


@pytest.fixture
def open_desk(open_page: Open, set_up_link: str) -> Open:
    """Return a function that opens the desk of a new teacher."""

    def open_desk(**window: Any) -> Page:
        page = open_page(set_up_link, **window)
        page.get_by_label("User name").fill("Ms Ono")
        page.get_by_label("Password").fill("several words in a row")
        page.get_by_role("button", name="Make the account").click()
        expect(page.locator("h1")).to_have_text("Your desk")
        return page

    return open_desk


def choose_kind(page: Page, label: str) -> None:
    """Choose a kind of question by its words."""
    page.locator(".kinds__choice", has_text=label).click()


def write_question(page: Page, *, stem: str) -> None:
    """Fill the editor with a whole single choice; its first option is right."""
    page.get_by_label("Question", exact=True).fill(stem)
    for number, text in enumerate(["Tanga", "Lamu", "Beira"], start=1):
        page.get_by_label(f"Option {number}", exact=True).fill(text)
    page.get_by_label("Option 1 is right").check()
    page.get_by_label("What option 2 is true of").fill("Lamu is an old town on an island.")
    page.get_by_label("Title").fill("A harbour reopens")
    page.get_by_label("Outlet").fill("The Coast Paper")
    page.get_by_label("Date", exact=True).fill("2024-05-06")
    page.get_by_label("Topic").select_option("Africa")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_new_teachers_question_is_answered_and_its_score_downloaded(
    open_page: Open, open_desk: Open, publish: Make, every_type: dict[str, Question[Any]], tmp_path: Path, scripts: bool
) -> None:
    publish(every_type["numeric"])
    teacher = open_desk(scripts=scripts)
    teacher.get_by_role("link", name="Add a question").first.click()
    write_question(teacher, stem="Which harbour was dredged?")
    teacher.get_by_role("button", name="Publish", exact=True).click()
    expect(teacher.locator(".notice--right")).to_contain_text("Published.")

    student = open_page("/q/africa", scripts=scripts)
    student.get_by_label("Your name").fill("Vučić =1+1")
    student.get_by_role("button", name="Start").click()
    student.get_by_text("Tanga").click()
    student.get_by_role("button", name="Check").click()
    expect(student.locator("#verdict")).to_contain_text("Correct.")
    expect(student.get_by_text("Question added by Ms Ono.")).to_be_visible()

    teacher.goto("/teach/scores")
    expect(teacher.get_by_role("row", name="Vučić =1+1")).to_contain_text("100")
    files = []
    for label in ("Scores, one row per attempt", "Answers, one row per answer"):
        with teacher.expect_download() as download:
            teacher.get_by_role("button", name=label).click()
        files.append(tmp_path / label)
        download.value.save_as(files[-1])
    scores, answers = read_scores(files[0].read_bytes()), read_answers(files[1].read_bytes())
    assert [(row.name, row.score, row.max, row.percent) for row in scores] == [("Vučić =1+1", 1, 1, 100)]
    assert [(row.stem, row.response, row.source_label) for row in answers] == [
        ("Which harbour was dredged?", "Tanga", "“A harbour reopens” (The Coast Paper)")
    ]


def test_the_preview_follows_the_typing(open_desk: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_desk(width=1440)
    page.goto("/teach/questions/new")

    write_question(page, stem="Which harbour was dredged?")
    page.locator(".tabs__tab", has_text="After another").click()

    sheet = page.locator(".sheet")
    expect(sheet).to_contain_text("Not this one. The answer is Tanga.")
    expect(sheet).to_contain_text("Lamu is an old town on an island.")
    page.get_by_label("What option 2 is true of").fill("Lamu has no deep harbour.")
    expect(sheet).to_contain_text("Lamu has no deep harbour.")


def test_rows_fill_from_pasted_lines_and_enter_goes_on(open_desk: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_desk()
    page.goto("/teach/questions/new")
    page.get_by_label("Option 1", exact=True).focus()

    page.evaluate(PASTE, "Nile\n* Okavango\nCongo\nZambezi\nLimpopo")
    page.get_by_label("Option 5", exact=True).press("Enter")
    page.keyboard.type("Orange")

    assert page.locator("[data-kinds*=who_said_it] [data-row]").count() == 6
    expect(page.get_by_label("Option 2 is right")).to_be_checked()
    expect(page.get_by_label("Option 6", exact=True)).to_have_value("Orange")
    expect(page).to_have_url(page.url)


def test_changing_the_kind_shows_its_fields_and_keeps_the_marks(
    open_desk: Open, publish: Make, every_type: Any
) -> None:
    publish(every_type["single_choice"])
    page = open_desk()
    page.goto("/teach/questions/new")
    page.get_by_label("Option 2 is right").check()

    choose_kind(page, "Number")
    expect(page.get_by_label("Right number")).to_be_visible()
    expect(page.get_by_label("Option 1", exact=True)).to_be_hidden()
    choose_kind(page, "Several right options")

    expect(page.get_by_label("Option 2 is right")).to_be_checked()
    assert page.get_by_label("Option 2 is right").get_attribute("type") == "checkbox"


def test_control_and_enter_publish_and_begin_another(open_desk: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_desk()
    page.goto("/teach/questions/new")
    write_question(page, stem="Which harbour was dredged?")

    page.get_by_label("Title").press("Control+Enter")

    expect(page.locator(".notice--right")).to_contain_text("Published.")
    expect(page.get_by_label("Question", exact=True)).to_be_focused()
    expect(page.get_by_label("Topic")).to_have_value("africa")


def test_what_was_typed_survives_a_reload_until_it_is_published(
    open_desk: Open, publish: Make, every_type: Any
) -> None:
    publish(every_type["single_choice"])
    page = open_desk()
    page.goto("/teach/questions/new")
    write_question(page, stem="Which harbour was dredged?")
    choose_kind(page, "Several right options")
    page.get_by_label("Option 3 is right").check()
    page.get_by_role("button", name="Add an option").click()
    page.get_by_label("Option 5", exact=True).fill("Mombasa")

    page.reload()
    page.get_by_role("button", name="Take it up again").click()

    expect(page.get_by_label("Option 5", exact=True)).to_have_value("Mombasa")
    expect(page.get_by_label("Option 1 is right")).to_be_checked()
    expect(page.get_by_label("Option 3 is right")).to_be_checked()
    expect(page.locator(".sheet")).to_contain_text("Choose all that apply.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".notice--right")).to_contain_text("Published.")
    page.wait_for_load_state("load")
    page.goto("/teach/questions/new")
    expect(page.get_by_role("button", name="Take it up again")).to_have_count(0)


def test_a_draft_is_gone_with_its_author(open_desk: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_desk()
    page.goto("/teach/questions/new")
    page.get_by_label("Question", exact=True).fill("Which harbour was dredged?")

    page.goto("/teach")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".notice")).to_contain_text("You are signed out.")

    assert page.evaluate("sessionStorage.length") == 0


def test_a_double_click_makes_one_account_and_shows_its_link(open_desk: Open, publish: Make, every_type: Any) -> None:
    publish(every_type["single_choice"])
    page = open_desk()
    page.goto("/admin/people")
    page.locator(".columns__aside").get_by_label("User name").fill("Mr Ali")

    button = page.get_by_role("button", name="Make the account")
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)

    button.evaluate("button => { button.click(); setTimeout(() => button.click(), 3); }")

    expect(page.locator(".notice__title")).to_have_text("A link for Mr Ali")
    assert len(posts) == 1


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_teachers_pages_have_no_violation_and_fit(
    open_desk: Open,
    violations: Callable[[Page], list[str]],
    is_reflowed: Callable[[Page], bool],
    publish: Make,
    every_type: dict[str, Question[Any]],
    scheme: str,
    width: int,
) -> None:
    publish(*every_type.values())
    page = open_desk(scheme=scheme, width=width)
    found = violations(page)
    page.goto("/teach/questions/new")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".error-summary")).to_be_focused()
    found += violations(page)
    for label in ("Number", "Matching", "Ordering", "True or false", "Short answer", "Who said it"):
        choose_kind(page, label)
        found += violations(page)
    for address in ("/teach/questions", "/teach/questions/capital-kenya", "/teach/scores", "/admin/people"):
        page.goto(address)
        found += violations(page) + ([] if is_reflowed(page) else [f"{address} is too wide"])
    page.locator("main table a").first.click()
    found += violations(page)
    page.get_by_role("button", name="New link").click()
    expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
    found += violations(page)

    assert found == []


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_account_pages_have_no_violation(
    open_page: Open, violations: Callable[[Page], list[str]], set_up_link: str, scheme: str, width: int
) -> None:
    page = open_page(set_up_link, scheme=scheme, width=width)
    found = violations(page)
    for address in ("/signin", "/signup"):
        page.goto(address)
        found += violations(page)
        page.locator("main .actions button").click()
        expect(page.locator(".error-summary")).to_be_focused()
        found += violations(page)

    assert found == []
