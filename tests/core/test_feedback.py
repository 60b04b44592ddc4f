"""Feedback says the verdict in words, the right answer, why, and where it stands."""

import datetime
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from quizapp.core.citation import Citation
from quizapp.core.feedback import Feedback, build
from quizapp.core.question import Option, OtherSource, Question, option_key
from quizapp.core.source import Source
from quizapp.question_types.matching import Matching
from quizapp.question_types.multiple_choice import MultipleChoice
from quizapp.question_types.numeric import Numeric
from quizapp.question_types.ordering import Ordering
from quizapp.question_types.short_text import ShortText
from quizapp.question_types.single_choice import SingleChoice

ATLAS = Source(
    id="atlas",
    label="the school atlas",
    outlet="Harbour Press",
    dated_on=datetime.date(2024, 3, 2),
    paragraphs=12,
    url="https://atlas.example/kenya",
)
ALMANAC = Source(id="almanac", label="the almanac")
SOURCES = {source.id: source for source in (ATLAS, ALMANAC)}
CITATION = Citation(source="atlas", paragraph=3, anchor="seat of government", says="It names the seat of government.")


def make_choice(**fields: Any) -> SingleChoice:
    defaults: dict[str, Any] = {
        "id": "capital",
        "kind": "capital",
        "stem": "Which city is the capital of Kenya?",
        "explanation": "The government sits there.",
        "topic": "africa",
        "citations": (CITATION,),
        "options": (
            Option(text="Nairobi", correct=True, why="Nairobi is the capital."),
            Option(text="Mombasa", why="Mombasa is the main port."),
            Option(text="Kisumu", why="Kisumu lies by Lake Victoria."),
        ),
    }
    return SingleChoice(**(defaults | fields))


def make_many() -> MultipleChoice:
    return MultipleChoice(
        id="neighbours",
        kind="neighbours",
        stem="Which of these states border Kenya?",
        explanation="Kenya has five neighbours.",
        topic="africa",
        options=(
            Option(text="Uganda", correct=True, why="Uganda lies to the west."),
            Option(text="Somalia", correct=True, why="Somalia lies to the east."),
            Option(text="Rwanda", why="Rwanda borders Uganda."),
            Option(text="Burundi", why="Burundi borders Rwanda."),
        ),
    )


def make_pairs() -> Matching:
    return Matching(
        id="capitals",
        kind="capitals",
        stem="Match each state with its capital.",
        explanation="All lie inland.",
        topic="africa",
        pairs=(("Kenya", "Nairobi"), ("Uganda", "Kampala"), ("Rwanda", "Kigali")),
        whys=("It is the largest city.", "It lies by the lake.", "It lies in the middle."),
    )


def answer(question: Question[Any], response: object) -> Feedback:
    return build(question, response, question.grade(response), SOURCES)


def test_a_right_answer_is_called_correct() -> None:
    question = make_choice()

    told = answer(question, question.solution())

    assert told.headline == "Correct."


def test_a_wrong_answer_is_told_the_right_one() -> None:
    told = answer(make_choice(), option_key("capital", "Mombasa"))

    assert told.headline == "Not this one. The answer is Nairobi."


def test_the_right_end_of_a_sentence_is_told_as_its_end() -> None:
    told = build(make_choice(stem="Complete the sentence: The capital of Kenya …"), None, None, SOURCES)

    assert told.headline == "Skipped. The sentence goes on: Nairobi."


def test_a_skipped_question_is_told_the_answer_and_earns_nothing() -> None:
    told = build(make_choice(), None, None, SOURCES)

    assert (told.headline, told.given, told.score) == ("Skipped. The answer is Nairobi.", None, "0 of 1 point")


def test_a_partly_right_choice_names_all_right_options() -> None:
    told = answer(make_many(), (option_key("neighbours", "Uganda"),))

    assert told.headline == "Partly right. The answers are Uganda and Somalia."


def test_a_partly_right_match_counts_the_pairs() -> None:
    question = make_pairs()
    response = question.solution() | {option_key("capitals", "Kenya"): option_key("capitals", "Kigali")}

    told = answer(question, response)

    assert told.headline == "Partly right: 2 of 3. The right answer is listed in full."


def test_a_partly_right_order_is_not_counted_in_places() -> None:
    question = Ordering(
        id="years", kind="years", stem="Order these.", explanation="So it was.", topic="africa", items=("a", "b", "c")
    )
    first, second, third = question.solution()

    told = answer(question, (third, first, second))

    assert told.headline.startswith("Partly right. ")


def test_a_part_of_a_point_is_never_rounded_up_to_the_whole() -> None:
    question = make_choice()
    mark = question.grade(question.solution())

    told = build(question, question.solution(), type(mark)(fraction=0.999), SOURCES)

    assert told.score == "0.99 of 1 point"


def test_the_chosen_wrong_option_says_what_it_is_true_of() -> None:
    told = answer(make_choice(), option_key("capital", "Mombasa"))

    assert {line.text: line.why for line in told.options} == {
        "Nairobi": "",
        "Mombasa": "Mombasa is the main port.",
        "Kisumu": "",
    }


