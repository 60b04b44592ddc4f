"""What a student sees and does, page by page, without JavaScript."""

import datetime
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.core.citation import Citation
from quizapp.core.question import Option, Question, option_key
from quizapp.question_types.matching import Matching
from quizapp.question_types.multiple_choice import MultipleChoice
from quizapp.question_types.numeric import Numeric
from quizapp.question_types.ordering import Ordering
from quizapp.question_types.short_text import ShortText
from quizapp.question_types.true_false import TrueFalse
from quizapp.store.tables import Answer, Attempt, AttemptQuestion, Person

Make = Callable[..., Any]
COMMON: dict[str, Any] = {
    "kind": "example",
    "topic": "africa",
    "explanation": "So the lake tells us.",
    "citations": (Citation(source="atlas", paragraph=3, anchor="telltale anchor", says="A telltale passage."),),
}


def every_type() -> list[Question[Any]]:
    """Return one question of each type beside the single choice."""
    return [
        MultipleChoice(
            id="m",
            stem="Which border Kenya?",
            options=(Option(text="Uganda", correct=True), Option(text="Somalia", correct=True), Option(text="Rwanda")),
            **COMMON,
        ),
        TrueFalse(
            id="t",
            stem="True or false? Nairobi lies inland.",
            options=(Option(text="True", correct=True), Option(text="False")),
            **COMMON,
        ),
        Numeric(id="n", stem="In which year did Kenya become independent?", value=1963, tolerance=2, **COMMON),
        ShortText(id="s", stem="What is the capital of Kenya?", accepted=("Nairobi",), hint="One word.", **COMMON),
        Matching(id="ma", stem="Match.", pairs=(("Kenya", "Nairobi"), ("Uganda", "Kampala")), **COMMON),
        Ordering(id="o", stem="Order.", items=("Ghana", "Kenya", "Angola"), **COMMON),
    ]


def form_of(question: Question[Any], response: Any) -> dict[str, Any]:
    """Return the fields that a browser would post for a response."""
    match question:
        case Numeric():
            return {"number": str(response)}
        case ShortText():
            return {"text": response}
        case Matching():
            return {f"match-{row}": choice for row, choice in response.items()}
        case Ordering():
            return {f"place-{item}": str(place) for place, item in enumerate(response, start=1)}
    return {"choice": list(response) if isinstance(response, tuple) else response}


def parse(response: TestResponse) -> None:
    """Raise where the page is not valid HTML."""
    html5lib.HTMLParser(strict=True).parse(response.text)


@pytest.fixture
def begin(client: FlaskClient, publish: Make, bank: Any) -> Callable[[Question[Any]], str]:
    """Return a function that publishes one question, starts a quiz on it and returns the question's address."""

    def begin(question: Question[Any]) -> str:
        publish(question)
        started = client.post(f"/q/{question.topic}", data={"start_key": "k"})
        return client.get(started.location).location

    return begin


# Landing


def test_the_landing_page_asks_a_question_at_once(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question())

    page = client.get("/").text

    assert 'action="/today"' in page
    assert 'name="choice"' in page


def test_the_question_of_the_day_asks_for_no_name(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question())

    form = client.get("/").text.split('action="/today"')[1].split("</form>")[0]

    assert 'name="name"' not in form


def test_the_question_of_the_day_is_answered_without_an_account(
    client: FlaskClient, publish: Make, make_question: Make, session: Session
) -> None:
    publish(make_question())

    told = client.post("/today", data={"choice": option_key("capital-kenya", "Nairobi")}, follow_redirects=True)

    assert "Correct." in told.text
    assert session.scalar(select(func.count()).select_from(Answer)) == 1


def test_the_question_of_the_day_is_answered_once_a_day(
    client: FlaskClient, publish: Make, make_question: Make, session: Session
) -> None:
    publish(make_question())
    client.post("/today", data={"choice": option_key("capital-kenya", "Nairobi")})

    told = client.post("/today", data={"choice": option_key("capital-kenya", "Mombasa")}, follow_redirects=True)

    assert "Correct." in told.text
    assert session.scalar(select(func.count()).select_from(Answer)) == 1


def test_an_answered_question_of_the_day_is_not_asked_again(
    client: FlaskClient, publish: Make, make_question: Make
) -> None:
    publish(make_question())
    client.post("/today", data={"choice": option_key("capital-kenya", "Nairobi")})

    page = client.get("/").text

    assert 'action="/today"' not in page
    assert "See the answer and its source" in page


def test_an_empty_answer_of_the_day_says_so_and_makes_nobody(
    client: FlaskClient, publish: Make, make_question: Make, session: Session
) -> None:
    publish(make_question())

    refused = client.post("/today")

    assert refused.status_code == 422
    assert "Choose an answer." in refused.text
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_the_address_of_a_refused_answer_leads_to_the_question(client: FlaskClient) -> None:
    asked = client.get("/today")

    assert (asked.status_code, asked.location) == (303, "/")


