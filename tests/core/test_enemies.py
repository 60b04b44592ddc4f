"""Questions that give each other away are enemies, or stand in the order that keeps them apart."""

from quizapp.core.citation import Citation
from quizapp.core.enemies import are_enemies, arrange, reveals, trace
from quizapp.core.question import Option, OtherSource, Refutation
from quizapp.question_types.single_choice import SingleChoice
from quizapp.question_types.true_false import TrueFalse


def make_question(name="q", stem="Which harbour is it?", key="Elmwick", asks="fact-a", rests_on=(), **fields):
    wrong = Refutation(kind="functional", fact_ids=(asks, *rests_on))
    return SingleChoice(
        id=name,
        kind="choice",
        topic="harbour",
        stem=stem,
        explanation="It lies by the sea.",
        targets=(f"{asks}.place",) if asks else (),
        fact_ids=(asks,) if asks else (),
        options=(
            Option(text=key, correct=True),
            Option(text="Farwick", refutation=wrong),
            Option(text="Gorwick", refutation=wrong),
        ),
        **fields,
    )


def test_two_questions_on_one_fact_are_enemies():
    assert are_enemies(make_question("one"), make_question("two", stem="Name it.", key="Hallwick"))


def test_questions_on_different_facts_are_none():
    other = make_question("two", stem="Who was the mayor?", key="Ada Brandt", asks="fact-b")

    assert not are_enemies(make_question("one"), other)


def test_a_stem_that_shows_the_other_s_fact_makes_enemies_either_way():
    one = make_question("one", shows=("fact-b",))
    other = make_question("two", stem="Who was the mayor?", key="Ada Brandt", asks="fact-b")

    assert are_enemies(one, other)
    assert are_enemies(other, one)


def test_feedback_that_answers_both_ways_makes_enemies():
    one = make_question("one", rests_on=("fact-b",))
    other = make_question("two", stem="Who was the mayor?", key="Ada Brandt", asks="fact-b", rests_on=("fact-a",))

    assert are_enemies(one, other)


def test_feedback_that_answers_one_way_only_orders_them():
    revealer = make_question("one", rests_on=("fact-b",))
    revealed = make_question("two", stem="Who was the mayor?", key="Ada Brandt", asks="fact-b")

    assert not are_enemies(revealer, revealed)
    assert reveals(trace(revealer), trace(revealed))
    assert arrange([trace(revealer), trace(revealed)]) == [1, 0]


def test_what_another_source_says_is_feedback_too():
    told = OtherSource(stance="agrees", citation=Citation(source="herald", fact_id="fact-b"))

    revealer = make_question("one", other_sources=(told,))

    assert reveals(trace(revealer), trace(make_question("two", asks="fact-b")))


def test_questions_that_reveal_each_other_in_a_circle_cannot_be_arranged():
    circle = [
        trace(make_question(f"q{place}", asks=f"fact-{place}", rests_on=(f"fact-{(place + 1) % 3}",)))
        for place in range(3)
    ]

    assert arrange(circle) is None


def test_a_teacher_s_stem_that_holds_the_other_s_key_makes_enemies():
    one = make_question("one", stem="Why was the ferry harbour moved to Elmwick?", key="Storms", asks="")
    other = make_question("two", stem="In which town lies the ferry harbour?", key="Elmwick", asks="")

    assert are_enemies(one, other)


def test_a_shared_name_without_a_shared_matter_makes_none():
    one = make_question("one", stem="Which poet came from Elmwick?", key="Rolf Amery", asks="")
    other = make_question("two", stem="Where lies the ferry harbour?", key="Elmwick", asks="")

    assert not are_enemies(one, other)


def test_the_verdict_of_a_statement_is_no_key_to_look_for():
    statement = TrueFalse(
        id="s",
        kind="true_false",
        topic="harbour",
        stem="True or false? The ferry harbour lies in Elmwick.",
        explanation="It does.",
        options=(Option(text="True", correct=True), Option(text="False")),
    )
    other = make_question("two", stem="True ferries leave which harbour quay?", key="Farside", asks="")

    assert trace(statement).keys == ()
    assert not are_enemies(statement, other)
