"""Phrases that compare: timelines, and how the sources stand to each other."""

# The event and its date, in types that tell when something was.
TIMELINE_SLOTS = {
    "event_date": ("{event}", "date"),
    "derived_year": ("{event}", "year"),
    "travel": ("{person:s} arrival in {to}", "day"),
}
TIMELINE = ("Put these in the order of time.", "Which of these came first, and which after it? Put them in order.")
WHICH_SOURCE = ("which source says that {claim}?", "in which source do we read that {claim}?")
WHICH_STANCE = (
    "{source} says that {claim}. How does {other} speak of the same?",
    "we read in {source} that {claim}. What does {other} say of it?",
)
STANCES = {
    "agrees": "It says the same",
    "qualifies": "It differs in strength or in detail",
    "contradicts": "It says something that cannot be true as well",
    "announces": "It announces it beforehand",
}
