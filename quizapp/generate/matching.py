"""Matching: four alike pairs of one source, in which each side determines the other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.spelling import fold
from quizapp.generate.distractors import credited
from quizapp.generate.evidence import carry
from quizapp.generate.phrases import MATCHES
from quizapp.generate.phrases.shapes import Match
from quizapp.generate.slots import answer_text, entity_of
from quizapp.generate.stems import first_sound, wordings
from quizapp.generate.world import World, rank
from quizapp.question_types.matching import Matching

PAIRS = 4
FEWEST_PAIRS = 3


def matching(world: World) -> Iterator[Matching]:
    """Put facts of a type together, four at a time."""
    for fact_type, asked in MATCHES:
        groups: dict[object, list[Fact]] = defaultdict(list)
        for fact in world.by_type.get(fact_type, ()):
            if fact.holds and all(fact.roles.get(role) is not None for role in (asked.left, asked.right)):
                groups[fact.source, fact.modality, *_kinds(world, fact, asked)].append(fact)
        for group in groups.values():
            for chunk in _chunks(world, group, asked):
                yield from _match(world, chunk, asked)


def _kinds(world: World, fact: Fact, asked: Match) -> tuple[str, ...]:
    """Name the kinds on both sides: only alike rows and alike choices stand together."""
    sides = (entity_of(world, fact, asked.left), entity_of(world, fact, asked.right))
    return tuple(entity.kind if entity else "" for entity in sides)


def _chunks(world: World, group: Sequence[Fact], asked: Match) -> Iterator[list[Fact]]:
    """Deal facts into sets of at most four in which no filler of either side stands twice."""
    left = sorted(group, key=lambda fact: rank(fact.id, asked.left, asked.right))
    while len(left) >= FEWEST_PAIRS:
        chunk: list[Fact] = []
        for fact in left:
            if len(chunk) < PAIRS and _fits(world, fact, chunk, asked):
                chunk.append(fact)
        if len(chunk) < FEWEST_PAIRS:
            return
        yield chunk
        left = [fact for fact in left if fact not in chunk]


def _fits(world: World, fact: Fact, chunk: Sequence[Fact], asked: Match) -> bool:
    """Say whether a fact's two sides belong to each other alone, among those already chosen."""
    for one in chunk:
        for role in (asked.left, asked.right):
            mine, other = (fold(answer_text(world, each, role)) for each in (fact, one))
            if f" {mine} " in f" {other} " or f" {other} " in f" {mine} ":
                return False
        if _crosses(world, fact, one, asked) or _crosses(world, one, fact, asked):
            return False
    return True


def _crosses(world: World, fact: Fact, other: Fact, asked: Match) -> bool:
    """Say whether some source pairs one fact's left side with the other's right side."""
    rights = {one.roles.get(asked.right) for one in world.siblings(fact, (asked.left,))}
    return other.roles[asked.right] in rights


def _match(world: World, chunk: Sequence[Fact], asked: Match) -> Iterator[Matching]:
    first = chunk[0]
    question_id = f"{first.id}.{asked.left}-{asked.right}.matching"
    stem = first_sound(
        wordings(
            world,
            first,
            asked.stems,
            question_id=question_id,
            names_source=asked.names_source,
            hidden=[name for fact in chunk for name in (*world.entity_ids(fact), fact.attribution or "")],
        ),
        [],
    )
    if stem is None:
        return
    pairs = [(_row(world, fact, asked.left), answer_text(world, fact, asked.right)) for fact in chunk]
    yield Matching(
        **carry(
            world,
            chunk,
            question_id=question_id,
            kind=asked.kind,
            stem=stem,
            slot=asked.right,
            difficulty=asked.difficulty,
        ),
        pairs=tuple(pairs),
        whys=tuple(credited(world, fact) for fact in chunk),
    )


def _row(world: World, fact: Fact, role: str) -> str:
    text = answer_text(world, fact, role)
    return f"“{text}”" if FACT_TYPES[fact.type].roles[role].kinds == ("quote",) else text
