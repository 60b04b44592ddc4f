"""Sixteen equal requests at once leave what one leaves, again and again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.core.question import option_key
from quizapp.store.tables import Answer

Make = Callable[..., Any]
AT_ONCE = 16
ROUNDS = 40

pytestmark = pytest.mark.faults


def post_at_once(browsers: list[FlaskClient], address: str, form: dict[str, str]) -> list[int]:
    """Send one form from several browsers at the same moment and return the statuses."""
    barrier = Barrier(len(browsers))

    def send(browser: FlaskClient) -> int:
        barrier.wait()
        return browser.post(address, data=form).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(send, browsers))


def test_an_answer_sent_sixteen_times_is_kept_once(
    app: Flask, session: Session, publish: Make, make_question: Make, make_person: Make, sign_in: Make
) -> None:
    publish(make_question())
    person = make_person("Ana")
    browsers = [sign_in(app.test_client(), person) for _ in range(AT_ONCE)]
    form = {"choice": option_key("capital-kenya", "Nairobi")}

    for number in range(ROUNDS):
        started = browsers[0].post("/q/all", data={"start_key": f"round {number}"})
        assert set(post_at_once(browsers, f"{started.location}/1", form)) == {303}

    assert session.scalar(select(func.count()).select_from(Answer)) == ROUNDS
    assert session.scalar(select(func.sum(Answer.fraction))) == ROUNDS