def test_a_new_day_brings_a_new_attempt(
    make_app: Callable[..., Flask], publish: Make, make_question: Make, now: datetime.datetime
) -> None:
    publish(make_question())
    days = [now]
    client = make_app(CLOCK=lambda: days[-1]).test_client()
    client.post("/today", data={"choice": option_key("capital-kenya", "Nairobi")})

    days.append(now + datetime.timedelta(days=1))

    assert 'action="/today"' in client.get("/").text


def test_an_empty_bank_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert "No questions yet" in page.text


def test_a_bank_without_a_question_of_the_day_still_offers_quizzes(client: FlaskClient, publish: Make) -> None:
    publish(every_type()[2])

    page = client.get("/").text

    assert "No questions yet" not in page
    assert 'formaction="/q/africa"' in page


def test_topics_start_with_one_click(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question())

    page = client.get("/").text

    assert 'formaction="/q/africa"' in page
    assert "Your teacher sees this name" in page


# Starting


def test_a_quiz_starts_with_its_first_question(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question("q1"), make_question("q2"))

    page = client.post("/q/all", data={"start_key": "k"}, follow_redirects=True)

    assert "question 1 of 2" in page.text


def test_a_double_click_starts_one_attempt(
    client: FlaskClient, publish: Make, make_question: Make, session: Session
) -> None:
    publish(make_question())

    first = client.post("/q/all", data={"start_key": "k"})
    second = client.post("/q/all", data={"start_key": "k"})

    assert first.location == second.location


def test_another_topic_from_the_same_page_is_another_attempt(
    client: FlaskClient, publish: Make, make_question: Make
) -> None:
    publish(make_question("q1"), make_question("q2", topic="asia"))

    first = client.post("/q/africa", data={"start_key": "k"})
    second = client.post("/q/asia", data={"start_key": "k"})

    assert first.location != second.location


def test_the_name_is_what_the_teacher_sees(
    client: FlaskClient, publish: Make, make_question: Make, session: Session
) -> None:
    publish(make_question())

    client.post("/q/all", data={"start_key": "k", "name": "  Amina   K. "})

    assert session.scalars(select(Attempt.name)).one() == "Amina K."


def test_the_form_does_not_choose_the_questions(
    app: Flask, publish: Make, make_question: Make, session: Session
) -> None:
    publish(*(make_question(f"q{number}") for number in range(20)))

    for _ in range(2):
        app.test_client().post("/q/all", data={"start_key": "k"})

    drawn = select(AttemptQuestion.question_id).order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)
    questions = session.scalars(drawn).all()
    assert questions[:10] != questions[10:]


def test_an_unknown_topic_is_not_there(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question())

    assert client.get("/q/atlantis").status_code == 404
    assert client.post("/q/atlantis").status_code == 404


