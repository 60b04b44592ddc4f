"""What the tables of reference tell of a wrong option that no fact of the bank is true of."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from quizapp.core.entity import Entity
from quizapp.core.fact import Fact
from quizapp.core.question import Option, Question, Refutation
from quizapp.core.reference import Reference, Row, row_name, rows_of
from quizapp.core.spelling import fold
from quizapp.generate.slots import entity_of, label_text
from quizapp.generate.wording import named, sentence
from quizapp.generate.world import World, rank
from quizapp.question_types import AnyQuestion, MultipleChoice, SingleChoice

Told = tuple[tuple[str, ...], str]


def told_by_tables(world: World, question: AnyQuestion) -> AnyQuestion:
    """Let each wrong option that rests on nothing but what is asked tell what a table says of it."""
    if not isinstance(question, SingleChoice | MultipleChoice):
        return question
    return replace(question, options=tuple(_informed(world, question, option) for option in question.options))


def _informed(world: World, question: Question[Any], option: Option) -> Option:
    refutation = option.refutation
    if refutation is None or refutation.kind in ("value", "reference"):
        return option
    if set(refutation.fact_ids) - set(question.fact_ids):
        return option
    told = tell(world, option.text)
    if told is None:
        return option
    rows, why = told
    return replace(option, why=why, refutation=replace(refutation, rows=rows))


def tell(world: World, text: str) -> Told | None:
    """Say in one sentence what a table tells of what a text names, with the rows that say so."""
    ids = world.names.get(fold(text), set())
    entity = world.bank.entities[next(iter(ids))] if len(ids) == 1 else None
    return next(_tellings(world, entity), None) if entity else None


def _tellings(world: World, entity: Entity) -> Iterator[Told]:
    name = named(entity)
    for table, row in rows_of(world.bank.reference, "office", "nature", "country"):
        rows = (row_name(table, row),)
        if row.entity == entity.id and row.nature:
            yield rows, f"{sentence(name.text)} {'are' if name.plural else 'is'} {row.nature} ({table.label})."
        elif row.entity == entity.id and row.office:
            yield rows, f"{entity.label} was {row.office} of {_country(world, row.of)} ({table.label})."
        elif (
            row.capital
            and row.entity
            and (entity.id == row.entity or (entity.part_of == row.entity and fold(entity.label) == fold(row.capital)))
        ):
            yield rows, f"{row.capital} is the capital of {_country(world, row.id)} ({table.label})."


def capital_of(world: World, place: Row) -> Told | None:
    """Name the capital of a country by its row on a map, with the row that says so."""
    for table, row in rows_of(world.bank.reference, "country"):
        if row.id == place.id and row.capital:
            told = f"{row.capital} is the capital of {_country(world, row.id)} ({table.label})."
            return (row_name(table, row),), told
    return None


def rivals(world: World, fact: Fact, slot: str, *, question_id: str) -> list[Option]:
    """Find people who belong to a closed class beyond dispute and whom its source therefore leaves out.

    "The only Western leaders" are those whom the source names; the head of another government of the EU or NATO is a
    Western leader without dispute, and was not there, according to the same source.
    """
    members = fact.roles.get(slot)
    if not fact.complete or not isinstance(members, tuple):
        return []
    found = [option for person in _people(world) if person.id not in members for option in _rival(world, fact, person)]
    return sorted(found, key=lambda option: rank(question_id, option.text))


def _people(world: World) -> Sequence[Entity]:
    return world.entities_by_kind["person"]


def _rival(world: World, fact: Fact, person: Entity) -> Iterator[Option]:
    for rows, fact_ids, country_id, told in _offices(world, person):
        clubs = [
            (table, row)
            for table, row in rows_of(world.bank.reference, "membership")
            if row.id == country_id and fact.roles.get("group") in table.classes
        ]
        if clubs:
            yield Option(
                text=label_text(person),
                why=f"{told} {sentence(_country(world, country_id))} is a member of {_clubs(clubs)}.",
                refutation=Refutation(
                    kind="reference",
                    fact_ids=(fact.id, *fact_ids),
                    rows=(*rows, *(row_name(table, row) for table, row in clubs)),
                ),
            )
            return


def _offices(world: World, person: Entity) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str, str]]:
    """Yield the offices of a person that a table or a fact tells, with the id of the country and a sentence."""
    for table, row in rows_of(world.bank.reference, "office"):
        if row.entity == person.id and row.of:
            told = f"{person.label} was {row.office} of {_country(world, row.of)} ({table.label})."
            yield (row_name(table, row),), (), row.of, told
    for fact in world.mentions.get(person.id, ()):
        home = entity_of(world, fact, "of") if fact.type == "holds_office" else None
        for _, row in rows_of(world.bank.reference, "country"):
            if home and row.entity == home.id:
                yield (), (fact.id,), row.id, fact.statement


def _clubs(clubs: Sequence[tuple[Reference, Row]]) -> str:
    return " and ".join(f"{table.of} ({table.label})" for table, _ in clubs)


def _country(world: World, country_id: str | None) -> str:
    """Name a country of the tables in a sentence, as the bank names it where it does."""
    row = next(one for _, one in rows_of(world.bank.reference, "country") if one.id == country_id)
    if row.entity:
        return named(world.bank.entities[row.entity]).text
    return f"the {row.name}" if str(row.name).startswith("United") else str(row.name)
