"""Multiple choice: all whom a source names, among others that it does not name; and the odd one out."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from quizapp.core.fact import Fact
from quizapp.core.question import Option, Refutation
from quizapp.generate.almanac import rivals
from quizapp.generate.candidates import Candidate, most_telling
from quizapp.generate.distractors import credited, true_of, wrong_options
from quizapp.generate.evidence import carry
from quizapp.generate.phrases import SETS
from quizapp.generate.phrases.shapes import Ask, Set
from quizapp.generate.refutation import refute
from quizapp.generate.single_choice import names_of
from quizapp.generate.slots import answer_text, label_text
from quizapp.generate.stems import first_sound, wordings
from quizapp.generate.world import World, rank
from quizapp.question_types.multiple_choice import MultipleChoice
from quizapp.question_types.single_choice import SingleChoice

MOST_KEYS = 3
MOST_OPTIONS = 5


def multiple_choice(world: World) -> Iterator[MultipleChoice | SingleChoice]:
    """Ask each slot that several fillers share: where the source closes the set, or an editor closed it."""
    for fact_type, asked in SETS.items():
        for fact in world.by_type.get(fact_type, ()):
            if isinstance(fact.roles.get(asked.slot), tuple):
                yield from _members(world, fact, asked)
        for group in _closed_groups(world, fact_type, asked):
            chunks = _chunks(group)
            for chunk in chunks:
                yield from _named(world, chunk, asked)
            if len(group) > MOST_KEYS - 1:
                yield from _odd_one(world, group, asked)


def _closed_groups(world: World, fact_type: str, asked: Set) -> Iterator[list[Fact]]:
    """Yield the facts of one source that differ in the asked slot only, where a closure says that these are all."""
    seen: set[str] = set()
    for fact in world.by_type.get(fact_type, ()):
        if fact.id in seen or not fact.holds or not world.is_closed(fact, asked.slot):
            continue
        givens = tuple(role for role in fact.roles if role != asked.slot)
        group = [one for one in world.siblings(fact, givens) if one.holds and one.source == fact.source]
        seen.update(one.id for one in group)
        if len(group) > 1:
            yield group


def _chunks(group: Sequence[Fact]) -> list[list[Fact]]:
    """Part a group into sets of two or three keys, so that each fact is asked once."""
    ordered = sorted(group, key=lambda fact: rank(fact.id))
    count = max(1, round(len(ordered) / MOST_KEYS))
    return [ordered[first::count] for first in range(count)]


def _members(world: World, fact: Fact, asked: Set) -> Iterator[MultipleChoice]:
    """Ask for all members of a set that one fact names as a whole."""
    members = fact.roles[asked.slot]
    if not isinstance(members, tuple) or len(members) < 2:
        return
    question_id = f"{fact.id}.{asked.slot}.named"
    names = [label_text(world.bank.entities[name]) for name in members]
    stem = first_sound(wordings(world, fact, asked.stems, question_id=question_id, names_source=True), names)
    if stem is None:
        return
    right = [Option(text=name, correct=True, why=credited(world, fact)) for name in names]
    wrong = rivals(world, fact, asked.slot, question_id=question_id) or _wrong(
        world, fact, asked, question_id=question_id, stem=stem.text, lead=members[0]
    )
    if len(wrong) < 2:
        return
    yield MultipleChoice(
        **carry(world, [fact], question_id=question_id, kind=asked.kind, stem=stem, slot=asked.slot),
        options=(*right, *wrong[: MOST_OPTIONS - len(right)]),
    )


def _wrong(world: World, fact: Fact, asked: Set, *, question_id: str, stem: str, lead: str) -> list[Option]:
    """Find others of the same kind and level as the set's first member."""
    entity = world.bank.entities[lead]
    known = {one.id: one for kind in (entity.level,) for one in world.near(question_id, entity.kind, kind)}
    ask = Ask(slot=asked.slot, stems=asked.stems, fixed="source")
    options: list[Option] = []
    for other in sorted(known.values(), key=lambda one: rank(question_id, one.id)):
        told = most_telling(world, other, fact)
        if told is None or f" {other.label} " in f" {stem} ":
            continue
        candidate = Candidate(text=label_text(other), value=other.id, entity_id=other.id, fact=told, tier=1)
        refutation = refute(world, fact, ask, candidate)
        if refutation:
            why = true_of(world, fact, candidate, refutation)
            options.append(Option(text=candidate.text, why=why, refutation=refutation))
    return options


def _named(world: World, chunk: Sequence[Fact], asked: Set) -> Iterator[MultipleChoice]:
    """Ask which of several a source names in one role."""
    first = chunk[0]
    question_id = f"{first.id}.{asked.slot}.named"
    hidden = [name for fact in chunk for name in names_of(world, fact, asked.slot)]
    stem = first_sound(wordings(world, first, asked.stems, question_id=question_id, names_source=True), hidden)
    if stem is None or len(chunk) < 2:
        return
    ask = Ask(slot=asked.slot, stems=asked.stems, fixed="closure")
    count = MOST_OPTIONS - len(chunk) + (rank(question_id, "count") % 2 if len(chunk) < MOST_KEYS else 0)
    wrong = _strangers(world, chunk, ask, question_id=question_id, stem=stem.text)[:count]
    if len(wrong) < 2:
        return
    right = [
        Option(text=answer_text(world, fact, asked.slot), correct=True, why=credited(world, fact)) for fact in chunk
    ]
    yield MultipleChoice(
        **carry(world, chunk, question_id=question_id, kind=asked.kind, stem=stem, slot=asked.slot),
        options=(*right, *wrong),
    )


def _strangers(world: World, chunk: Sequence[Fact], ask: Ask, *, question_id: str, stem: str) -> list[Option]:
    """Find wrong options that are like one of the keys each, by turns."""
    likes = [wrong_options(world, fact, ask, question_id=question_id, stem=stem) for fact in chunk]
    turns = (option for row in zip_longest(*likes) for option in row if option)
    return list({option.text: option for _, option in turns}.values())


def _odd_one(world: World, group: Sequence[Fact], asked: Set) -> Iterator[SingleChoice]:
    """Ask for the one that a source does not name beside those that it names."""
    lead = min(group, key=lambda fact: rank(fact.id, "odd"))
    question_id = f"{lead.id}.{asked.slot}.odd"
    stem = first_sound(wordings(world, lead, asked.odd, question_id=question_id, names_source=True), [])
    if stem is None:
        return
    ask = Ask(slot=asked.slot, stems=asked.stems, fixed="closure")
    strangers = wrong_options(world, lead, ask, question_id=question_id, stem=stem.text, count=1)
    named = sorted(group, key=lambda fact: rank(question_id, fact.id))[:3]
    if not strangers or len(named) < 3 or strangers[0][0].tier > 1:
        return
    stranger = strangers[0][1]
    yield SingleChoice(
        **carry(world, named, question_id=question_id, kind="odd_one_out", stem=stem, slot=asked.slot),
        options=(
            Option(text=stranger.text, correct=True, why=stranger.why),
            *(
                Option(
                    text=answer_text(world, fact, asked.slot),
                    why=credited(world, fact),
                    refutation=Refutation(kind="value", fact_ids=(fact.id,)),
                )
                for fact in named
            ),
        ),
    )