def test_a_quiz_that_was_begun_can_be_resumed(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(*(make_question(f"q{number}") for number in range(3)))
    client.post("/q/all", data={"start_key": "k"})

    assert "Resume (1 of 3)" in client.get("/").text
    assert "Resume (1 of 3)" in client.get("/q/all").text


def test_a_small_topic_says_how_many_questions_it_has(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(*(make_question(f"q{number}") for number in range(3)))

    assert "Start 3 questions" in client.get("/q/africa").text


# Answering


@pytest.mark.parametrize("question", every_type(), ids=lambda question: type(question).__name__)
def test_nothing_of_the_answer_is_told_before_it_is_stored(
    client: FlaskClient, begin: Make, question: Question[Any]
) -> None:
    page = client.get(begin(question)).text

    assert "telltale" not in page
    assert "So the lake tells us." not in page
    assert "atlas" not in page


@pytest.mark.parametrize("question", every_type(), ids=lambda question: type(question).__name__)
def test_the_rule_stands_beside_the_question(client: FlaskClient, begin: Make, question: Question[Any]) -> None:
    assert question.rule in client.get(begin(question)).text


@pytest.mark.parametrize("question", every_type(), ids=lambda question: type(question).__name__)
def test_every_type_can_be_answered(client: FlaskClient, begin: Make, question: Question[Any]) -> None:
    address = begin(question)

    told = client.post(address, data=form_of(question, question.solution()), follow_redirects=True)

    assert "Correct." in told.text
    assert "telltale anchor" in told.text


@pytest.mark.parametrize("question", every_type(), ids=lambda question: type(question).__name__)
def test_an_empty_form_is_told_and_stores_nothing(
    client: FlaskClient, begin: Make, question: Question[Any], session: Session
) -> None:
    refused = client.post(begin(question))

    assert refused.status_code == 422
    assert "Nothing was stored yet" in refused.text
    assert session.scalar(select(func.count()).select_from(Answer)) == 0


@pytest.mark.parametrize("question", every_type(), ids=lambda question: type(question).__name__)
def test_every_type_can_be_skipped(client: FlaskClient, begin: Make, question: Question[Any]) -> None:
    told = client.post(begin(question), data={"skip": "1"}, follow_redirects=True)

    assert "Skipped." in told.text
    assert "telltale anchor" in told.text


def test_what_was_entered_is_kept_beside_the_error(client: FlaskClient, begin: Make) -> None:
    refused = client.post(begin(every_type()[2]), data={"number": "nineteen"})

    assert 'value="nineteen"' in refused.text


def test_nothing_is_preselected(client: FlaskClient, begin: Make, make_question: Make) -> None:
    page = client.get(begin(make_question())).text

    assert " checked" not in page.split("data-question")[1].split("</form>")[0]


def test_an_answer_is_followed_by_a_redirect_to_the_same_address(
    client: FlaskClient, begin: Make, make_question: Make
) -> None:
    address = begin(make_question())

    answered = client.post(address, data={"choice": option_key("capital-kenya", "Mombasa")})

    assert (answered.status_code, answered.location) == (303, address)


def test_the_first_answer_counts(client: FlaskClient, begin: Make, make_question: Make) -> None:
    address = begin(make_question())
    client.post(address, data={"choice": option_key("capital-kenya", "Mombasa")})

    told = client.post(address, data={"choice": option_key("capital-kenya", "Nairobi")}, follow_redirects=True)

    assert "Not this one. The answer is Nairobi." in told.text


def test_a_wrong_option_is_told_what_it_is_true_of(client: FlaskClient, begin: Make, make_question: Make) -> None:
    told = client.post(
        begin(make_question()), data={"choice": option_key("capital-kenya", "Mombasa")}, follow_redirects=True
    )

    assert "Mombasa is the main port." in told.text
    assert "Kampala is the capital of Uganda." not in told.text


def test_the_citation_links_to_its_words(client: FlaskClient, begin: Make, make_question: Make) -> None:
    told = client.post(begin(make_question()), data={"skip": "1"}, follow_redirects=True)

    assert 'href="https://atlas.example/kenya#:~:text=capital%20Nairobi"' in told.text
    assert "Only one source so far." in told.text


def test_options_keep_their_order_from_question_to_feedback(
    client: FlaskClient, begin: Make, make_question: Make
) -> None:
    address = begin(make_question())
    texts = ["Nairobi", "Mombasa", "Kampala"]
    asked = client.get(address).text
    before = sorted(texts, key=lambda text: asked.index(f'choice__text">{text}'))

    told = client.post(address, data={"skip": "1"}, follow_redirects=True).text

    assert sorted(texts, key=lambda text: told.index(f'recap__text">{text}')) == before


def test_a_later_question_waits_for_the_earlier_ones(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question("q1"), make_question("q2"))
    first = client.get(client.post("/q/all", data={"start_key": "k"}).location).location

    assert client.get(first[:-1] + "2").location == first
    assert client.post(first[:-1] + "2", data={"skip": "1"}).location == first


def test_an_attempt_outlives_the_server(make_app: Make, publish: Make, make_question: Make) -> None:
    publish(make_question("q1"), make_question("q2"))
    before, after = make_app().test_client(), make_app().test_client()
    attempt = before.post("/q/all", data={"start_key": "k"}).location
    before.post(f"{attempt}/1", data={"skip": "1"})
    cookie = before.get_cookie("dateline")
    after.set_cookie("dateline", cookie.value if cookie else "")

    assert after.get(attempt).location == f"{attempt}/2"


@pytest.mark.parametrize("n", ["0", "2", "-1", "one", str(2**31), str(2**63), "9" * 5000])
def test_a_question_that_the_attempt_does_not_have_is_not_there(
    client: FlaskClient, begin: Make, make_question: Make, n: str
) -> None:
    address = begin(make_question())[:-1] + n

    assert (client.get(address).status_code, client.post(address, data={"skip": "1"}).status_code) == (404, 404)


def test_somebody_elses_attempt_is_not_there(app: Flask, begin: Make, make_question: Make) -> None:
    address = begin(make_question())
    stranger = app.test_client()
    stranger.post("/today", data={"choice": option_key("capital-kenya", "Nairobi")})

    assert stranger.get(address).status_code == 404
    assert stranger.post(address, data={"skip": "1"}).status_code == 404


# Results


def test_the_results_list_every_question_with_its_answer_and_source(
    client: FlaskClient, begin: Make, make_question: Make
) -> None:
    address = begin(make_question())
    client.post(address, data={"choice": option_key("capital-kenya", "Mombasa")})

    page = client.get(address[:-1] + "done").text

    assert "0 of 1" in page
    assert "1 not right" in page
    assert "Mombasa" in page
    assert "Nairobi" in page
    assert "capital Nairobi" in page
    assert "Africa" in page


def test_results_before_the_end_tell_nothing_of_open_questions(client: FlaskClient, begin: Make) -> None:
    address = begin(every_type()[3])

    page = client.get(address[:-1] + "done").text

    assert "not answered yet" in page
    assert "Nairobi" not in page
    assert "telltale" not in page


def test_results_before_the_end_do_not_look_ahead(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question("q1"), make_question("q2", topic="asia"))
    address = client.get(client.post("/q/all", data={"start_key": "k"}).location).location
    client.post(address, data={"skip": "1"})

    page = client.get(address[:-1] + "done").text

    assert page.count("Which city is the capital of Kenya") == 1
    assert "weakest" not in page


@pytest.mark.parametrize(
    ("question", "given", "right"),
    [(every_type()[2], 1962, "1963"), (every_type()[3], "nairobi", "Nairobi")],
    ids=["within the margin", "another spelling"],
)
def test_the_results_repeat_an_accepted_answer_as_it_was_given(
    client: FlaskClient, begin: Make, question: Question[Any], given: Any, right: str
) -> None:
    address = begin(question)
    client.post(address, data=form_of(question, given))

    page = client.get(address[:-1] + "done").text

    assert f"<dt>Your answer</dt><dd>{given}</dd>" in page
    assert f"<dt>Right answer</dt><dd><strong>{right}</strong></dd>" in page


def test_the_results_say_whose_they_are(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question())
    started = client.post("/q/all", data={"start_key": "k", "name": "Amina K."})

    page = client.get(started.location + "/done").text

    assert "Amina K., 23 November 2025" in page


def test_the_results_name_each_paragraph_once(client: FlaskClient, begin: Make, make_question: Make) -> None:
    cited = [("capital Nairobi", 3), ("capital Nairobi", 3), ("seat of government", 3), ("on the railway", 7)]
    citations = tuple(Citation(source="atlas", paragraph=number, anchor=anchor) for anchor, number in cited)
    address = begin(make_question(citations=citations))
    client.post(address, data={"skip": "1"})

    page = client.get(address[:-1] + "done").text

    assert (page.count("paragraph 3"), page.count("paragraph 7"), page.count("“capital Nairobi”")) == (1, 1, 1)


def test_after_the_last_answer_the_attempt_leads_to_its_results(
    client: FlaskClient, begin: Make, make_question: Make
) -> None:
    address = begin(make_question())
    client.post(address, data={"skip": "1"})

    assert client.get(address.rsplit("/", 1)[0]).location == address[:-1] + "done"


# Frame


def test_the_theme_is_rendered_by_the_server(client: FlaskClient) -> None:
    chosen = client.post("/theme", data={"theme": "dark", "next": "/about"})

    assert (chosen.status_code, chosen.location) == (303, "/about")
    assert '<html lang="en" data-theme="dark">' in client.get("/").text


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "evil"])
def test_choosing_a_theme_leads_to_no_other_site(client: FlaskClient, address: str) -> None:
    assert client.post("/theme", data={"theme": "dark", "next": address}).location == "/"


def test_an_unknown_theme_is_the_systems(client: FlaskClient) -> None:
    client.post("/theme", data={"theme": '"><script>'})

    assert "data-theme" not in client.get("/").text


def test_the_about_page_states_its_policies(client: FlaskClient) -> None:
    page = client.get("/about").text

    assert all(f'id="{part}"' in page for part in ("sources", "accessibility", "privacy"))


def test_pages_are_valid_html(client: FlaskClient, publish: Make, make_question: Make) -> None:
    publish(make_question())

    for address in ("/", "/q/all", "/about", "/nowhere"):
        parse(client.get(address))


@pytest.mark.parametrize("question", every_type(), ids=lambda question: type(question).__name__)
def test_attempt_pages_are_valid_html(client: FlaskClient, begin: Make, question: Question[Any]) -> None:
    address = begin(question)

    parse(client.get(address))
    parse(client.post(address))
    parse(client.post(address, data=form_of(question, question.solution()), follow_redirects=True))
    parse(client.get(address[:-1] + "done"))


def test_no_page_has_an_inline_script_or_style(client: FlaskClient, begin: Make, make_question: Make) -> None:
    address = begin(make_question())

    for page in (client.get("/").text, client.get(address).text, client.get(address[:-1] + "done").text):
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
