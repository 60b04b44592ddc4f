"""The teacher's questions: found, added, previewed, revised, archived, tried; by those who may."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.drafts.draft import KINDS
from quizapp.store import questions
from quizapp.store.tables import Attempt, QuestionRevision, QuestionRow, SourceRow

Make = Callable[..., Any]
OWN = "own-0123456789abcdef"
SHARED = {
    "do": "publish",
    "question_id": OWN,
    "stem": "Which harbour was dredged?",
    "topic": "africa",
    "source": "atlas",
    "explanation": "The quay was closed for a year.",
}
OPTIONS = {
    "options-0-text": "Tanga",
    "options-1-text": "Lamu",
    "options-1-why": "Lamu is an old town on an island.",
    "options-2-text": "Beira",
    "options-3-text": "",
    "right": "0",
}
KEYS: dict[str, dict[str, Any]] = {
    "single_choice": OPTIONS,
    "multiple_choice": {**OPTIONS, "right": ["0", "2"]},
    "true_false": {"is_true": "false"},
    "numeric": {"number": "12", "unit": "metres", "tolerance": "1"},
    "short_text": {"accepted": "Tanga\nPort of Tanga"},
    "matching": {
        "pairs-0-left": "Kenya",
        "pairs-0-right": "Mombasa",
        "pairs-1-left": "Tanzania",
        "pairs-1-right": "Tanga",
    },
    "ordering": {"items": "survey\ndredging\nopening"},
    "who_said_it": {**OPTIONS, "words": "the quay is ready", "stem": ""},
}
NEW_SOURCE = {
    "source": "",
    "source_title": "A harbour reopens",
    "outlet": "The Coast Paper",
    "dated_on": "2024-05-06",
    "url": "https://coast.example/harbour",
}


def form_of(kind: str = "single_choice", /, **changes: Any) -> dict[str, Any]:
    """Return what the editor sends for a whole question; a test names what differs."""
    return {**SHARED, "kind": kind, **KEYS[kind], **changes}


@pytest.fixture
def open_as(app: Flask, make_person: Make, sign_in: Make, publish: Make, make_question: Make) -> Make:
    """Return a function that opens a browser of a new person of some role, beside a bank of one question."""
    publish(make_question("bank-question"))
    return lambda name, role="teacher": sign_in(app.test_client(), make_person(name, role=role))


@pytest.fixture
def teacher(open_as: Make) -> FlaskClient:
    """Return a teacher's browser."""
    return open_as("Ms Ono")


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_joins_the_pool_at_once(teacher: FlaskClient, session: Session, kind: str) -> None:
    answer = teacher.post("/teach/questions/new", data=form_of(kind))

    row = session.get_one(QuestionRow, OWN)
    assert (answer.status_code, answer.location) == (303, f"/teach/questions/{OWN}")
    assert (row.kind, row.origin, row.topic_id, row.revision) == (kind, "teacher", "africa", 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_editor_shows_what_was_published(teacher: FlaskClient, session: Session, kind: str) -> None:
    teacher.post("/teach/questions/new", data=form_of(kind))
    page = teacher.get(f"/teach/questions/{OWN}").text

    again = teacher.post(f"/teach/questions/{OWN}", data={**fields_in(page), "do": "publish"})

    assert again.status_code == 303
    assert session.get_one(QuestionRow, OWN).revision == 1


def fields_in(page: str) -> dict[str, Any]:
    """Return the fields of the editor's form as a browser would send them."""
    form = page[
        page.index('<form class="editor__form"') : page.index("</form>", page.index('<form class="editor__form"'))
    ]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        fields.setdefault(attributes["name"], []).append(attributes.get("value", "y"))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form):
        fields[name] = text.removeprefix("\r\n").removeprefix("\n")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = re.findall(r'value="([^"]*)" selected', options)
    return fields


