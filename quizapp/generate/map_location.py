"""Map location: a country or city that a fact names, among others on the map of its region."""

from collections.abc import Iterator

from msgspec.structs import replace

from quizapp.core.entity import Entity
from quizapp.core.fact import Fact
from quizapp.core.question import Option
from quizapp.core.reference import Reference, Row, row_name, rows_of
from quizapp.core.spelling import fold
from quizapp.generate.almanac import capital_of, tell
from quizapp.generate.candidates import Candidate
from quizapp.generate.distractors import credited
from quizapp.generate.evidence import carry
from quizapp.generate.phrases.maps import ASKS
from quizapp.generate.phrases.shapes import Ask
from quizapp.generate.refutation import refute
from quizapp.generate.slots import entity_of, label_text
from quizapp.generate.stems import first_sound, wordings
from quizapp.generate.world import World, rank
from quizapp.question_types.map_point import MapPoint

FEWEST_WRONG = 3


def map_location(world: World) -> Iterator[MapPoint]:
    """Ask on each map for the places that facts name, each place once."""
    for table in world.bank.reference.values():
        if table.kind != "map":
            continue
        for fact_type, ask in ASKS.items():
            for row in table.rows:
                entity = _entity(world, row)
                told = [fact for fact in world.mentions.get(entity.id, ()) if _names(fact, fact_type, ask, entity)]
                if told:
                    first = min(told, key=lambda fact: (fact.modality == "planned", rank(fact.id, table.id)))
                    yield from _ask(world, first, ask, table, entity)


def _names(fact: Fact, fact_type: str, ask: Ask, entity: Entity) -> bool:
    return fact.type == fact_type and fact.holds and fact.roles.get(ask.slot) == entity.id


def _ask(world: World, fact: Fact, ask: Ask, table: Reference, key: Entity) -> Iterator[MapPoint]:
    question_id = f"{fact.id}.{ask.slot}.map"
    hidden = [name for name in (key.label, *key.aliases, key.adjective or "") if name]
    stem = first_sound(
        wordings(world, fact, ask.stems, question_id=question_id, names_source=ask.names_source, hidden=(key.id,)),
        hidden,
    )
    if stem is None:
        return
    options = sorted(_options(world, fact, ask, table, stem.text), key=lambda pair: pair[1].text)
    if sum(not option.correct for _, option in options) < FEWEST_WRONG:
        return
    yield MapPoint(
        **carry(world, [fact], question_id=question_id, kind=ask.kind, stem=stem, slot=ask.slot),
        options=tuple(option for _, option in options),
        region=table.id,
        places=tuple(place for place, _ in options),
    )


def _options(world: World, fact: Fact, ask: Ask, table: Reference, stem: str) -> Iterator[tuple[str, Option]]:
    """Yield the places of a map, each with its shape; wrong ones tell their capital or what a table says of them."""
    for row in table.rows:
        entity = _entity(world, row)
        text = label_text(entity)
        if entity_of(world, fact, ask.slot) == entity:
            yield _shape(world, row), Option(text=text, correct=True, why=credited(world, fact))
            continue
        if f" {fold(text)} " in f" {fold(stem)} ":
            continue
        refutation = refute(world, fact, ask, Candidate(text=text, value=entity.id, entity_id=entity.id))
        told = capital_of(world, row) if row.entity is None else tell(world, text)
        if refutation and told:
            rows, why = told
            yield _shape(world, row), Option(text=text, why=why, refutation=replace(refutation, rows=rows))


def _entity(world: World, row: Row) -> Entity:
    """Return what a row of a map stands for; of a country that the bank does not know its name alone."""
    if row.entity:
        return world.bank.entities[row.entity]
    country = _country(world, row)
    known = world.bank.entities.get(country.entity or "")
    return known or Entity(
        id=row_name(world.bank.reference["countries"], country), kind="country", label=str(country.name)
    )


def _shape(world: World, row: Row) -> str:
    return row.id if row.entity else str(_country(world, row).code)


def _country(world: World, row: Row) -> Row:
    return next(one for _, one in rows_of(world.bank.reference, "country") if one.id == row.id)
