"""True or false: a fact as it is, or with one filler exchanged for another that is refuted."""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from quizapp.core.fact import Fact
from quizapp.core.fact_types import FACT_TYPES
from quizapp.core.question import Option, Refutation
from quizapp.core.spelling import fold
from quizapp.generate.candidates import Candidate
from quizapp.generate.distractors import credited, wrong_options
from quizapp.generate.evidence import carry
from quizapp.generate.phrases import ASKS, CLAIMS
from quizapp.generate.phrases.shapes import Ask, Claim
from quizapp.generate.phrases.words import OWN_NAME, OWN_VIEW
from quizapp.generate.slots import answer_text
from quizapp.generate.stems import STATEMENT, Stem, first_sound, wordings
from quizapp.generate.world import World, rank
from quizapp.question_types.true_false import TrueFalse

IN_ITS_OWN_NAME = "The source says so in its own name."
PASSED_ON = "The source passes this view on; it does not make it its own."
MOST_SHARE = 0.53


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement about a fact, true or refuted; ``slot`` is what was exchanged."""

    fact: Fact
    stem: Stem
    is_true: bool
    slot: str
    option: Option | None = None


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """What can be stated about a fact: the truth, something refuted, or both."""

    fact_id: str
    true: Statement | None
    false: Statement | None

    @property
    def is_view(self) -> bool:
        """Say whether the statement tells who holds a view: its wording must not tell the verdict as well."""
        return any(one is not None and one.fact.type == "claim" for one in (self.true, self.false))

    @property
    def preferred(self) -> Statement | None:
        """Return the statement that the fact's id chooses, or the only one."""
        wants_true = rank(self.fact_id, "truth") % 2 == 0
        return (self.true if wants_true else self.false) or self.true or self.false


def true_false(world: World, asked: frozenset[str]) -> Iterator[TrueFalse]:
    """State the facts that nothing else asks, and some of the others, half of them falsely."""
    pairs: list[Pair] = []
    for fact in world.facts:
        claim = CLAIMS.get(fact.type)
        if claim and (fact.id not in asked or (not claim.is_spare and rank(fact.id, "true_false") % claim.one_in == 0)):
            pairs.append(Pair(fact_id=fact.id, true=_true(world, fact, claim), false=_false(world, fact, claim)))
    views = [pair for pair in pairs if pair.is_view]
    for alike in (views, [pair for pair in pairs if not pair.is_view]):
        yield from (_question(world, statement) for statement in balanced(alike))


def balanced(pairs: Sequence[Pair]) -> list[Statement]:
    """Choose of each fact the true or the false statement by its own id, then change as few as balance needs."""
    taken: set[str] = set()
    chosen: dict[str, Statement | None] = {}
    for pair in pairs:
        wanted = pair.preferred
        chosen[pair.fact_id] = pair.true if wanted and wanted.stem.text in taken else wanted
        taken.update([wanted.stem.text] if wanted else [])
    by_rank = sorted(pairs, key=lambda pair: (not (pair.true and pair.false), rank(pair.fact_id, "balance")))
    for is_true in (True, False):
        for pair in by_rank:
            kept = [one for one in chosen.values() if one]
            if sum(one.is_true == is_true for one in kept) <= MOST_SHARE * len(kept):
                break
            now, other = chosen[pair.fact_id], pair.false if is_true else pair.true
            if now and now.is_true == is_true and not (other and other.stem.text in taken):
                chosen[pair.fact_id] = other
                taken.update([other.stem.text] if other else [])
    return [one for one in chosen.values() if one]


def _true(world: World, fact: Fact, claim: Claim) -> Statement | None:
    patterns = claim.stems if fact.holds else ()
    if fact.type == "claim" and fact.attribution and _is_own_voice(world, fact):
        patterns = (OWN_NAME,) if _stem(world, fact, (OWN_NAME,)) else (OWN_VIEW,)
    elif fact.holds and claim.told and _is_passed_on(world, fact):
        patterns = (claim.told,)
    slot = _slot(claim, fact)
    stem = _stem(world, fact, patterns, once=answer_text(world, fact, slot))
    return Statement(fact=fact, stem=stem, is_true=True, slot=slot) if stem else None