def test_sending_the_form_twice_adds_one_question(teacher: FlaskClient, session: Session) -> None:
    teacher.post("/teach/questions/new", data=form_of(**NEW_SOURCE))
    teacher.post("/teach/questions/new", data=form_of(**NEW_SOURCE))

    assert session.scalar(select(func.count()).select_from(QuestionRow).where(QuestionRow.origin == "teacher")) == 1
    assert session.scalar(select(func.count()).select_from(SourceRow).where(SourceRow.origin == "teacher")) == 1


def test_another_question_from_the_same_form_is_a_question_of_its_own(teacher: FlaskClient, session: Session) -> None:
    teacher.post("/teach/questions/new", data=form_of(**NEW_SOURCE))

    answer = teacher.post(
        "/teach/questions/new", data=form_of(**{**NEW_SOURCE, "outlet": "The Hill Paper"}, stem="Which quay?")
    )

    assert answer.location != f"/teach/questions/{OWN}"
    assert "Which quay?" in teacher.get(answer.location).text
    assert "(The Hill Paper)" in teacher.get(answer.location).text
    assert session.get_one(QuestionRow, OWN).stem == "Which harbour was dredged?"


def test_nobody_takes_the_id_of_a_colleagues_question(teacher: FlaskClient, open_as: Make, session: Session) -> None:
    teacher.post("/teach/questions/new", data=form_of())

    answer = open_as("Mr Ali").post("/teach/questions/new", data=form_of())

    assert answer.location != f"/teach/questions/{OWN}"
    assert session.scalar(select(func.count()).select_from(QuestionRow).where(QuestionRow.origin == "teacher")) == 2


def test_a_described_source_is_cited_and_can_be_chosen_next_time(teacher: FlaskClient) -> None:
    teacher.post("/teach/questions/new", data=form_of(**NEW_SOURCE))

    assert "“A harbour reopens” (The Coast Paper)" in teacher.get("/teach/questions/new").text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"right": []}, "Mark what is right."),
        ({"source": ""}, "Choose a source, or describe a new one: every answer cites one."),
        ({"source": "no-such-source"}, "Choose a source, or describe a new one: every answer cites one."),
        ({**NEW_SOURCE, "outlet": ""}, "Name the outlet or the author, so that readers know who speaks."),
        ({**NEW_SOURCE, "source": "atlas"}, "Choose a source or describe a new one, not both. Empty one of the two."),
        ({"topic": "no-such-topic"}, "Choose the topic whose quizzes this question joins."),
        ({"stem": ""}, "Type the question."),
        ({"stem": "x" * 601}, "Keep this under 600 characters."),
        ({"options-1-text": "x" * 301}, "Keep this under 300 characters."),
        ({"kind": "essay"}, "Choose one of the kinds of question."),
    ],
)
def test_what_blocks_is_said_above_and_at_its_field_and_nothing_is_lost(
    teacher: FlaskClient, session: Session, changes: dict[str, Any], message: str
) -> None:
    answer = teacher.post("/teach/questions/new", data=form_of(**changes))

    assert answer.status_code == 422
    assert answer.text.count(message) >= 2
    assert "Lamu is an old town on an island." in answer.text
    assert session.get(QuestionRow, OWN) is None


def test_advice_keeps_nothing_from_being_published(teacher: FlaskClient) -> None:
    flawed = form_of(**{"options-0-text": "Tanga, which is by far the longest and the most careful of all options"})

    preview = teacher.post("/teach/questions/preview", data=flawed)
    answer = teacher.post("/teach/questions/new", data=flawed)

    assert "longer" in preview.text
    assert answer.status_code == 303


def test_the_preview_is_what_a_student_sees(teacher: FlaskClient) -> None:
    page = teacher.post("/teach/questions/preview", data=form_of()).text

    before, after = page.split('<div class="sheet__view sheet__view--right">')
    assert "Which harbour was dredged?" in before
    assert "The quay was closed for a year." not in before
    assert "Correct." in after
    assert "Lamu is an old town on an island." in after
    assert "Question added by Ms Ono." in after


