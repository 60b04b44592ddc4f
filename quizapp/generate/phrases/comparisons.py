"""Phrases that compare: timelines, and how the sources stand to each other."""

# The event and its date, in types that tell when something was.
TIMELINE_SLOTS = {
    "event_date": ("{event}", "date"),
    "derived_year": ("{event}", "year"),
    "travel": ("{person:s} arrival in {to}", "day"),
}
TIMELINE = (
    "Put these events in order, from the earliest to the latest.",
    "In which order did these events take place? Begin with the earliest.",
)
WHICH_SOURCE = ("which source says that {claim}?", "in which source do we read that {claim}?")
WHICH_STANCE = (
    "{source} says that {claim}. How does {other} speak of the same?",
    "we read in {source} that {claim}. What does {other} say of it?",
)
STANCES = {
    "agrees": "It says the same",
    "qualifies": "It differs in strength or in detail",
    "contradicts": "It contradicts it, so that one must be wrong",
    "announces": "It announces it beforehand",
}
