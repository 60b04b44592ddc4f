"""Phrases about events: who came, who hosted, when and where, and what was shown."""

from quizapp.generate.phrases.shapes import CHOICE_AND_TEXT, Ask, Claim, Match, Set

ORDERS = ("before", "during", "after")

ASKS: dict[str, tuple[Ask, ...]] = {
    "host": (
        Ask(
            slot="host",
            stems=(
                "{host:which} [hosted|was to host] {event}?",
                "{host:which} [was the host of|was expected to host] {event}?",
            ),
            families=CHOICE_AND_TEXT,
            kind="host",
        ),
    ),
    "event_date": (
        Ask(
            slot="date",
            stems=(
                "{date:when} [did {event} take place|was {event} planned to take place]?",
                "[what was the {date:noun} of|which {date:noun} was planned for] {event}?",
            ),
            kind="date",
            names_source=False,
        ),
    ),
    "event_time": (
        Ask(
            slot="clock",
            stems=(
                "at what local time [did {event} begin|was {event} planned to begin]?",
                "which local starting time [did {event} have|was planned for {event}]?",
            ),
            kind="date",
        ),
        Ask(
            slot="gmt",
            stems=(
                "at what time in GMT [did {event} begin|was {event} planned to begin]?",
                "which starting time in GMT [did {event} have|was planned for {event}]?",
            ),
            kind="date",
        ),
    ),
    "event_place": (
        Ask(
            slot="place",
            stems=(
                "in which {place:noun} [did {event} take place|was {event} planned to take place]?",
                "which {place:noun} [was|was to be] the scene of {event}?",
            ),
            families=CHOICE_AND_TEXT,
            kind="place",
            names_source=False,
        ),
    ),
    "event_name": (
        Ask(
            slot="name",
            stems=("by which name does {source} call {event}?", "which name does {source} give to {event}?"),
            families=CHOICE_AND_TEXT,
            fixed="source",
            kind="name",
        ),
    ),
    "sequence": (
        Ask(
            slot="order",
            stems=(
                "did {event} take place before, during or after {other}?",
                "in time, where does {event} stand to {other}: before, during or after?",
            ),
            fixed="source",
            kind="sequence",
            vocabularies=(ORDERS,),
            in_order=True,
        ),
    ),
    "display": (
        Ask(
            slot="thing",
            stems=(
                "which of these [was shown|was to be shown] at {event}?",
                "which of these is named as [shown|to be shown] at {event}?",
            ),
            fixed="closure",
            kind="weapon",
        ),
    ),
}

SETS: dict[str, Set] = {
    "attendance": Set(
        slot="who",
        stems=(
            "which of these does {source} name as [present|expected] at {event}?",
            "whom of these does {source} count among those who [attended|were to attend] {event}?",
        ),
        odd=("which of these does {source} NOT name as [present|expected] at {event}?",),
        kind="who_attended",
    ),
    "only_attendees": Set(
        slot="members",
        stems=(
            "which of these [were|were to be] the only {group} at {event}, according to {source}?",
            "who, according to {source}, [were|were to be] the only {group} at {event}?",
        ),
        kind="who_attended",
    ),
    "display": Set(
        slot="thing",
        stems=(
            "which of these does {source} name as [shown|to be shown] at {event}?",
            "which of these does {source} list as [shown|due to be shown] at {event}?",
        ),
        odd=("which of these does {source} NOT name as [shown|to be shown] at {event}?",),
    ),
}

CLAIMS: dict[str, Claim] = {
    "attendance": Claim(
        stems=(
            "{source} names {who} as [present|expected] at {event}",
            "{source} counts {who} among those who [attended|were to attend] {event}",
        ),
        falsified=("who",),
        negative="{who} {who:was}[| to be] at {event}",
        told="{who} {who:was}[| to be] at {event}",
    ),
    "only_attendees": Claim(stems=("{members} [were|were to be] the only {group} at {event}",)),
    "host": Claim(stems=("{host} [hosted|was to host] {event}",), falsified=("host",), is_spare=True),
    "event_date": Claim(
        stems=("{event} [took place|was planned] {date:on}", "the date of {event} [was|was to be] {date}"),
        falsified=("date",),
    ),
    "event_time": Claim(
        stems=("{event} [began|was planned to begin] at {clock}", "the start of {event} [was|was set] at {clock}"),
        falsified=("clock",),
    ),
    "event_place": Claim(
        stems=(
            "{event} [took place|was planned to take place] in {place}",
            "{place} [was|was to be] the scene of {event}",
        ),
        falsified=("place",),
    ),
    "occurrence": Claim(stems=("there was {what}",), negative="there was {what}"),
    "sequence": Claim(stems=("{event} took place {order} {other}",), falsified=("order",)),
    "scale": Claim(stems=("{event} [was|was to be] {extent}",)),
    "display": Claim(
        stems=(
            "{source} names {thing} as [shown|to be shown] at {event}",
            "{source} says that {thing} {thing:was} [on show|to be on show] at {event}",
        ),
        told="{thing} {thing:was}[| to be] shown at {event}",
        falsified=("thing",),
    ),
}

MATCHES: tuple[tuple[str, Match], ...] = (
    (
        "event_place",
        Match(left="event", right="place", stems=("match each event with its place.", "find the place of each event.")),
    ),
    (
        "event_date",
        Match(left="event", right="date", stems=("match each event with its date.", "find the date of each event.")),
    ),
    (
        "host",
        Match(left="event", right="host", stems=("match each event with its host.", "find the host of each event.")),
    ),
)
