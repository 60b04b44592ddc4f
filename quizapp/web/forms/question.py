"""The question editor: one form for every kind of question."""

from collections.abc import Mapping, Sequence

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length

from quizapp.core.bank import Topic
from quizapp.core.source import Source
from quizapp.drafts.draft import MOST_ROWS, Draft, DraftOption, DraftPair, Problem
from quizapp.drafts.source import SourceDraft
from quizapp.drafts.text import lines, tidy
from quizapp.web.forms.refusal import RefusableForm

FEWEST_ROWS = 4
LONGEST = 2000


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Keep this under {characters} characters.")


class OptionRow(Form):
    """One option; whether it is right stands in the editor's field ``right``."""

    text = StringField("Option", [_at_most(300)])
    why = StringField("What it is true of", [_at_most(600)])


class PairRow(Form):
    """Two things that belong together."""

    left = StringField("Left", [_at_most(300)])
    right = StringField("Belongs to", [_at_most(300)])
    why = StringField("Why", [_at_most(600)])


class QuestionForm(RefusableForm):
    """Everything an author can say about a question; the fields of other kinds are kept but not used."""

    kind = StringField("Kind of question", default="single_choice")
    stem = TextAreaField("Question", [_at_most(600)])
    words = TextAreaField("The words that were said", [_at_most(600)])
    options = FieldList(FormField(OptionRow), "Options", min_entries=FEWEST_ROWS, max_entries=MOST_ROWS)
    right = SelectMultipleField("Right", choices=[], coerce=int, validate_choice=False)
    keeps_order = BooleanField("Show the options in this order")
    is_true = StringField("The statement is")
    number = StringField("Right number", [_at_most(40)])
    tolerance = StringField("Accept answers that are off by", [_at_most(40)])
    unit = StringField("Unit", [_at_most(40)])
    accepted = TextAreaField("Right answer", [_at_most(LONGEST)])
    rejected = TextAreaField("Never accept", [_at_most(LONGEST)])
    pairs = FieldList(FormField(PairRow), "Pairs", min_entries=FEWEST_ROWS, max_entries=MOST_ROWS)
    extra = TextAreaField("Further choices that match nothing", [_at_most(LONGEST)])
    items = TextAreaField("Items in the right order", [_at_most(LONGEST)])
    first_label = StringField("The first one is the", [_at_most(40)], default="earliest")
    last_label = StringField("The last one is the", [_at_most(40)], default="latest")
    explanation = TextAreaField("Why this is the answer", [_at_most(1500)])
    source = StringField("Source")
    source_title = StringField("Title", [_at_most(300)])
    outlet = StringField("Outlet", [_at_most(160)])
    author = StringField("Author", [_at_most(160)])
    dated_on = StringField("Date", [_at_most(10)])
    url = StringField("Web address", [_at_most(1000)])
    says = TextAreaField("What the source says, in your words", [_at_most(600)])
    quote = TextAreaField("Quote", [_at_most(600)])
    paragraph = StringField("Paragraph", [_at_most(5)])
    anchor = StringField("Words to look for", [_at_most(80)])
    topic = StringField("Topic")
    question_id = HiddenField()
    revision = HiddenField()

    def offer(self, topics: Sequence[Topic], sources: Mapping[str, Source]) -> None:
        """Fill the two lists to choose from."""
        self.topics = [("", "Choose a topic"), *((topic.id, topic.title) for topic in topics)]
        self.sources = [
            ("", "A new source, described below"),
            *sorted(
                ((source.id, source.title_label) for source in sources.values()),
                key=lambda choice: choice[1].casefold(),
            ),
        ]

    def based_on(self) -> int:
        """Return the revision that the form was opened with; 0, which is none, where that cannot be read."""
        text = str(self.revision.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    def add_row(self) -> None:
        """Give the table of the chosen kind another empty row, up to the limit."""
        rows = self.pairs if self.kind.data == "matching" else self.options
        if len(rows) < MOST_ROWS:
            rows.append_entry()

    def to_source(self) -> SourceDraft:
        """Return the source that the author described."""
        return SourceDraft(
            title=_text(self.source_title),
            outlet=_text(self.outlet),
            author=_text(self.author),
            dated_on=_text(self.dated_on),
            url=_text(self.url),
        )

    def to_draft(self, source: Source | None) -> Draft:
        """Return the question as it stands in the form, citing ``source``."""
        right = set(self.right.data or ())
        return Draft(
            kind=self.kind.data or "",
            stem=_text(self.stem),
            topic=self.topic.data or "",
            explanation=_text(self.explanation),
            options=tuple(
                DraftOption(text=_text(row.form.text), why=_text(row.form.why), correct=index in right)
                for index, row in enumerate(self.options)
            ),
            keeps_order=bool(self.keeps_order.data),
            is_true={"true": True, "false": False}.get(self.is_true.data or ""),
            number=_text(self.number),
            tolerance=_text(self.tolerance),
            unit=_text(self.unit),
            accepted=_lines(self.accepted),
            rejected=_lines(self.rejected),
            pairs=tuple(
                DraftPair(left=_text(row.form.left), right=_text(row.form.right), why=_text(row.form.why))
                for row in self.pairs
            ),
            extra=_lines(self.extra),
            items=_lines(self.items),
            first_label=_text(self.first_label),
            last_label=_text(self.last_label),
            words=_text(self.words),
            source=source,
            says=_text(self.says),
            quote=_text(self.quote),
            paragraph=_text(self.paragraph),
            anchor=_text(self.anchor),
        )

    def show(self, problems: Sequence[Problem]) -> None:
        """Put each problem under the field that it is about."""
        for problem in problems:
            self.refuse(problem.field, problem.message)

    def summary(self) -> list[tuple[str, str]]:
        """List what is wrong as pairs of a field's id and the message, the rows of tables included."""
        plain = [(field.id, message) for field in self for message in field.errors if isinstance(message, str)]
        rows = [
            (field.id, message)
            for row in (*self.options, *self.pairs)
            for field in row.form
            for message in field.errors
        ]
        return plain + rows


def _text(field: StringField) -> str:
    """Read a field; what lies beyond every limit is left out, since it can be previewed but not published."""
    return tidy((field.data or "")[:LONGEST])


def _lines(field: StringField) -> tuple[str, ...]:
    return lines((field.data or "")[:LONGEST])


def fields_of(draft: Draft) -> dict[str, object]:
    """Return the form's fields that show a draft, for editing it."""
    return {
        "kind": draft.kind,
        "stem": draft.stem,
        "words": draft.words,
        "options": [{"text": option.text, "why": option.why} for option in draft.options],
        "right": [index for index, option in enumerate(draft.options) if option.correct],
        "keeps_order": draft.keeps_order,
        "is_true": "" if draft.is_true is None else str(draft.is_true).lower(),
        "number": draft.number,
        "tolerance": draft.tolerance,
        "unit": draft.unit,
        "accepted": "\n".join(draft.accepted),
        "rejected": "\n".join(draft.rejected),
        "pairs": [{"left": pair.left, "right": pair.right, "why": pair.why} for pair in draft.pairs],
        "extra": "\n".join(draft.extra),
        "items": "\n".join(draft.items),
        "first_label": draft.first_label or "earliest",
        "last_label": draft.last_label or "latest",
        "explanation": draft.explanation,
        "source": draft.source.id if draft.source else "",
        "says": draft.says,
        "quote": draft.quote,
        "paragraph": draft.paragraph,
        "anchor": draft.anchor,
        "topic": draft.topic,
    }