def test_a_right_option_that_was_missed_is_marked_as_such() -> None:
    told = answer(make_many(), (option_key("neighbours", "Uganda"), option_key("neighbours", "Rwanda")))

    assert [(line.text, line.state) for line in told.options] == [
        ("Uganda", "right"),
        ("Somalia", "missed"),
        ("Rwanda", "not_this"),
        ("Burundi", "plain"),
    ]


def test_options_keep_the_order_in_which_they_were_seen() -> None:
    question = make_choice()
    page = question.present(Random(7))

    told = build(question, None, None, SOURCES, page=page)

    assert [line.text for line in told.options] == [choice.text for choice in page.choices]


def test_each_pair_carries_its_own_reason() -> None:
    question = make_pairs()

    told = answer(question, question.solution())

    assert [line.why for line in told.parts] == list(question.whys)


def test_a_skipped_match_lists_the_right_pairs_without_calling_them_right() -> None:
    told = build(make_pairs(), None, None, SOURCES)

    assert [(line.part.expected, line.part.is_right) for line in told.parts] == [
        ("Nairobi", False),
        ("Kampala", False),
        ("Kigali", False),
    ]


@pytest.mark.parametrize(
    "question",
    [
        Numeric(id="n", kind="year", stem="When?", explanation="Then.", topic="africa", value=1963),
        ShortText(id="s", kind="capital", stem="Which?", explanation="So.", topic="africa", accepted=("Nairobi",)),
    ],
    ids=["numeric", "short text"],
)
def test_what_was_written_is_told_back(question: Question[Any]) -> None:
    told = answer(question, question.solution())

    assert (told.given, told.options, told.parts) == (told.answer, (), ())


def test_a_card_tells_the_date_in_words_and_the_paragraph() -> None:
    card = answer(make_choice(), option_key("capital", "Nairobi")).citations[0]

    assert (card.dated_on, card.passages[0].where) == ("2 March 2024", "paragraph 3 of 12 in our copy")


def test_passages_of_one_source_share_its_card() -> None:
    both = (CITATION, Citation(source="almanac"), Citation(source="atlas", paragraph=9))

    told = build(make_choice(citations=both), None, None, SOURCES)

    assert [(card.label, len(card.passages)) for card in told.citations] == [
        ("the school atlas", 2),
        ("the almanac", 1),
    ]


def test_right_choices_that_wrong_ones_cancel_are_not_denied() -> None:
    told = answer(make_many(), tuple(option_key("neighbours", name) for name in ("Uganda", "Rwanda", "Burundi")))

    assert told.headline == (
        "Not this one: wrong choices took what right ones earned. The answers are Uganda and Somalia."
    )


def test_a_card_says_what_the_copy_does_not_state() -> None:
    card = answer(make_choice(), option_key("capital", "Nairobi")).citations[0]

    assert card.unknown == "Author and title not stated in our copy."


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        ("agrees", "✓ agrees"),
        ("qualifies", "! qualifies this"),
        ("contradicts", "≠ contested: disagrees"),
        ("announces", "! announced it before"),
    ],
)
def test_another_source_says_how_it_stands(stance: Any, words: str) -> None:
    other = OtherSource(stance=stance, citation=Citation(source="almanac"), note="It differs in the year.")

    told = build(make_choice(other_sources=(other,)), None, None, SOURCES)

    assert [(card.stance_words, card.passages[0].note) for card in told.others] == [(words, "It differs in the year.")]


def test_what_another_source_says_shares_a_card_where_it_stands_alike() -> None:
    stances: list[Any] = ["agrees", "contradicts", "agrees"]
    others = tuple(
        OtherSource(stance=stance, citation=Citation(source="almanac", paragraph=number), note=f"Note {number}.")
        for number, stance in enumerate(stances, start=1)
    )

    told = build(make_choice(other_sources=others), None, None, SOURCES)

    assert [[passage.note for passage in card.passages] for card in told.others] == [
        ["Note 1.", "Note 3."],
        ["Note 2."],
    ]


@pytest.mark.parametrize(
    ("others", "is_one"),
    [((), True), ((OtherSource(stance="agrees", citation=Citation(source="almanac")),), False)],
    ids=["alone", "with another"],
)
def test_only_one_source_is_said_when_there_is_only_one(others: tuple[OtherSource, ...], is_one: bool) -> None:
    assert build(make_choice(other_sources=others), None, None, SOURCES).has_one_source is is_one


def test_a_question_without_citation_has_not_one_source() -> None:
    assert not build(make_choice(citations=()), None, None, SOURCES).has_one_source


def test_a_teachers_question_names_its_author() -> None:
    assert build(make_choice(), None, None, SOURCES, added_by="Ms Okoth").added_by == "Ms Okoth"


def test_the_right_answer_itself_is_never_called_wrong() -> None:
    make: list[Callable[[], Question[Any]]] = [make_choice, make_many, make_pairs]

    verdicts = {answer(question, question.solution()).verdict for question in (build() for build in make)}

    assert verdicts == {"right"}
