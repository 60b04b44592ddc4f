"""Each rule of text catches flawed variants of good questions and leaves the good ones alone."""

import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from quizapp.core.question import Option, Question
from quizapp.generate.lint import RULES, lint
from quizapp.question_types import SingleChoice

CAUGHT = 0.95
FALSE_ALARMS = 0.05
ENOUGH = 10

Mutation = Callable[[SingleChoice, int], SingleChoice | None]


def with_stem(change: Callable[[str, int], str]) -> Mutation:
    """Flaw the stem."""
    return lambda question, number: msgspec.structs.replace(question, stem=change(question.stem, number))


def with_texts(change: Callable[[list[str], int], list[str]]) -> Mutation:
    """Flaw the texts of the options, the right one first."""

    def flaw(question: SingleChoice, number: int) -> SingleChoice:
        texts = change([option.text for option in question.options], number)
        options = tuple(Option(text=text, correct=place == 0) for place, text in enumerate(texts))
        return msgspec.structs.replace(question, options=options)

    return flaw


def before_end(text: str, words: str) -> str:
    """Put words before the last sign."""
    return f"{text[:-1]} {words}{text[-1]}"


def pick(number: int, *choices: str) -> str:
    """Take one of several wordings in turn."""
    return choices[number % len(choices)]


def leak(question: SingleChoice, number: int) -> SingleChoice:
    key = question.options[0].text
    return msgspec.structs.replace(question, stem=before_end(question.stem, pick(number, f"near {key}", f"({key})")))


def share(question: SingleChoice, number: int) -> SingleChoice:
    word = pick(number, "harvest", "lighthouse", "ceremony", "monsoon")
    options = (Option(text=f"{question.options[0].text} {word}", correct=True), *question.options[1:])
    return msgspec.structs.replace(question, stem=before_end(question.stem, f"during the {word}"), options=options)


def name_wrong(question: SingleChoice, number: int) -> SingleChoice | None:
    wrong = question.options[1 + number % 2].text
    if wrong[0].isdigit():
        return None
    return msgspec.structs.replace(question, stem=before_end(question.stem, f"besides {wrong}"))


NAMES = (
    ("China", "Li Weimin", "Ada Mensah", "Tom Okello"),
    ("Chinese", "Zhang Yi", "Lena Berg", "Omar Said"),
    ("Russia", "Igor Petrov", "Tom Okello", "Lena Berg"),
    ("Russian", "Anna Sokolova", "Ada Mensah", "Omar Said"),
    ("Serbia", "Marko Jović", "Ada Mensah", "Omar Said"),
    ("Ukraine", "Olena Kovalenko", "Ada Mensah", "Lena Berg"),
    ("Korea", "Park Min-su", "Ada Mensah", "Lena Berg"),
    ("Turkish", "Emre Şahinoğlu", "Ada Mensah", "Lena Berg"),
    ("Vietnam", "Nguyen Anh", "Ada Mensah", "Lena Berg"),
    ("Armenia", "Aram Petrosyan", "Ada Mensah", "Lena Berg"),
    ("Georgian", "Nino Kapanadze", "Ada Mensah", "Lena Berg"),
)


def nationality(question: SingleChoice, number: int) -> SingleChoice:
    country, *texts = NAMES[number % len(NAMES)]
    flawed = with_texts(lambda _, __: texts)(question, number)
    assert flawed is not None
    return msgspec.structs.replace(flawed, stem=f"Who spoke for {country} at the lake talks of 2031?")


def lengthen(texts: list[str], number: int) -> list[str]:
    tail = pick(
        number, "which the delegates had drafted on the long way home", "as laid down in the annex to the treaty"
    )
    return [f"{texts[0]}, {tail}", *texts[1:]]


def converge(texts: list[str], number: int) -> list[str]:
    days = (("red boats", "blue boats"), ("iron gates", "stone gates"), ("grain by rail", "sugar by rail"))
    right, other = days[number % len(days)]
    place, elsewhere = pick(number, "Arusha", "Moshi"), pick(number, "Tanga", "Lamu")
    return [f"{right} from {place}", f"{right} from {elsewhere}", f"{other} from {place}"]


def mix(texts: list[str], number: int) -> list[str]:
    return [texts[0], "Dodoma" if texts[0][0].isdigit() else pick(number, "14", "3 June 1990", "66 years"), *texts[2:]]


def overlap(texts: list[str], number: int) -> list[str]:
    if texts[0][0].isdigit():
        return pick(number, "more than 5|9|12", "5 to 9|7 to 12|20", "at least 30|40|12").split("|")
    return [texts[0], pick(number, f"{texts[0]} and its surroundings", f"the old {texts[0]}"), texts[2]]


def unsort(texts: list[str], number: int) -> list[str]:
    return pick(number, "1963|1975|1957", "20|5|9", "3 May 2031|1 May 2031|4 June 2030", "12 km|3 km|40 km").split("|")


