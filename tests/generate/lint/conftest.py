"""Good questions about a treaty that never was, and about geography."""

from typing import Any

import pytest

from quizapp.core.citation import Citation
from quizapp.core.question import Option, Question
from quizapp.question_types import Matching, MultipleChoice, Numeric, Ordering, ShortText, SingleChoice, TrueFalse

COMMON: dict[str, Any] = {
    "kind": "example",
    "topic": "lakes",
    "explanation": "The treaty ended nine years of talks about the water of the lake.",
    "citations": (Citation(source="gazette", paragraph=1, says="The gazette reports the signing."),),
}

# Each line: the stem, the right option, wrong options.
SINGLE = (
    ("Which city hosted the signing of the Lake Treaty in May 2031?", "Arusha", "Mwanza", "Kisumu"),
    ("Which river leaves Lake Victoria at Jinja?", "the White Nile", "the Zambezi", "the Congo"),
    ("According to the Harbour Gazette, who opened the talks on 3 May 2031?", "Ada Mensah", "Tom Okello", "Lena Berg"),
    ("In which month does the Harbour Gazette place the signing?", "May", "June", "October"),
    ("How many states signed the Lake Treaty, by the count of the Harbour Gazette?", "5", "7", "9"),
    ("In which year did Kenya become independent?", "1963", "1968", "1975"),
    ("On which day did the delegates sail to the island?", "3 May 2031", "5 May 2031", "9 May 2031"),
    ("Which vessel carried the delegates to the island?", "MV Umoja", "MV Uhuru", "MV Amani"),
    ("What did the delegates sign on the island?", "a fishing quota", "a border map", "a customs union"),
    (
        "To whom does the Harbour Gazette attribute the words “a lake has no fence”?",
        "Lena Berg",
        "Tom Okello",
        "Ada Mensah",
    ),
    ("Which office did Tom Okello hold in May 2031?", "Minister of Water", "Minister of Justice", "Minister of Trade"),
    ("Which state sits on the equator and on the Atlantic coast?", "Gabon", "Rwanda", "Malawi"),
    ("Which mountain rises highest above the plain of Moshi?", "Kilimanjaro", "Meru", "Elgon"),
    ("Which strait parts the Horn of Africa from Yemen?", "Bab el-Mandeb", "Hormuz", "Malacca"),
    ("Which canal joins the Red Sea with the Mediterranean?", "the Suez Canal", "the Kiel Canal", "the Corinth Canal"),
    ("Which outlet published the text of the Lake Treaty first?", "Harbour Gazette", "Lake Courier", "Shore Monitor"),
    (
        "What does the Lake Treaty forbid from June to August?",
        "trawling by night",
        "ferries by day",
        "netting of perch",
    ),
    ("What did the Harbour Gazette call the treaty?", "“the net of peace”", "“a paper boat”", "“the last catch”"),
)


def single(number: int, line: tuple[str, ...]) -> SingleChoice:
    """Make a single choice; numbers and dates keep their order."""
    stem, right, *wrong = line
    options = (Option(text=right, correct=True), *(Option(text=text) for text in wrong))
    return SingleChoice(id=f"single-{number}", stem=stem, options=options, sorted_options=right[0].isdigit(), **COMMON)


OTHERS: tuple[Question[Any], ...] = (
    MultipleChoice(
        id="multiple",
        stem="Which of these states border Kenya on land? Choose all that apply.",
        options=tuple(Option(text=text, correct=text != "Rwanda") for text in ("Uganda", "Somalia", "Rwanda")),
        **COMMON,
    ),
    MultipleChoice(
        id="multiple-2",
        stem="Which of these ports lie on the Red Sea?",
        options=tuple(Option(text=text, correct=text < "M") for text in ("Aqaba", "Jeddah", "Mombasa", "Nacala")),
        **COMMON,
    ),
    TrueFalse(
        id="true-false",
        stem="True or false? Tom Okello did not attend the signing, says the Harbour Gazette.",
        options=(Option(text="True", correct=True), Option(text="False")),
        **COMMON,
    ),
    TrueFalse(
        id="true-false-2",
        stem="The White Nile leaves Lake Victoria at Jinja.",
        options=(Option(text="True", correct=True), Option(text="False")),
        **COMMON,
    ),
    Numeric(id="numeric", stem="More than how many boats followed the delegates?", value=20, **COMMON),
    Numeric(id="numeric-2", stem="In which year did Ghana become independent?", value=1957, **COMMON),
    Numeric(
        id="numeric-3", stem="For how many years had the talks on the lake gone on?", value=9, unit="years", **COMMON
    ),
    ShortText(
        id="short",
        stem="Who said that “a lake has no fence”? Write the name.",
        accepted=("Lena Berg", "Berg"),
        rejected=("Tom Okello", "Ada Mensah"),
        **COMMON,
    ),
    ShortText(
        id="short-2",
        stem="The strait between Yemen and Djibouti is called ____.",
        accepted=("Bab el-Mandeb",),
        **COMMON,
    ),
    Matching(
        id="matching",
        stem="Match each state with its capital as of 2025.",
        pairs=(("Kenya", "Nairobi"), ("Uganda", "Kampala"), ("Rwanda", "Kigali"), ("Malawi", "Lilongwe")),
        **COMMON,
    ),
    Matching(
        id="matching-2",
        stem="Match each person with the office held in May 2031, according to the Harbour Gazette.",
        pairs=(
            ("Tom Okello", "Minister of Water"),
            ("Ada Mensah", "President"),
            ("Lena Berg", "Envoy to the lake states"),
        ),
        **COMMON,
    ),
    Ordering(
        id="ordering",
        stem="Put these events in order, the earliest first.",
        items=("Ghana becomes independent", "Kenya becomes independent", "Angola becomes independent"),
        **COMMON,
    ),
    Ordering(
        id="ordering-2",
        stem="Put these events of May 2031 in order, the earliest first.",
        items=("The delegates sail", "The delegates sign", "The Harbour Gazette prints the treaty"),
        **COMMON,
    ),
)


@pytest.fixture(scope="session")
def singles() -> list[SingleChoice]:
    """Hand out the single choices."""
    return [single(number, line) for number, line in enumerate(SINGLE, start=1)]


@pytest.fixture(scope="session")
def good_questions(singles: list[SingleChoice]) -> list[Question[Any]]:
    """Hand out all good questions."""
    return [*singles, *OTHERS]
