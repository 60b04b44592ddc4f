"""Looking for questions: a search and filters, sent by GET so that the address can be kept."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Form, IntegerField, StringField

from quizapp.core.bank import Topic
from quizapp.core.source import Source
from quizapp.drafts.text import tidy
from quizapp.store.tables import Person


class QuestionSearch(Form):
    """The filters of the list of questions; an unknown choice filters nothing."""

    q = StringField("Words in the question")
    kind = StringField("Kind")
    topic = StringField("Topic")
    source = StringField("Source")
    author = StringField("Author")
    archived = BooleanField("Archived ones")
    page = IntegerField()

    def offer(
        self, *, kinds: Sequence[str], topics: Sequence[Topic], sources: Sequence[Source], authors: Sequence[Person]
    ) -> None:
        """Fill the lists to choose from."""
        self.kinds = [("", "Any kind"), *((kind, kind_words(kind)) for kind in kinds)]
        self.topics = [("", "Any topic"), *((topic.id, topic.title) for topic in topics)]
        self.sources = [("", "Any source"), *((source.id, source.label) for source in sources)]
        self.authors = [
            ("", "Anybody"),
            ("bank", "Shipped bank"),
            *((str(person.id), person.username or "") for person in authors),
        ]

    def filters(self) -> dict[str, Any]:
        """Return the arguments of the store's search."""
        return {
            "text": tidy(self.q.data or "")[:200],
            "kind": tidy(self.kind.data or ""),
            "topic": tidy(self.topic.data or ""),
            "source": tidy(self.source.data or ""),
            "author": _author(self.author.data or ""),
            "archived": bool(self.archived.data),
            "page": min(max(self.page.data or 1, 1), 10**6),
        }

    def query(self) -> dict[str, str]:
        """Return what the address of another page of the same search repeats."""
        given = {name: self[name].data or "" for name in ("q", "kind", "topic", "source", "author")}
        return {name: text for name, text in given.items() if text} | ({"archived": "y"} if self.archived.data else {})


def kind_words(kind: str) -> str:
    """Write the name of a kind in words: "who_said_it" is "Who said it"."""
    return kind.replace("_", " ").capitalize()


def _author(text: str) -> str | int:
    """Read a person's id or the word for the shipped bank; anything else is nobody in particular."""
    if text == "bank":
        return text
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else ""
