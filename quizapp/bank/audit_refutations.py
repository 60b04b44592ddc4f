"""Whether a wrong option is really wrong, derived anew from the facts."""

from quizapp.bank.audit_readings import (
    Reading,
    meet,
    names_source,
    readings,
    says,
    siblings,
    span,
    stands_in,
    stated_span,
)
from quizapp.bank.audit_reference import missing_rows, not_excluded
from quizapp.bank.ledger import Ledger
from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.natural_order import natural
from quizapp.core.question import Refutation

# Of these a source says one thing: an utterance, a journey, a kinship, a post. What it does not ascribe to them, it
# does not say.
ONE_SAYING = (
    *("quote", "claim", "told", "first_time", "first_in_years", "event_name"),
    *("credited", "occurrence", "scale", "travel", "family", "affiliation"),
)


def doubt(
    ledger: Ledger, stem: str, targets: tuple[str, ...], text: str, refutation: Refutation | None, *, whole: str = ""
) -> str | None:
    """Return why the option ``text`` may be right for all that the facts say, or ``None`` where it is refuted.

    ``whole`` is what else a reader sees, where the stem alone does not name everything that is given.
    """
    asked = readings(ledger, targets)
    if refutation is None:
        return "nothing refutes it"
    missing = [name for name in refutation.fact_ids if name not in ledger.facts]
    if missing or not refutation.fact_ids:
        return f"its refutation rests on facts that are not there: {', '.join(missing) or 'none'}"
    unlisted = missing_rows(ledger, refutation)
    if unlisted:
        return f"its refutation rests on rows that are not there: {', '.join(unlisted)}"
    true = true_of(ledger, stem, asked, text)
    if true:
        return f"it is right, says the fact {true.id}"
    if not asked:
        return "the question does not say which role of which fact it asks"
    doubts = [_doubt_of(ledger, f"{stem} {whole}", reading, text, refutation) for reading in asked]
    return next((found for found in doubts if found), None)


def _doubt_of(ledger: Ledger, stem: str, reading: Reading, text: str, refutation: Refutation) -> str | None:
    match refutation.kind:
        case "functional":
            return _not_functional(ledger, stem, reading, text)
        case "value":
            return _no_contradiction(ledger, reading, text)
        case "negative":
            return _no_denial(ledger, reading, text, refutation)
        case "closed_set":
            return _not_closed(ledger, stem, reading, text)
    return not_excluded(ledger, *reading, text, refutation)


def true_of(ledger: Ledger, stem: str, asked: list[Reading], text: str) -> Fact | None:
    """Return a fact that makes a text right: of any source, or of the one that the stem names."""
    for fact, role in asked:
        for other in siblings(ledger, fact, role, one_source=names_source(ledger, fact, stem)):
            if other.holds and (says(ledger, other, role, text) or _is_part(ledger, other, role, text)):
                return other
    return None


def _is_part(ledger: Ledger, fact: Fact, role: str, text: str) -> bool:
    """Say whether an option contains a filler or lies in it, as Beijing contains Tiananmen Square."""
    value = fact.roles.get(role)
    ids = {name for name in (value if isinstance(value, tuple) else (value,)) if isinstance(name, str)}
    option = ledger.entity(text)
    if option is None or not ids <= ledger.entities.keys():
        return False
    return any(name in _above(ledger, option.id) or option.id in _above(ledger, name) for name in ids)


def _above(ledger: Ledger, entity_id: str) -> set[str]:
    found: set[str] = set()
    above = ledger.entities[entity_id].part_of
    while above and above in ledger.entities and above not in found:
        found.add(above)
        above = ledger.entities[above].part_of
    return found


def _not_functional(ledger: Ledger, stem: str, reading: Reading, text: str) -> str | None:
    fact, role = reading
    givens = FACT_TYPES[fact.type].unique.get(role)
    if givens is None:
        return f"several {role}s may be true at once: {fact.type} does not declare it unique"
    unsaid = [name for name in givens if not stands_in(ledger, fact, name, stem)]
    return f"the stem does not say {' and '.join(unsaid)}" if unsaid else None


def _no_contradiction(ledger: Ledger, reading: Reading, text: str) -> str | None:
    fact, role = reading
    kind = FACT_TYPES[fact.type].roles[role].kinds[0]
    if kind in ("date", "clock"):
        return None if natural(text) else "it is no date or time that could be compared"
    stated, given = stated_span(fact, role), span(text)
    if stated is None or given is None:
        return "it is no number that could be compared"
    return "it may hold beside what the source states" if meet(stated, given) else None


def _no_denial(ledger: Ledger, reading: Reading, text: str, refutation: Refutation) -> str | None:
    fact, role = reading
    denials = [other for other in siblings(ledger, fact, role, one_source=False) if not other.holds]
    known = any(says(ledger, other, role, text) and other.id in refutation.fact_ids for other in denials)
    return None if known else "no source says that it was not so"


def _not_closed(ledger: Ledger, stem: str, reading: Reading, text: str) -> str | None:
    fact, role = reading
    if fact.complete and isinstance(fact.roles.get(role), tuple):
        return None
    if not names_source(ledger, fact, stem):
        return "the source does not close the set, and the stem does not name the source"
    if fact.type in ONE_SAYING or role in FACT_TYPES[fact.type].unique or _has_closure(ledger, fact, role, text):
        return None
    return "nobody vouches that the bank holds all that the source names"


def _has_closure(ledger: Ledger, fact: Fact, role: str, text: str) -> bool:
    """Say whether an editor closed the asked role, or of an option all that it is said of."""
    alike = ledger.of_type(fact.type, fact.source)
    value = next((other.roles[role] for other in alike if says(ledger, other, role, text)), None)
    swapped = {**fact.roles, role: value}
    for closure in ledger.closures(fact.source, fact.type):
        given = fact.roles if closure.role == role else swapped
        is_meant = closure.role == role or (value is not None and role in closure.given)
        if is_meant and all(given.get(name) == wanted for name, wanted in closure.given.items()):
            return True
    return False