def test_a_half_written_question_can_be_previewed(teacher: FlaskClient) -> None:
    answer = teacher.post(
        "/teach/questions/preview", data={"kind": "matching", "stem": "Match them", "pairs-0-left": "A"}
    )

    assert answer.status_code == 200
    assert "Match them" in answer.text
    assert "Write at least two pairs." in answer.text


@pytest.mark.parametrize(
    ("kind", "field"),
    [("ordering", "items"), ("short_text", "accepted"), ("short_text", "rejected"), ("matching", "extra")],
)
def test_what_is_far_too_long_is_neither_read_nor_shown_whole(teacher: FlaskClient, kind: str, field: str) -> None:
    flood = "\n".join(f"line {number}" for number in range(20_000))

    preview = teacher.post("/teach/questions/preview", data=form_of(kind, **{field: flood}))
    answer = teacher.post("/teach/questions/new", data=form_of(kind, **{field: flood}))

    assert len(preview.text) < 200_000
    assert "line 19999" not in preview.text
    assert (answer.status_code, "line 19999" in answer.text) == (422, True)
    assert "Keep this under 2000 characters." in answer.text


@pytest.mark.parametrize("action", ["preview", "switch", "add_row"])
def test_without_scripts_buttons_redraw_the_page_and_keep_everything(
    teacher: FlaskClient, session: Session, action: str
) -> None:
    answer = teacher.post("/teach/questions/new", data=form_of(do=action))

    assert answer.status_code == 200
    assert 'value="Lamu is an old town on an island."' in answer.text
    assert ("options-4-text" in answer.text) is (action == "add_row")
    assert session.get(QuestionRow, OWN) is None


def test_switching_the_kind_keeps_the_fields_of_the_other_kinds(teacher: FlaskClient) -> None:
    page = teacher.post("/teach/questions/new", data=form_of("numeric", do="switch", **OPTIONS)).text

    assert 'value="Lamu"' in page
    assert '<div data-kinds="single_choice multiple_choice who_said_it" hidden>' in page


def test_adding_another_keeps_topic_source_and_kind(teacher: FlaskClient) -> None:
    answer = teacher.post("/teach/questions/new", data=form_of("numeric", do="publish_next"))

    page = teacher.get(answer.location).text
    assert 'value="africa" selected' in page
    assert 'value="atlas" selected' in page
    assert 'value="numeric" checked' in page


def test_an_edit_makes_a_revision_and_running_attempts_keep_theirs(teacher: FlaskClient, session: Session) -> None:
    teacher.post("/teach/questions/new", data=form_of())
    attempt = teacher.post(f"/teach/questions/{OWN}/try").location

    edited = teacher.post(f"/teach/questions/{OWN}", data=form_of(revision="1", stem="Which harbour was deepened?"))

    assert edited.status_code == 303
    assert session.scalars(select(QuestionRevision.number).where(QuestionRevision.question_id == OWN)).all() == [1, 2]
    assert "Which harbour was dredged?" in teacher.get(attempt, follow_redirects=True).text


def test_two_who_edit_at_once_lose_nothing(teacher: FlaskClient, open_as: Make, session: Session) -> None:
    teacher.post("/teach/questions/new", data=form_of())
    root = open_as("Mr Root", "administrator")
    root.post(f"/teach/questions/{OWN}", data=form_of(revision="1", stem="Which harbour was widened?"))

    answer = teacher.post(f"/teach/questions/{OWN}", data=form_of(revision="1", stem="Which harbour was deepened?"))
    page = answer.text
    again = teacher.post(f"/teach/questions/{OWN}", data={**fields_in(page), "do": "publish"})

    assert answer.status_code == 409
    assert "Somebody published revision 2 while you were editing" in page
    assert "Which harbour was widened?" in page
    assert again.status_code == 303
    assert session.get_one(QuestionRow, OWN).stem == "Which harbour was deepened?"


