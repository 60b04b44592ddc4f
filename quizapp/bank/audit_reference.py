"""Whether a table of reference really says what a refutation takes from it, read anew for the audit."""

from quizapp.bank.ledger import Ledger
from quizapp.core.fact import Fact
from quizapp.core.question import Refutation
from quizapp.core.spelling import fold

Row = tuple[str, str]


def missing_rows(ledger: Ledger, refutation: Refutation) -> list[str]:
    """Return the rows that a refutation names and no table has."""
    return [name for name in refutation.rows if name not in ledger.rows]


def not_excluded(ledger: Ledger, fact: Fact, role: str, text: str, refutation: Refutation) -> str | None:
    """Return why somebody may be among "the only …" after all, or ``None`` where class and closure shut them out.

    The source says that these are all of a class; the one in question belongs to that class by a table, so that the
    source leaves them out. No source may report that they came.
    """
    person = ledger.entity(text)
    members = fact.roles.get(role)
    if person is None or not fact.complete or not isinstance(members, tuple):
        return "no source closes a class to which it could belong"
    if person.id in members:
        return "it is one of the class"
    for other in ledger.naming("attendance", person.label):
        if other.holds and (other.roles["who"], other.roles["event"]) == (person.id, fact.roles.get("event")):
            return f"the fact {other.id} says that they were there"
    countries = _countries(ledger, person.id, refutation)
    for name in refutation.rows:
        table, row = ledger.rows[name]
        if table.kind == "membership" and row.id in countries and fact.roles.get("group") in table.classes:
            return None
    return f"no table says that its country counts among the {fold(str(fact.roles.get('group')))}"


def _countries(ledger: Ledger, person_id: str, refutation: Refutation) -> set[str]:
    """Return the countries in which a person holds office, by the rows and facts that the refutation rests on."""
    by_row = {
        row.of
        for _, row in (ledger.rows[name] for name in refutation.rows)
        if row.office and row.entity == person_id and row.of
    }
    homes = {
        fact.roles["of"]
        for fact in (ledger.facts[name] for name in refutation.fact_ids)
        if fact.type == "holds_office" and fact.holds and fact.roles["person"] == person_id
    }
    return by_row | {row.id for _, row in ledger.rows.values() if row.code and row.entity in homes}
