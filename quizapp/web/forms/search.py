"""Looking for questions: a search and filters, sent by GET so that the address can be kept."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Form, IntegerField, StringField

from quizapp.core.bank import Topic
from quizapp.core.source import Source
from quizapp.drafts.draft import KINDS
from quizapp.drafts.text import tidy
from quizapp.question_types import TYPES
from quizapp.store.tables import Person


class QuestionSearch(Form):
    """The filters of the list of questions; an unknown author filters nothing.

    A kind is one of the editor's, which means everything that is answered so, or a family of the bank.
    """

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
        families = {kind_words(kind): kind for kind in kinds if kind_words(kind) not in KINDS.values()}
        self.kinds = [("", "Any kind"), *KINDS.items(), *((kind, words) for words, kind in sorted(families.items()))]
        self.topics = [("", "Any topic"), *((topic.id, topic.title) for topic in topics)]
        self.sources = [("", "Any source"), *((source.id, source.title_label) for source in sources)]
        self.authors = [
            ("", "Anybody"),
            ("bank", "Shipped bank"),
            *((str(person.id), person.username or "") for person in authors),
        ]

    def filters(self) -> dict[str, Any]:
        """Return the arguments of the store's search."""
        return {
            "text": tidy(self.q.data or "")[:200],
            "type" if self.kind.data in TYPES else "kind": tidy(self.kind.data or ""),
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
    """Write the name of a kind as the editor does, and a family of the bank in words: "how_many" is "How many"."""
    return KINDS.get(kind) or kind.replace("_", " ").capitalize()


def _author(text: str) -> str | int:
    """Read a person's id or the word for the shipped bank; anything else is nobody in particular."""
    if text == "bank":
        return text
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else ""
