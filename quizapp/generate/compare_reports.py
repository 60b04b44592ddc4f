"""Compare the reports: which source says it so, and how two sources stand to each other."""

from collections.abc import Iterator

from quizapp.core.fact import Comparison, Fact
from quizapp.core.question import Option, Refutation
from quizapp.generate.distractors import credited
from quizapp.generate.evidence import Carried, carry
from quizapp.generate.phrases import CLAIMS
from quizapp.generate.phrases.comparisons import STANCES, WHICH_SOURCE, WHICH_STANCE
from quizapp.generate.phrases.words import OWN_VIEW
from quizapp.generate.slots import slots
from quizapp.generate.stems import Stem, is_sound
from quizapp.generate.wording import fill, sentence, slots_of
from quizapp.generate.world import World, rank
from quizapp.question_types.single_choice import SingleChoice

ONE_IN = 2
NOT_APART = ({"agrees", "announces"},)


def compare_reports(world: World) -> Iterator[SingleChoice]:
    """Ask how two sources stand to each other, and where they differ also which of them it is."""
    for pair in world.bank.comparisons:
        fact, other = world.bank.facts.get(pair.fact), world.bank.facts.get(pair.other)
        if not fact or not other:
            continue
        differs = pair.stance in ("qualifies", "contradicts")
        if differs or (_says_the_same(fact, other) and rank(pair.fact, pair.other) % ONE_IN == 0):
            yield from _stance(world, pair, fact, other)
        if differs:
            yield from _source(world, pair, fact, other)
            yield from _source(world, pair, other, fact)


def _says_the_same(fact: Fact, other: Fact) -> bool:
    """Say whether two facts are the same but for their source, and worth comparing."""
    claim = CLAIMS.get(fact.type)
    return (fact.type, fact.roles) == (other.type, other.roles) and claim is not None and not claim.is_spare


def _told(world: World, fact: Fact) -> str:
    """Put a fact as a clause that follows "says that"."""
    claim = CLAIMS.get(fact.type)
    if claim is None or not fact.holds:
        return ""
    holder = world.bank.entities.get(str(fact.roles.get("holder")))
    pattern = OWN_VIEW if holder and holder.kind == "document" else claim.told or claim.stems[0]
    words = slots(world, fact, is_short=True)
    if any(slot not in words for slot in slots_of(pattern)):
        return ""
    return fill(pattern, words, is_planned=fact.modality == "planned")


def _source(world: World, pair: Comparison, fact: Fact, other: Fact) -> Iterator[SingleChoice]:
    """Ask which of two sources speaks like this."""
    question_id = f"{fact.id}.source.compare"
    wording = rank(question_id) % len(WHICH_SOURCE)
    text = sentence(WHICH_SOURCE[wording].format(claim=_told(world, fact)))
    labels = [world.bank.sources[one.source].label for one in (fact, other)]
    if not _told(world, fact) or _reads_the_same(world, fact, other) or not is_sound(text, labels):
        return
    refutation = Refutation(kind="closed_set", fact_ids=(other.id, fact.id))
    yield SingleChoice(
        **_shared(world, pair, fact, question_id=question_id, stem=Stem(text=text, wording=wording), slot="source"),
        options=(
            Option(text=f"Only {labels[0]}", correct=True, why=credited(world, fact)),
            Option(text=f"Only {labels[1]}", why=credited(world, other), refutation=refutation),
            Option(text="Both sources", why=credited(world, other), refutation=refutation),
        ),
    )


def _shared(world: World, pair: Comparison, fact: Fact, *, question_id: str, stem: Stem, slot: str) -> Carried:
    """Return what both kinds of comparison take from the fact."""
    return carry(
        world,
        [fact],
        question_id=question_id,
        kind="compare_reports",
        stem=stem,
        slot=slot,
        difficulty="compare",
        topic=pair.topic,
    )


def _reads_the_same(world: World, fact: Fact, other: Fact) -> bool:
    """Say whether two facts read the same, so that their sources cannot be told apart."""
    return _told(world, fact) == _told(world, other)


def _stance(world: World, pair: Comparison, fact: Fact, other: Fact) -> Iterator[SingleChoice]:
    """Ask how one source's word stands to the other's."""
    question_id = f"{fact.id}.{other.id}.stance.compare"
    wording = rank(question_id) % len(WHICH_STANCE)
    labels = [world.bank.sources[one.source].label for one in (fact, other)]
    text = sentence(WHICH_STANCE[wording].format(source=labels[0], claim=_told(world, fact), other=labels[1]))
    if not _told(world, fact) or not is_sound(text, []):
        return
    refutation = Refutation(kind="value", fact_ids=(fact.id, other.id))
    wrong = [stance for stance in STANCES if stance != pair.stance and {stance, pair.stance} not in NOT_APART]
    if other.modality == "planned" and pair.stance != "announces":
        wrong = [stance for stance in wrong if stance != "announces"]
    yield SingleChoice(
        **_shared(world, pair, fact, question_id=question_id, stem=Stem(text=text, wording=wording), slot="stance"),
        options=(
            Option(text=STANCES[pair.stance], correct=True, why=pair.note),
            *(Option(text=STANCES[stance], why=pair.note, refutation=refutation) for stance in wrong),
        ),
    )