def test_an_archived_question_can_be_brought_back(teacher: FlaskClient, session: Session) -> None:
    teacher.post("/teach/questions/new", data=form_of())

    page = teacher.post(f"/teach/questions/{OWN}/archive", follow_redirects=True).text
    hidden = session.get_one(QuestionRow, OWN).archived_at
    teacher.post(f"/teach/questions/{OWN}/restore")
    session.expire_all()

    assert "Undo: restore it" in page
    assert hidden is not None
    assert session.get_one(QuestionRow, OWN).archived_at is None


def test_trying_a_question_starts_a_quiz_of_one(teacher: FlaskClient, session: Session) -> None:
    for _ in range(2):
        answer = teacher.post("/teach/questions/bank-question/try", data={"start_key": "k" * 32})

    assert answer.location.startswith("/a/")
    assert session.scalars(select(Attempt.quiz)).all() == ["try"]


def test_a_bank_question_shows_what_it_rests_on_and_cannot_be_changed(teacher: FlaskClient) -> None:
    page = teacher.get("/teach/questions/bank-question").text

    changed = teacher.post("/teach/questions/bank-question", data=form_of(question_id="bank-question", revision="1"))

    assert "a question of the shipped bank" in page
    assert "capital Nairobi" in page
    assert changed.status_code == 404


@pytest.mark.parametrize("action", ["", "/archive", "/restore"])
def test_a_colleagues_question_can_be_read_and_not_changed(
    teacher: FlaskClient, open_as: Make, session: Session, action: str
) -> None:
    teacher.post("/teach/questions/new", data=form_of())
    colleague = open_as("Mr Late")

    seen = colleague.get(f"/teach/questions/{OWN}")
    refused = colleague.post(f"/teach/questions/{OWN}{action}", data=form_of(revision="1", stem="Mine now?"))

    assert "a question by Ms Ono" in seen.text
    assert "data-editor" not in seen.text
    assert refused.status_code == 404
    assert questions.latest(session, OWN)[0].revision == 1


def test_an_administrator_edits_what_teachers_added(teacher: FlaskClient, open_as: Make, session: Session) -> None:
    teacher.post("/teach/questions/new", data=form_of())

    open_as("Mr Root", "administrator").post(f"/teach/questions/{OWN}", data=form_of(revision="1", stem="Mended?"))

    assert session.get_one(QuestionRow, OWN).stem == "Mended?"


@pytest.mark.parametrize("path", ["", "/archive", "/restore", "/try"])
def test_a_question_that_never_was_is_not_found(teacher: FlaskClient, path: str) -> None:
    assert teacher.post(f"/teach/questions/own-nothing{path}").status_code == 404


@pytest.mark.parametrize(
    ("query", "own", "shipped"),
    [
        ("", True, True),
        ("q=dredged", True, False),
        ("kind=single_choice", True, True),
        ("kind=who_said_it", False, False),
        ("kind=capital", False, True),
        ("topic=asia", False, False),
        ("source=atlas", True, True),
        ("author=bank", False, True),
        ("author=1", True, False),
        ("author=1;drop", True, True),
        ("archived=y", False, False),
        ("page=999999999999999999999", True, True),
    ],
)
def test_questions_are_found_by_search_and_filters(teacher: FlaskClient, query: str, own: bool, shipped: bool) -> None:
    teacher.post("/teach/questions/new", data=form_of())

    page = teacher.get(f"/teach/questions?{query}").text

    assert (f'href="/teach/questions/{OWN}"' in page, 'href="/teach/questions/bank-question"' in page) == (own, shipped)


def test_kinds_are_called_as_in_the_editor(teacher: FlaskClient) -> None:
    teacher.post("/teach/questions/new", data=form_of("numeric"))

    page = teacher.get("/teach/questions?author=1").text

    assert '<td data-label="Kind">Number</td>' in page
    assert [page.count(f">{label}</option>") for label in KINDS.values()] == [1] * len(KINDS)


