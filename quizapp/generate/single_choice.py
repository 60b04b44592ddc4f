"""Single choice: one slot of one fact, among options that are refuted one by one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.natural_order import natural_order
from quizapp.core.question import Option
from quizapp.core.spelling import fold
from quizapp.generate.distractors import credited, wrong_options
from quizapp.generate.evidence import carry
from quizapp.generate.numbers import quantity_of, ranges
from quizapp.generate.phrases import ASKS, CLAIMS, SETS
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.refutation import is_alone
from quizapp.generate.slots import answer_text, entity_of
from quizapp.generate.stems import first_sound, wordings
from quizapp.generate.world import World, rank
from quizapp.question_types.single_choice import SingleChoice

FEWEST_WRONG = 2
MOST_ALIKE = 2
MOST_SHARE = 0.05


def single_choice(world: World) -> Iterator[SingleChoice]:
    """Ask each slot that has at least two refuted options, no key so often that guessing it would pay."""
    asked = list(_asked(world))
    taken = Counter(_key(question) for _, question in asked)
    most = max(MOST_ALIKE, int(len(asked) * MOST_SHARE))
    in_turn = sorted(asked, key=lambda pair: ("short_text" not in pair[0].families, rank(pair[1].id)))
    for _, question in in_turn:
        if taken[_key(question)] > most:
            taken[_key(question)] -= 1
        else:
            yield question


def _key(question: SingleChoice) -> str:
    return next(option.text for option in question.options if option.correct)


def _asked(world: World) -> Iterator[tuple[Ask, SingleChoice]]:
    for fact_type, asks in ASKS.items():
        for fact in world.by_type.get(fact_type, ()):
            for ask in asks:
                if (
                    "choice" in ask.families
                    and can_ask(fact, ask)
                    and not is_repeated(world, fact)
                    and is_among_first(world, fact, ask, family="choice")
                ):
                    yield from ((ask, question) for question in _ask(world, fact, ask))


def can_ask(fact: Fact, ask: Ask) -> bool:
    """Say whether a fact has the slot filled, by one filler, and the wording fits its time."""
    value = fact.roles.get(ask.slot)
    is_one = value is not None and not (isinstance(value, tuple) and len(value) != 1)
    return fact.holds and is_one and (ask.is_planned_too or fact.modality != "planned")


def is_among_first(world: World, fact: Fact, ask: Ask, *, family: str) -> bool:
    """Say whether a fact is one of the two of its source with the same answer that a family asks."""
    alike = [one for one in world.siblings(fact, (ask.slot,)) if one.source == fact.source and one.holds]
    return fact in sorted(alike, key=lambda one: rank(one.id, ask.slot, family))[:MOST_ALIKE]


def is_repeated(world: World, fact: Fact) -> bool:
    """Say whether another source says the very same and is asked instead; a statement or a match may still ask this."""
    alike = [
        other
        for stance, other, _ in world.comparisons.get(fact.id, ())
        if stance == "agrees" and _same_saying(fact, other)
    ]
    return fact.type in CLAIMS and any(rank(other.id, "asked") < rank(fact.id, "asked") for other in alike)


def _same_saying(fact: Fact, other: Fact) -> bool:
    return (fact.type, fact.roles, fact.modality) == (other.type, other.roles, other.modality)


def points_home(world: World, fact: Fact, slot: str, stem: str) -> bool:
    """Say whether a stem names the country of the person who is the key: the name alone would answer it."""
    key = entity_of(world, fact, slot)
    if key is None or key.kind != "person":
        return False
    kin = [one.roles["relative"] for one in world.mentions[key.id] if one.type == "family"]
    people = [key.id, *(name for name in kin if isinstance(name, str))]
    offices = [one for name in people for one in world.mentions[name] if one.type == "holds_office"]
    homes = [home for one in offices if (home := entity_of(world, one, "of"))]
    names = [name for home in homes for name in (home.label, *home.aliases, home.adjective or "")]
    bare = fold(re.sub(r"['’]s?", " ", stem))
    return any(f" {fold(name)} " in f" {bare} " for name in names if len(name) > 3)


def _ask(world: World, fact: Fact, ask: Ask) -> Iterator[SingleChoice]:
    question_id = f"{fact.id}.{ask.slot}.single"
    key = answer_text(world, fact, ask.slot)
    stem = first_sound(
        wordings(
            world,
            fact,
            ask.stems,
            question_id=question_id,
            names_source=ask.names_source,
            hidden=_ids(fact, ask.slot),
        ),
        [] if ask.vocabularies else names_of(world, fact, ask.slot),
    )
    if stem is None or _is_asked_as_set(world, fact, ask):
        return
    if points_home(world, fact, ask.slot, stem.text):
        return
    options = _options(world, fact, ask, question_id=question_id, stem=stem.text)
    if stem.text.endswith("…"):
        key, options = _begun(key), [replace(option, text=_begun(option.text)) for option in options]
    texts = [option.text for option in options]
    if len(options) <= FEWEST_WRONG or stands_out(key, texts) or shares_word(stem.text, key, texts):
        return
    order = natural_order(tuple(texts))
    if order:
        options = [option for _, option in sorted(zip(order, options, strict=True), key=lambda pair: pair[0])]
    bounded = not order and FACT_TYPES[fact.type].roles[ask.slot].kinds == ("number",)
    yield SingleChoice(
        **carry(
            world,
            [fact],
            question_id=question_id,
            kind=ask.kind,
            stem=stem,
            slot=ask.slot,
            difficulty=ask.difficulty,
        ),
        options=tuple(options),
        sorted_options=bool(order) or bounded or ask.in_order,
    )


def _begun(text: str) -> str:
    """Write a text as it goes on in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _is_asked_as_set(world: World, fact: Fact, ask: Ask) -> bool:
    """Say whether multiple choice asks this slot with all that fill it."""
    asked = SETS.get(fact.type)
    return bool(asked and asked.slot == ask.slot and ask.fixed == "closure") and not is_alone(world, fact, ask)


