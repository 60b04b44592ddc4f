"""The rules that need facts: what a bank forbids beyond the wording."""

from typing import Any

import msgspec
import pytest

from quizapp.core.bank import Bank
from quizapp.core.citation import Citation
from quizapp.core.entity import Entity
from quizapp.core.fact import Fact, Quantity
from quizapp.core.question import Option, Question, Refutation
from quizapp.core.source import Source
from quizapp.generate.lint import RULES, lint
from quizapp.question_types import MultipleChoice, Numeric, SingleChoice


def fact(fact_id: str, fact_type: str, roles: dict[str, Any], **fields: Any) -> Fact:
    """Make a fact of the gazette."""
    told = {"source": "gazette", "topic": "lakes", "statement": "It is always so.", "context": "It was so."}
    return Fact(id=fact_id, type=fact_type, roles=roles, **{**told, **fields})


FACTS = (
    fact("ada", "attendance", {"who": "ada", "event": "meeting"}),
    fact("tom", "attendance", {"who": "tom", "event": "meeting"}),
    fact("office", "holds_office", {"person": "ada", "office": "President", "of": "zanj"}),
    fact("plan", "event_place", {"event": "meeting", "place": "mwezi"}, modality="planned"),
    fact("boats", "count", {"of": "boats", "number": 20}, quantity=Quantity(value=20, bound=">")),
    fact("name", "nickname", {"thing": "treaty", "nickname": "net of peace"}),
    fact("silence", "claim", {"holder": "ada", "claim": "the lake has no owner"}),
)
ENTITIES = (
    Entity(id="ada", kind="person", label="Ada Mensah", short="Mensah"),
    Entity(id="tom", kind="person", label="Tom Okello"),
    Entity(id="zanj", kind="country", label="United Isles", article=True, adjective="Isleman"),
    Entity(id="mwezi", kind="place", label="Mwezi"),
    Entity(id="hall", kind="place", label="Lake Hall", part_of="mwezi"),
    Entity(id="meeting", kind="event", label="lake meeting"),
    Entity(id="treaty", kind="document", label="Lake Treaty"),
)
BANK = Bank(
    topics={},
    sources={"gazette": Source(id="gazette", label="the Harbour Gazette")},
    entities={entity.id: entity for entity in ENTITIES},
    facts={one.id: one for one in FACTS},
)


def common(stem: str, target: str, kind: str = "example") -> dict[str, Any]:
    """Make the fields that all questions share."""
    fact_id = target.rpartition(".")[0]
    return {
        "id": "q",
        "kind": kind,
        "stem": stem,
        "explanation": "The talks had gone on for nine years.",
        "topic": "lakes",
        "fact_ids": (fact_id,),
        "targets": (target,),
        "citations": (Citation(source="gazette", fact_id=fact_id),),
    }


def choice(stem: str, target: str, *texts: str, is_refuted: bool = True, kind: str = "example") -> SingleChoice:
    """Make a single choice, the right option first."""
    refutation = Refutation(kind="functional", fact_ids=(target.rpartition(".")[0],)) if is_refuted else None
    key, *wrong = texts
    options = (Option(text=key, correct=True), *(Option(text=text, refutation=refutation) for text in wrong))
    return SingleChoice(**common(stem, target, kind), options=options)


def raised(question: Question[Any]) -> set[str]:
    """Name the rules that a question breaks."""
    return {flag.rule for flag in lint(question, bank=BANK)}


@pytest.mark.parametrize(
    ("rule", "question"),
    [
        ("unrefuted", choice("Who spoke first?", "ada.who", "Ada Mensah", "Omar Said", is_refuted=False)),
        ("second_right", choice("Who came to the lake meeting?", "ada.who", "Ada Mensah", "Tom Okello")),
        ("second_right", choice("Who did NOT come?", "ada.who", "Tom Okello", "Ada Mensah")),
        ("undated_office", choice("Who was President of the isles?", "office.person", "Ada Mensah", "Tom Okello")),
        ("planned_as_done", choice("Where did the envoys meet?", "plan.place", "Mwezi", "Tamu")),
        ("planned_as_done", choice("In which town was the pact signed?", "plan.place", "Mwezi", "Tamu")),
        ("bound_as_value", choice("How many boats sailed?", "boats.number", "20", "30")),
        ("bound_as_value", Numeric(**common("How many boats sailed?", "boats.number"), value=20)),
        ("scare_quote", choice("Who said “net of peace”?", "name.nickname", "Ada Mensah", "Tom Okello")),
        ("scare_quote", choice("Whose is “net of peace”?", "name.thing", "Ada", "Tom", kind="who_said_it")),
        ("missing_article", choice("Who flew from United Isles?", "ada.who", "Ada Mensah", "Omar Said")),
        ("nationality_cue", choice("Who spoke for the Isleman side?", "office.person", "Ada Mensah", "Tom Okello")),
        ("overlapping", choice("Where will they meet?", "plan.place", "Mwezi", "Lake Hall")),
        ("mixed_kinds", choice("What is named?", "ada.who", "Ada Mensah", "Mwezi")),
    ],
)
def test_a_flaw_is_found(rule: str, question: Question[Any]) -> None:
    assert rule in raised(question)


@pytest.mark.parametrize(
    "question",
    [
        choice("Whom does the Harbour Gazette name?", "ada.who", "Ada Mensah", "Omar Said"),
        choice("Who was President in May 2031?", "office.person", "Ada Mensah", "Tom Okello"),
        choice("Where was the meeting to be held, as announced?", "plan.place", "Mwezi", "Tamu"),
        choice("More than how many boats sailed?", "boats.number", "more than 20", "fewer than 10"),
        Numeric(**common("More than how many boats sailed?", "boats.number"), value=20),
        choice("Who flew from the United Isles to Tamu?", "ada.who", "Omar Said", "Mia Sato"),
        choice("Who says that the lake has no owner?", "silence.holder", "Ada Mensah", "Omar Said"),
        choice("Who is always early, says the Harbour Gazette?", "ada.who", "Ada Mensah", "Omar Said"),
        MultipleChoice(
            **common("Whom does the Harbour Gazette name at the lake meeting?", "ada.who"),
            options=(
                Option(text="Ada Mensah", correct=True),
                Option(text="Tom Okello", correct=True),
                Option(text="Omar Said", refutation=Refutation(kind="closed_set", fact_ids=("ada",))),
            ),
        ),
    ],
)
def test_what_is_sound_raises_nothing(question: Question[Any]) -> None:
    found = [flag.message for flag in lint(question, bank=BANK) if flag.rule != "unsorted"]

    assert found == []


def test_without_a_bank_fact_rules_are_silent() -> None:
    question = choice("Who spoke first?", "ada.who", "Ada Mensah", "Omar Said", is_refuted=False)

    assert not {flag.rule for flag in lint(question)} & {rule.name for rule in RULES if rule.needs_facts}


def test_every_flag_says_what_why_and_how() -> None:
    flags = lint(
        choice("who said the article", "name.nickname", "Ada", "All of the above", is_refuted=False), bank=BANK
    )

    assert len(flags) > 3
    assert all(flag.where and flag.message.endswith(".") and flag.reason and flag.remedy for flag in flags)


def test_hard_flags_come_first(good_questions: list[Question[Any]]) -> None:
    question = msgspec.structs.replace(
        good_questions[0],
        stem="which interinstitutional recommendation notwithstanding parliamentary reservations disestablished "
        "supranational accountability arrangements, according to the article?",
    )

    severities = [flag.severity for flag in lint(question)]

    assert severities == sorted(severities)
    assert set(severities) == {"hard", "soft"}
