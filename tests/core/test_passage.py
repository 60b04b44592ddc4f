"""Passages are found again in a copy, or honestly not found."""

import pytest

from quizapp.core.passage import (
    BadPassage,
    cite,
    digest,
    likeness,
    locate,
    normalise,
    paragraphs,
    sentences,
    sketch,
)

ARTICLE = """  The harbour of Elmwick will close for a year.

Mayor Ada Brandt told the Coast Herald that “no ship will wait outside” while the quay is rebuilt. Work starts in May.
Fishing crews from three villages asked for a smaller pier in the meantime; the council has not answered them yet.
The quay was last rebuilt 41 years ago, when a storm had broken its northern wall. Nobody was hurt in that storm at all.
"""
COPY = paragraphs(ARTICLE)
QUAY = cite(COPY, "herald", 2, first=1, anchor="ship will wait")
WALL = cite(COPY, "herald", 4, first=1, last=2)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("“so” ‘it’", "\"so\" 'it'"),
        ("Putin–Kim — no", "Putin-Kim - no"),
        ("non‑breaking", "non-breaking"),
        ("a\u00a0b  \t c ", "a b c"),
        ("ﬁne…", "fine..."),
        ("\ufeffKeeps Case", "Keeps Case"),
        ("Vucˇic\u0301", "Vucˇić"),
    ],
    ids=["quotes", "dashes", "hyphen", "spaces", "compatibility", "case", "composed"],
)
def test_a_line_is_compared_in_one_plain_form(raw: str, plain: str) -> None:
    assert normalise(raw) == plain


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    assert [line.split()[0] for line in COPY] == ["The", "Mayor", "Fishing", "The"]


def test_windows_line_ends_and_blank_lines_change_no_digest() -> None:
    assert digest(ARTICLE.replace("\n", "\r\n\r\n")) == digest(ARTICLE)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rained. It stopped.", 2),
        ("The U.S. Navy left at 9 a.m. on Monday.", 1),
        ('"It is over," he said. "We go home."', 2),
        ("Is it? Yes! It is.", 3),
        ("Version 2.0 costs 3.50 now.", 1),
    ],
)
def test_a_paragraph_is_cut_into_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_sentences_cover_a_paragraph_without_its_gaps() -> None:
    text = COPY[3]

    assert [text[start:end][-1] for start, end in sentences(text)] == [".", "."]


def test_an_unchanged_copy_holds_the_passage_exactly() -> None:
    found = locate(QUAY, COPY)

    assert (found.state, found.paragraph, found.start) == ("exact", 2, 0)


def test_a_copy_with_other_quotation_marks_and_spaces_is_still_exact() -> None:
    other = paragraphs(ARTICLE.replace("“", '"').replace("”", '"').replace("the quay", "the\u00a0quay"))

    assert locate(QUAY, other).state == "exact"


def test_a_passage_in_another_paragraph_has_moved() -> None:
    found = locate(QUAY, ["An advertisement.", *COPY])

    assert (found.state, found.paragraph, found.is_exact) == ("moved", 3, True)


def test_a_passage_further_along_its_paragraph_has_moved() -> None:
    shifted = [COPY[0], f"Elmwick, Monday. {COPY[1]}", *COPY[2:]]

    assert locate(QUAY, shifted).start == len("Elmwick, Monday. ")


def test_a_passage_that_stands_twice_is_ambiguous_even_where_it_was_noted() -> None:
    found = locate(QUAY, [*COPY, COPY[1]])

    assert (found.state, found.paragraph, found.is_exact) == ("ambiguous", 2, False)


def test_a_reworded_passage_is_changed_and_never_exact() -> None:
    reworded = [line.replace("41 years ago", "40 years ago") for line in COPY]

    found = locate(WALL, reworded)

    assert (found.state, found.paragraph, found.is_exact) == ("changed", 4, False)


def test_one_changed_letter_is_no_exact_passage() -> None:
    assert locate(QUAY, [line.replace("Ada", "Ida") for line in COPY]).state == "changed"


def test_a_passage_that_is_gone_is_missing() -> None:
    assert locate(WALL, COPY[:3]).state == "missing"


def test_an_empty_copy_holds_nothing() -> None:
    assert locate(QUAY, []).state == "missing"


def test_a_citation_holds_no_more_than_four_words_of_its_source() -> None:
    texts = [QUAY.anchor, QUAY.prefix, QUAY.suffix]

    assert all(len(text.split()) <= 4 for text in texts if text)


def test_an_anchor_that_stands_twice_in_its_paragraph_gets_its_neighbours() -> None:
    found = cite(COPY, "herald", 4, first=1, last=2, anchor="storm")

    assert (found.prefix, found.suffix) == ("when a", "had broken")


def test_a_chosen_anchor_stands_in_the_copy_as_it_is() -> None:
    assert WALL.anchor is not None
    assert WALL.anchor in ARTICLE


@pytest.mark.parametrize(
    ("paragraph", "first", "last", "anchor", "reason"),
    [
        (9, 1, 1, None, "no paragraph 9"),
        (2, 3, 3, None, "sentences 1 to 2"),
        (2, 2, 2, None, "at least 8 words"),
        (2, 1, 1, "ship will wait outside while", "more than 4 words"),
        (2, 1, 1, "no such words", "does not stand"),
    ],
    ids=["paragraph", "sentence", "short", "long anchor", "foreign anchor"],
)
def test_no_citation_is_made_of_what_is_not_there(
    paragraph: int, first: int, last: int, anchor: str | None, reason: str
) -> None:
    with pytest.raises(BadPassage, match=reason):
        cite(COPY, "herald", paragraph, first=first, last=last, anchor=anchor)


def test_a_sketch_is_short_and_of_32_bits() -> None:
    marks = sketch(" ".join(COPY))

    assert len(marks) == 16
    assert all(0 <= mark < 2**32 for mark in marks)


def test_likeness_runs_from_nothing_to_one() -> None:
    assert likeness(sketch(COPY[1]), sketch(COPY[1])) == 1
    assert likeness(sketch(COPY[1]), sketch(COPY[2])) == 0
    assert likeness((), ()) == 0


def test_case_does_not_count_in_a_sketch() -> None:
    assert sketch(COPY[1].upper()) == sketch(COPY[1])