def test_a_new_question_begins_where_the_last_one_ended(teacher: FlaskClient, open_as: Make) -> None:
    teacher.post("/teach/questions/new", data=form_of("numeric"))

    page = teacher.get("/teach/questions/new").text

    assert ('value="africa" selected' in page, 'value="atlas" selected' in page) == (True, True)
    assert 'value="africa" selected' not in open_as("Mr Ali").get("/teach/questions/new").text


def test_after_a_try_the_way_leads_back_to_the_question(teacher: FlaskClient) -> None:
    question = teacher.post("/teach/questions/new", data=form_of()).location
    attempt = teacher.post(f"{question}/try").location

    page = teacher.post(f"{attempt}/1", data={"skip": ""}, follow_redirects=True).text

    assert f'href="{question}"' in page


@pytest.mark.parametrize(("host", "is_said"), [("localhost", True), ("127.0.0.1:8000", True), ("10.1.2.3:8000", False)])
def test_an_address_that_no_student_can_open_is_said_to_be_one(
    make_app: Make, make_person: Make, password: str, host: str, is_said: bool
) -> None:
    browser = make_app(TRUSTED_HOSTS=["localhost", "127.0.0.1", "10.1.2.3"]).test_client()
    make_person("Ms Ono", role="teacher")
    address = f"http://{host}/"

    browser.post("/signin", data={"username": "Ms Ono", "password": password}, base_url=address)
    page = browser.get("/teach", base_url=address).text

    assert address in page
    assert ("opens on this computer only" in page) is is_said


def test_the_desk_begins_with_three_steps(teacher: FlaskClient) -> None:
    page = teacher.get("/teach").text

    assert "Three steps to a first quiz" in page
    assert "1 question in 1 topic, each with its source." in page
    assert "http://localhost/" in page


def test_names_that_look_like_code_stay_text(teacher: FlaskClient) -> None:
    page = teacher.post(
        "/teach/questions/new", data=form_of(stem="<script>alert(1)</script>?"), follow_redirects=True
    ).text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("path", ["/teach/questions/new", "/teach/questions/preview", "/teach/questions/x/try"])
def test_a_form_from_elsewhere_is_refused(make_app: Make, make_person: Make, sign_in: Make, path: str) -> None:
    client = sign_in(make_app(WTF_CSRF_ENABLED=True).test_client(), make_person("Ms Ono", role="teacher"))

    assert client.post(path, data=form_of()).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/teach/questions/a%00b",
        "/teach/questions?q=%00&kind=%00&topic=%00&source=%00",
        "/teach/scores?quiz=%00&name=%00",
        "/teach/answers.csv?quiz=%00",
        "/admin/people?q=%00",
        "/a/a%00b",
        "/q/a%00b",
        "/setup/a%00b",
    ],
)
def test_a_character_that_no_database_keeps_breaks_no_page(open_as: Make, path: str) -> None:
    assert open_as("Mr Root", "administrator").get(path).status_code < 500


@pytest.mark.parametrize("field", [*SHARED, *OPTIONS, *NEW_SOURCE, "kind", "unit", "quote", "anchor", "paragraph"])
def test_a_character_that_no_database_keeps_breaks_no_form(teacher: FlaskClient, field: str) -> None:
    form = form_of(**{**NEW_SOURCE, field: "a\0b"})

    assert teacher.post("/teach/questions/new", data={**form, "do": "publish"}).status_code in {303, 422}


def test_a_start_key_that_no_database_keeps_breaks_no_try(teacher: FlaskClient) -> None:
    assert teacher.post("/teach/questions/bank-question/try", data={"start_key": "a\0b"}).status_code < 500


def test_a_try_cannot_take_the_place_of_the_question_of_the_day(teacher: FlaskClient, session: Session) -> None:
    """Its answer would be kept for another question, whose pages then break."""
    teacher.post("/teach/questions/bank-question/try", data={"start_key": "today:2026-11-23"})

    assert session.scalars(select(Attempt.start_key)).all() == ["today:2026-11-23:try"]
