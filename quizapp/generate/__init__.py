"""Facts become questions: one file for each family, the stems as data, and no wrong option without its refutation."""

from quizapp.core.bank import Bank
from quizapp.generate.almanac import told_by_tables
from quizapp.generate.compare_reports import compare_reports
from quizapp.generate.map_location import map_location
from quizapp.generate.matching import matching
from quizapp.generate.multiple_choice import multiple_choice
from quizapp.generate.numeric import numeric
from quizapp.generate.ordering import ordering
from quizapp.generate.short_text import short_text
from quizapp.generate.single_choice import single_choice
from quizapp.generate.true_false import true_false
from quizapp.generate.world import World
from quizapp.question_types import AnyQuestion

FAMILIES = (single_choice, multiple_choice, short_text, numeric, matching, ordering, compare_reports, map_location)


def generate(bank: Bank) -> list[AnyQuestion]:
    """Return the questions that the checked facts of a bank give, sorted by id; the same bank gives the same list."""
    world = World(bank)
    questions = [told_by_tables(world, question) for family in FAMILIES for question in family(world)]
    asked = frozenset(target.rpartition(".")[0] for question in questions for target in question.targets)
    return sorted([*questions, *true_false(world, asked)], key=lambda question: question.id)