def _false(world: World, fact: Fact, claim: Claim) -> Statement | None:
    if not fact.holds:
        stem = _stem(world, fact, (claim.negative,) if claim.negative else ())
        denial = Option(text="", why=credited(world, fact), refutation=Refutation(kind="negative", fact_ids=(fact.id,)))
        return Statement(fact=fact, stem=stem, is_true=False, slot=_slot(claim, fact), option=denial) if stem else None
    if claim.told and _is_passed_on(world, fact):
        return None
    if fact.type == "claim" and not _is_own_voice(world, fact):
        return _in_its_own_name(world, fact)
    slots = sorted(claim.falsified, key=lambda slot: rank(fact.id, slot))
    for slot in slots:
        if fact.roles.get(slot) is None:
            continue
        key = "" if _is_own_voice(world, fact) else answer_text(world, fact, slot)
        for candidate, option in _refuted(world, fact, claim, slot):
            if _is_told_of(world, fact, candidate):
                continue
            attribution = None if fact.attribution == fact.roles[slot] else fact.attribution
            roles = {**fact.roles, slot: candidate.value}
            altered = replace(fact, roles=roles, quantity=None, attribution=attribution)
            stem = _stem(world, altered, claim.stems, hidden=key)
            if stem:
                return Statement(fact=fact, stem=stem, is_true=False, slot=slot, option=option)
    return None


def _in_its_own_name(world: World, fact: Fact) -> Statement | None:
    """State that a source says itself what it only passes on."""
    stem = _stem(world, replace(fact, attribution=None), (OWN_NAME,))
    passed_on = Refutation(kind="closed_set", fact_ids=(fact.id,))
    option = Option(text="", why=f"{credited(world, fact)} {PASSED_ON}", refutation=passed_on)
    return Statement(fact=fact, stem=stem, is_true=False, slot="holder", option=option) if stem else None


def _refuted(world: World, fact: Fact, claim: Claim, slot: str) -> list[tuple[Candidate, Option]]:
    ask = next((ask for ask in ASKS.get(fact.type, ()) if ask.slot == slot), Ask(slot=slot, stems=claim.stems))
    found = wrong_options(world, fact, ask, question_id=f"{fact.id}.true-false", stem="", count=3)
    return sorted(found, key=lambda one: -_company(world, fact, slot, one[0]))


def _company(world: World, fact: Fact, slot: str, candidate: Candidate) -> int:
    """Count the events that the candidate shares with the key: the more, the more easily taken for it."""
    key = fact.roles[slot]
    return len(_events(world, str(key)) & _events(world, candidate.entity_id or "")) if isinstance(key, str) else 0


def _events(world: World, entity_id: str) -> set[str]:
    return {str(one.roles["event"]) for one in world.mentions.get(entity_id, ()) if one.holds and "event" in one.roles}


def _is_told_of(world: World, fact: Fact, candidate: Candidate) -> bool:
    """Say whether a claim is about the candidate: to say that it is theirs as well would be nearly true."""
    entity = world.bank.entities.get(candidate.entity_id or "")
    if entity is None or fact.type != "claim":
        return False
    told = f" {fold(f'{fact.statement} {fact.context}')} "
    return any(f" {fold(name)} " in told for name in (entity.label, *entity.aliases))


def _stem(world: World, fact: Fact, patterns: tuple[str, ...], *, once: str = "", hidden: str = "") -> Stem | None:
    """Return a statement that holds one text at most once, so that no name gives it away, and another not at all."""
    question_id = f"{fact.id}.true-false"
    names_source = any(ask.names_source for ask in ASKS.get(fact.type, ())) or fact.type not in ASKS
    stems = wordings(world, fact, patterns, question_id=question_id, names_source=names_source, opening=STATEMENT)
    return first_sound((stem for stem in stems if not once or stem.text.count(once) <= 1), [hidden] if hidden else [])


def _is_own_voice(world: World, fact: Fact) -> bool:
    holder = world.bank.entities.get(str(fact.roles.get("holder")))
    return holder is not None and holder.kind == "document"


def _is_passed_on(world: World, fact: Fact) -> bool:
    """Say whether a source passes on what somebody else says, so that the statement must name them as well."""
    holder = world.bank.entities.get(fact.attribution or "")
    return holder is not None and holder.kind != "document" and holder.id not in world.entity_ids(fact)


def _slot(claim: Claim, fact: Fact) -> str:
    return claim.falsified[0] if claim.falsified else next(iter(FACT_TYPES[fact.type].roles))


def _question(world: World, statement: Statement) -> TrueFalse:
    fact, option = statement.fact, statement.option
    why = credited(world, fact)
    itself = Refutation(kind="functional", fact_ids=(fact.id,))
    if option and fact.type == "claim" and _is_own_voice(world, fact):
        why = f"{why} {IN_ITS_OWN_NAME}"
    refuted = why if option is None or option.why == why else f"{why} {option.why}"
    if option and option.why.startswith(why):
        refuted = option.why
    true = Option(text="True", correct=statement.is_true, why=refuted, refutation=option.refutation if option else None)
    false = Option(
        text="False", correct=not statement.is_true, why=refuted, refutation=itself if statement.is_true else None
    )
    return TrueFalse(
        **carry(
            world,
            [fact],
            question_id=f"{fact.id}.true-false",
            kind="true_false",
            stem=statement.stem,
            slot=statement.slot,
        ),
        options=(true, false),
    )
