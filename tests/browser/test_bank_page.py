"""The page about the bank in the browser: no violation, no scrolling sideways, in light and dark."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from quizapp.bank.build import build
from quizapp.bank.report import measure, to_json
from quizapp.core.bank import Bank
from quizapp.store import publication

TREATY = Path(__file__).resolve().parent.parent / "generate" / "treaty"


@pytest.mark.parametrize(
    ("scheme", "width"), [(scheme, width) for scheme in ("light", "dark") for width in (360, 1440)]
)
def test_the_page_about_the_bank_has_no_violation_and_fits(
    session: Session,
    bank: Bank,
    now: datetime.datetime,
    open_page: Callable[..., Page],
    violations: Callable[[Page], list[str]],
    is_reflowed: Callable[[Page], bool],
    scheme: str,
    width: int,
) -> None:
    publication.publish(session, bank, [], "d1", now, report=to_json(measure(build(TREATY))))
    session.commit()
    page = open_page("/about/bank", scheme=scheme, width=width)

    page.locator("summary", has_text="The same as a table").first.click()

    assert violations(page) == []
    assert is_reflowed(page)