def summarise(texts: list[str], number: int) -> list[str]:
    return [
        *texts,
        pick(
            number,
            "All of the above",
            "None of these",
            "Both of them",
            "None of the above",
            "A and B",
            "All of the others",
        ),
    ]


def judge(stem: str, number: int) -> str:
    word = pick(number, "reclusive", "authoritarian", "notorious", "brutal", "so-called", "controversial", "historic")
    return f"The {word} host left early. {BARE.sub('', stem)}"


BARE = re.compile(r"According to the Harbour Gazette, |the Harbour Gazette|, by the count of|call(?:ed)?|attribute")


def break_grammar(stem: str, number: int) -> str:
    return pick(
        number,
        before_end(stem, "with a Iranian boat"),
        before_end(stem, "of {country}"),
        stem.replace(" ", "  ", 1),
        stem.rstrip("?."),
        before_end(stem, "with an boat"),
        before_end(stem, "in the the end"),
        stem[0].lower() + stem[1:],
        stem[:-1] + ".",
        before_end(stem, "of None"),
        before_end(stem, "with a SCO envoy"),
        before_end(stem, "with an university"),
        stem[:-1] + " ?",
        before_end(stem, ", at 9 a.m ,"),
        before_end(stem, "after a 80th birthday"),
    )


MUTATIONS: dict[str, Mutation] = {
    "key_in_stem": leak,
    "shared_word": share,
    "nationality_cue": nationality,
    "key_longest": with_texts(lengthen),
    "convergence": with_texts(converge),
    "option_in_stem": name_wrong,
    "mixed_kinds": with_texts(mix),
    "overlapping": with_texts(overlap),
    "unsorted": with_texts(unsort),
    "summary_option": with_texts(summarise),
    "unnamed_source": with_stem(
        lambda stem, number: before_end(
            stem, pick(number, "according to the article", "in the text", "says the author", "in this report")
        )
    ),
    "plain_negative": with_stem(
        lambda stem, number: before_end(
            stem,
            pick(number, "and did not sign", "except by sea", "and never came", "and wasn't there", "with no vote"),
        )
    ),
    "absolute_word": with_stem(
        lambda stem, number: before_end(
            stem, pick(number, "always", "in every case", "and only there", "for all states")
        )
    ),
    "vague_word": with_stem(
        lambda stem, number: before_end(
            stem, pick(number, "recently", "several times", "as is often said", "to some extent")
        )
    ),
    "long_stem": with_stem(lambda stem, number: before_end(stem, "after a long day on the water " * 4 + "and so on")),
    "unattributed": with_stem(judge),
    "undated": with_stem(
        lambda stem, number: pick(
            number,
            "Who is the president of Kenya?",
            "Which country is currently at the head of the union?",
            "Who now leads the lake commission?",
            "Which woman is prime minister of Barbados?",
            "What is the population of Ghana?",
        )
    ),
    "broken_grammar": with_stem(break_grammar),
    "hard_reading": with_stem(
        lambda stem, number: (
            "Which interinstitutional recommendation notwithstanding parliamentary reservations "
            f"disestablished {pick(number, 'supranational', 'intergovernmental')} accountability arrangements?"
        )
    ),
    "no_citation": lambda question, number: msgspec.structs.replace(question, citations=()),
}


def variants(rule: str, singles: list[SingleChoice]) -> list[SingleChoice]:
    """Flaw every good question once."""
    made = [MUTATIONS[rule](question, number) for number, question in enumerate(singles)]
    return [question for question in made if question is not None]


def raised(question: Question[Any]) -> set[str]:
    """Name the rules that a question breaks."""
    return {flag.rule for flag in lint(question)}


def test_every_rule_of_text_is_proven_by_mutation() -> None:
    assert set(MUTATIONS) == {rule.name for rule in RULES if not rule.needs_facts}


@pytest.mark.parametrize("rule", MUTATIONS)
def test_flawed_variants_are_caught(rule: str, singles: list[SingleChoice]) -> None:
    flawed = variants(rule, singles)
    missed = [question.stem for question in flawed if rule not in raised(question)]

    assert len(flawed) >= ENOUGH
    assert len(missed) <= (1 - CAUGHT) * len(flawed), missed


@pytest.mark.parametrize("rule", MUTATIONS)
def test_good_questions_raise_no_alarm(rule: str, good_questions: list[Question[Any]]) -> None:
    alarmed = [question.stem for question in good_questions if rule in raised(question)]

    assert len(alarmed) <= FALSE_ALARMS * len(good_questions), alarmed


def test_nearly_no_good_question_raises_any_flag(good_questions: list[Question[Any]]) -> None:
    alarmed = [(question.stem, raised(question)) for question in good_questions if raised(question)]

    assert len(alarmed) <= FALSE_ALARMS * len(good_questions), alarmed
