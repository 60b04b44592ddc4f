"""The audit finds wrong keys and options that nothing refutes, however they are smuggled in."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from quizapp.bank.audit import audit
from quizapp.bank.read import read_bank
from quizapp.core.bank import Bank, Closure
from quizapp.core.citation import Citation
from quizapp.core.entity import Entity
from quizapp.core.fact import Comparison, Fact, Quantity
from quizapp.core.question import Option, Question, Refutation, RefutationKind
from quizapp.core.reference import Opened, Reference, ReferenceKind, Row
from quizapp.core.source import Source
from quizapp.question_types import (
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
    from_line,
)

PEOPLE = ("Ada Mensah", "Tom Okello", "Lena Berg", "Omar Said", "Mia Sato")


def ids(label: str) -> str:
    return label.casefold().replace(" ", "-")


def fact(fact_id: str, fact_type: str, roles: dict[str, Any], **fields: Any) -> Fact:
    """Make a fact of the gazette."""
    source = fields.pop("source", "gazette")
    citation = Citation(source=source, paragraph=1, sha256=fact_id)
    return Fact(
        id=fact_id,
        type=fact_type,
        source=source,
        topic="lakes",
        roles=roles,
        statement="It is so.",
        context="It was so.",
        citations=(citation,),
        **fields,
    )


FACTS = (
    fact("came-ada", "attendance", {"who": "ada-mensah", "event": "meeting"}),
    fact("came-tom", "attendance", {"who": "tom-okello", "event": "meeting"}),
    fact("away-omar", "attendance", {"who": "omar-said", "event": "meeting"}, holds=False),
    fact("dinner-lena", "attendance", {"who": "lena-berg", "event": "dinner"}),
    fact(
        "only",
        "only_attendees",
        {"event": "meeting", "group": "island leaders", "members": ("lena-berg", "mia-sato")},
        complete=True,
    ),
    fact("office-ada", "holds_office", {"person": "ada-mensah", "office": "President", "of": "zanj"}),
    fact("office-tom", "holds_office", {"person": "tom-okello", "office": "President", "of": "kush"}),
    fact("office-lena", "holds_office", {"person": "lena-berg", "office": "Premier", "of": "zanj"}),
    fact("city", "event_place", {"event": "meeting", "place": "mwezi"}),
    fact("hall", "event_place", {"event": "meeting", "place": "lake-hall"}),
    fact("day", "event_date", {"event": "meeting", "date": "2031-05-03"}),
    fact("dinner-day", "event_date", {"event": "dinner", "date": "2031-05-04"}),
    fact("fair-day", "event_date", {"event": "fair", "date": "2030-02-01"}),
    fact(
        "boats",
        "count",
        {"of": "boats that followed", "event": "meeting", "number": 20},
        quantity=Quantity(value=20, bound=">"),
    ),
    fact("years", "anniversary", {"event": "meeting", "of": "fair", "years": 7}, quantity=Quantity(value=7)),
    fact("courier-scale", "scale", {"event": "meeting", "extent": "the largest ever"}, source="courier"),
    fact("scale", "scale", {"event": "meeting", "extent": "the largest in years"}),
)


@pytest.fixture(scope="module")
def bank() -> Bank:
    """Make a bank about a meeting by a lake that never was."""
    entities = (
        *(Entity(id=ids(name), kind="person", label=name, short=name.split()[1]) for name in PEOPLE),
        Entity(id="zanj", kind="country", label="Zanj", adjective="Zanji"),
        Entity(id="kush", kind="country", label="Kush", aliases=("Cush",), adjective="Kushite"),
        Entity(id="punt", kind="country", label="Punt"),
        Entity(id="mwezi", kind="place", label="Mwezi"),
        Entity(id="lake-hall", kind="place", label="Lake Hall", part_of="mwezi"),
        Entity(id="tamu", kind="place", label="Tamu"),
        Entity(id="meeting", kind="event", label="lake meeting"),
        Entity(id="dinner", kind="event", label="harbour dinner"),
        Entity(id="fair", kind="event", label="grain fair"),
    )
    return Bank(
        topics={},
        sources={
            "gazette": Source(id="gazette", label="the Harbour Gazette"),
            "courier": Source(id="courier", label="the Lake Courier"),
        },
        entities={entity.id: entity for entity in entities},
        facts={one.id: one for one in FACTS},
        comparisons=(Comparison(fact="scale", other="courier-scale", stance="qualifies", note="Stronger."),),
        closures=(Closure(source="gazette", type="attendance", role="who", given={"event": "meeting"}),),
        reference={
            "countries": table("countries", "country", Row(id="KU", code="KUS", name="Kush", entity="kush")),
            "islands": table("islands", "membership", Row(id="KU"), classes=("island leaders",)),
            "leaders": table("leaders", "office", Row(id="omar", entity="omar-said", office="Premier", of="KU")),
        },
    )


def table(name: str, kind: ReferenceKind, *rows: Row, classes: tuple[str, ...] = ()) -> Reference:
    """Make a table of reference."""
    return Reference(
        id=name,
        kind=kind,
        label="the almanac",
        as_of=datetime.date(2031, 1, 1),
        sources=(Opened(title="almanac", publisher="p", version="1"),),
        rows=rows,
        classes=classes,
    )


def common(stem: str, *targets: str) -> dict[str, Any]:
    """Make the fields that all questions share, each fact cited."""
    fact_ids = tuple(dict.fromkeys(target.rpartition(".")[0] for target in targets))
    return {
        "id": "q",
        "kind": "example",
        "stem": stem,
        "explanation": "So it is.",
        "topic": "lakes",
        "fact_ids": fact_ids,
        "targets": targets,
        "citations": tuple(
            Citation(source="courier" if name.startswith("courier") else "gazette", sha256=name, fact_id=name)
            for name in fact_ids
        ),
    }


def choice(stem: str, target: str, key: str, wrong: str, refutation: RefutationKind, *rests_on: str) -> SingleChoice:
    """Make a single choice with one wrong option."""
    refuted = Refutation(kind=refutation, fact_ids=rests_on or (target.rpartition(".")[0],))
    options = (Option(text=key, correct=True), Option(text=wrong, refutation=refuted))
    return SingleChoice(**common(stem, target), options=options)


def only(stranger: str, *rows: str) -> MultipleChoice:
    """Ask who the only island leaders were, with somebody whom tables of reference keep out."""
    refuted = Refutation(kind="reference", fact_ids=("only",), rows=rows)
    return MultipleChoice(
        **common("Who were the only island leaders at the lake meeting?", "only.members"),
        options=(
            Option(text="Lena Berg", correct=True),
            Option(text="Mia Sato", correct=True),
            Option(text=stranger, refutation=refuted),
        ),
    )


def true_false(stem: str, target: str, refutation: RefutationKind = "functional", *, is_true: bool) -> TrueFalse:
    """Make a statement to judge."""
    refuted = Refutation(kind=refutation, fact_ids=(target.rpartition(".")[0],))
    options = (
        Option(text="True", correct=is_true, refutation=None if is_true else refuted),
        Option(text="False", correct=not is_true, refutation=refuted if is_true else None),
    )
    return TrueFalse(**common(stem, target), options=options)


MET = "Who came to the lake meeting"
NAMED = "Whom does the Harbour Gazette name at the lake meeting?"
PRESIDENT = "Who was President of Zanj in 2031?"
PLACE = "In which place did the lake meeting take place?"

SOUND = (
    choice(PRESIDENT, "office-ada.person", "Ada Mensah", "Tom Okello", "functional"),
    choice(NAMED, "came-ada.who", "Ada Mensah", "Mia Sato", "closed_set"),
    choice(f"{MET}?", "came-ada.who", "Ada Mensah", "Omar Said", "negative", "away-omar"),
    choice(PLACE, "city.place", "Mwezi", "Tamu", "functional"),
    choice("On which day was the lake meeting?", "day.date", "3 May 2031", "7 May 2031", "value"),
    choice("How many boats followed?", "boats.number", "More than 20", "Fewer than 10", "value"),
    choice("How many years after the grain fair was it?", "years.years", "7", "9", "value"),
    MultipleChoice(
        **common("Who were the only island leaders at the lake meeting?", "only.members"),
        options=(
            Option(text="Lena Berg", correct=True),
            Option(text="Mia Sato", correct=True),
            Option(text="Omar Said", refutation=Refutation(kind="closed_set", fact_ids=("only",))),
        ),
    ),
    only("Omar Said", "leaders.omar", "islands.KU"),
    true_false("Ada Mensah was President of Zanj.", "office-ada.of", is_true=True),
    true_false("Ada Mensah was President of Punt.", "office-ada.of", is_true=False),
    true_false("Omar Said came to the lake meeting.", "away-omar.who", "negative", is_true=False),
    true_false("Omar Said did not come to the lake meeting.", "away-omar.who", is_true=True),
    Numeric(**common("How many years after the grain fair was it?", "years.years"), value=7),
    Numeric(**common("More than how many boats followed?", "boats.number"), value=20),
    ShortText(**common("Tom Okello was President of which country?", "office-tom.of"), accepted=("Kush", "Cush")),
    Matching(
        **common("Match.", "office-ada.of", "office-tom.of"), pairs=(("Ada Mensah", "Zanj"), ("Tom Okello", "Kush"))
    ),
    Ordering(
        **common("Order.", "fair-day.when", "day.when", "dinner-day.when"),
        items=("The grain fair", "The lake meeting", "The harbour dinner"),
    ),
    choice("Which source calls it the largest ever?", "courier-scale.source", "the Lake Courier", "Both", "closed_set"),
    choice(
        "The Harbour Gazette calls it large. How does the Lake Courier speak?",
        "scale.stance",
        "More strongly",
        "It says the same",
        "value",
    ),
)

SMUGGLED = (
    (choice(PRESIDENT, "office-ada.person", "Tom Okello", "Mia Sato", "functional"), "No fact says"),
    # More may have come than the gazette names.
    (choice(f"{MET}?", "came-ada.who", "Ada Mensah", "Mia Sato", "closed_set"), "does not name the source"),
    (choice(f"{MET}?", "came-ada.who", "Ada Mensah", "Mia Sato", "functional"), "not declare it unique"),
    (choice(f"{MET}?", "came-ada.who", "Ada Mensah", "Mia Sato", "negative", "away-omar"), "no source says"),
    (choice(f"{MET}?", "came-ada.who", "Ada Mensah", "Mia Sato", "reference", "away-omar"), "no source closes a class"),
    (only("Omar Said", "leaders.omar"), "no table says"),
    (only("Omar Said", "islands.KU"), "no table says"),
    (only("Omar Said", "leaders.omar", "islands.XX"), "rows that are not there: islands.XX"),
    (only("Ada Mensah", "islands.KU"), "came-ada says that they were there"),
    (only("The Moon", "leaders.omar", "islands.KU"), "no source closes a class"),
    (choice(f"{MET}?", "came-ada.who", "Ada Mensah", "Tom Okello", "closed_set"), "is right, says the fact came-tom"),
    (
        choice(
            "Whom does the Harbour Gazette name at dinner?", "dinner-lena.who", "Lena Berg", "Mia Sato", "closed_set"
        ),
        "nobody vouches",
    ),
    (
        choice("Who was President in 2031?", "office-ada.person", "Ada Mensah", "Mia Sato", "functional"),
        "does not say of",
    ),
    (choice(PLACE, "hall.place", "Lake Hall", "Mwezi", "functional"), "is right, says the fact"),
    (choice("How many boats?", "boats.number", "More than 20", "25", "value"), "may hold beside"),
    (choice("How many boats?", "boats.number", "More than 20", "At least 21", "value"), "may hold beside"),
    (choice("How many boats?", "boats.number", "More than 20", "a few", "value"), "no number"),
    (choice("How many boats?", "boats.number", "20", "9", "value"), "No fact says"),
    (choice(PRESIDENT, "office-ada.person", "Ada Mensah", "Mia Sato", "functional", "gone"), "not there: gone"),
    (choice("Who were the only ones?", "only.members", "Lena Berg", "Mia Sato", "closed_set"), "is right"),
    (true_false("Ada Mensah was President of Punt.", "office-ada.of", is_true=True), "called true"),
    (true_false("Ada Mensah was President of Zanj.", "office-ada.of", is_true=False), "called false"),
    (true_false("Omar Said came to the lake meeting.", "away-omar.who", is_true=True), "denies it"),
    (true_false("Mia Sato came to the lake meeting.", "came-ada.who", "closed_set", is_true=False), "may be true"),
    (true_false("Tom Okello came to the lake meeting.", "came-ada.who", "functional", is_true=False), "may be true"),
    (Numeric(**common("How many years?", "years.years"), value=8), "states 7, not 8"),
    (Numeric(**common("How many boats followed?", "boats.number"), value=20), "bound"),
    (ShortText(**common(PRESIDENT, "office-ada.person"), accepted=("Ada Mensah", "Berg")), 'No fact says "Berg"'),
    (
        ShortText(**common(f"{MET}?", "came-ada.who"), accepted=("Ada Mensah",), rejected=("Tom Okello",)),
        'rejected: "Tom Okello" is right',
    ),
    (ShortText(**common(f"{MET}?", "came-ada.who"), accepted=("Ada Mensah",)), "does not name the source"),
    (ShortText(**common(NAMED, "came-ada.who"), accepted=("Ada Mensah",)), '"Tom Okello" is right as well'),
    (
        Matching(
            **common("Match.", "office-ada.of", "office-tom.of"), pairs=(("Ada Mensah", "Kush"), ("Tom Okello", "Zanj"))
        ),
        "No fact links",
    ),
    (
        Matching(
            **common("Match.", "came-ada.event", "dinner-lena.event", "came-tom.event"),
            pairs=(("lake meeting", "Ada Mensah"), ("harbour dinner", "Lena Berg")),
            extra=("Tom Okello",),
        ),
        "as well, says the fact came-tom",
    ),
    (
        Ordering(**common("Order.", "day.when", "fair-day.when"), items=("The lake meeting", "The grain fair")),
        "not in the order",
    ),
    (
        Ordering(**common("Order.", "fair-day.when", "day.when"), items=("The lake meeting", "The grain fair")),
        "nothing that the fact",
    ),
    (choice("Which source?", "courier-scale.source", "the Harbour Gazette", "the Lake Courier", "value"), "otherwise"),
    (
        choice("How does the Lake Courier speak?", "scale.stance", "It says the same", "More strongly", "value"),
        "otherwise",
    ),
    (replace(SOUND[0], citations=()), "is not cited"),
    (
        replace(SOUND[0], citations=(Citation(source="gazette", sha256="else", fact_id="office-ada"),)),
        "cited for no fact",
    ),
    (replace(SOUND[0], fact_ids=("gone",)), "There is no fact gone"),
    (replace(SOUND[0], targets=("office-ada.colour",)), "do not name roles"),
)


@pytest.mark.parametrize("question", SOUND, ids=lambda question: question.stem[:40])
def test_what_the_facts_bear_out_passes(bank: Bank, question: Question[Any]) -> None:
    assert audit(bank, [question]) == []


@pytest.mark.parametrize(("question", "words"), SMUGGLED, ids=lambda value: value if isinstance(value, str) else "q")
def test_what_is_smuggled_in_is_found(bank: Bank, question: Question[Any], words: str) -> None:
    assert words in "\n".join(map(str, audit(bank, [question])))


def test_the_shipped_bank_passes_the_audit(real_bank: Path) -> None:
    lines = (real_bank / "built" / "questions.jsonl").read_bytes().splitlines()

    assert list(map(str, audit(read_bank(real_bank), [from_line(line)[0] for line in lines]))) == []


def corrupted(question: Question[Any]) -> Iterator[Question[Any]]:
    """Yield a question with its key exchanged, in every way that its type allows."""
    match question:
        case SingleChoice() | MultipleChoice() | TrueFalse():
            key = next(option for option in question.options if option.correct)
            for wrong in question.options:
                if not wrong.correct:
                    swapped = {
                        key.text: replace(key, correct=False, refutation=wrong.refutation),
                        wrong.text: replace(wrong, correct=True, refutation=None),
                    }
                    options = tuple(swapped.get(option.text, option) for option in question.options)
                    yield replace(question, options=options)
        case Numeric():
            yield replace(question, value=question.value + 1)
        case ShortText():
            yield from (replace(question, accepted=(name,), rejected=()) for name in question.rejected[:1])
        case Matching():
            (one, right), (other, second), *rest = question.pairs
            yield replace(question, pairs=((one, second), (other, right), *rest))
        case Ordering():
            first, second, *rest = question.items
            yield replace(question, items=(second, first, *rest))


def test_every_exchanged_key_of_the_shipped_bank_is_found(real_bank: Path) -> None:
    bank = read_bank(real_bank)
    lines = (real_bank / "built" / "questions.jsonl").read_bytes().splitlines()
    wrong = [flawed for line in lines for flawed in corrupted(from_line(line)[0])]

    missed = [question.stem for question in wrong if not audit(bank, [question])]

    assert len(wrong) > len(lines)
    assert missed == []