def _options(world: World, fact: Fact, ask: Ask, *, question_id: str, stem: str) -> list[Option]:
    if FACT_TYPES[fact.type].roles[ask.slot].kinds == ("number",) and quantity_of(fact, ask.slot).bound != "=":
        return ranges(fact, ask.slot, why=credited(world, fact))
    key = Option(text=answer_text(world, fact, ask.slot), correct=True, why=credited(world, fact))
    wrong = [option for _, option in wrong_options(world, fact, ask, question_id=question_id, stem=stem)]
    places = [word.casefold() for words in ask.vocabularies for word in words]
    if ask.in_order and key.text.casefold() in places:
        return sorted([key, *wrong], key=lambda option: places.index(option.text.casefold()))
    return [key, *wrong]


def names_of(world: World, fact: Fact, slot: str) -> list[str]:
    """List every text that would give the filler of a slot away."""
    entity = entity_of(world, fact, slot)
    given = {value for role, value in fact.roles.items() if role != slot}
    names = (answer_text(world, fact, slot), *((*entity.aliases, entity.adjective or "") if entity else ()))
    return [name for name in names if name not in given]


def stands_out(key: str, texts: Sequence[str]) -> bool:
    """Say whether a key of three words or more is over a quarter longer than every other option."""
    others = [text for text in texts if text != key]
    return len(key.split()) > 2 and len(key) > 1.25 * max(map(len, others), default=0)


def shares_word(stem: str, key: str, texts: Sequence[str]) -> bool:
    """Say whether a word stands in the stem and the key and in no other option."""
    words = {word for word in fold(key).split() if len(word) > 3}
    others = {word for text in texts if text != key for word in fold(text).split()}
    return bool((words & set(fold(stem).split())) - others)


def _ids(fact: Fact, slot: str) -> list[str]:
    value = fact.roles.get(slot)
    return [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []
