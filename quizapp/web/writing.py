"""Writing questions: the editor's page, its preview, and the view of a question that somebody else has written."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Redirect
from werkzeug.datastructures import MultiDict

from quizapp.drafts.check import build
from quizapp.drafts.draft import KINDS
from quizapp.drafts.question import draft_of
from quizapp.extensions import db
from quizapp.question_types import AnyQuestion
from quizapp.store import attempts, pool, questions
from quizapp.store.authorship import editable, may_archive, may_edit
from quizapp.store.questions import ChangedMeanwhile
from quizapp.store.sources import add_source, all_sources, cited, sources_of
from quizapp.store.tables import QuestionRow
from quizapp.web import editor
from quizapp.web.clock import now
from quizapp.web.forms.question import QuestionForm, fields_of
from quizapp.web.forms.search import kind_words

writing = Blueprint("writing", __name__)


@writing.route("/teach/questions/new", methods=["GET", "POST"])
def new_question() -> Redirect:
    """Add a question; it joins the pool of its topic as soon as it is published."""
    shelf = _shelf()
    form = QuestionForm(_posted(), data=_beginning())
    form.offer(shelf.topics, shelf.sources)
    question_id = form.question_id.data or ""
    if not questions.is_new_id(question_id):
        question_id = form.question_id.data = questions.new_id()
    reading = editor.read(form, shelf, source_id=f"{question_id}-1")
    if not _wants_to_publish(form, reading):
        return _editor(form, reading, question_id)
    if _is_taken(reading, question_id):
        question_id = questions.new_id()
        reading = editor.read(form, shelf, source_id=f"{question_id}-1")
    _keep_source(reading)
    row = questions.add_question(db.session(), build(reading.draft, question_id), author_id=current_user.id, now=now())
    db.session.commit()
    flash("Published. Quizzes on its topic can draw the question from now on.", "success")
    if request.form.get("do") == "publish_next":
        kept: dict[str, Any] = {
            "kind": row.kind,
            "topic": row.topic_id,
            "source": reading.draft.source.id if reading.draft.source else "",
        }
        return redirect(url_for("writing.new_question", **kept), 303)
    return redirect(url_for("writing.edit_question", question_id=row.id), 303)


@writing.post("/teach/questions/preview")
def preview() -> str:
    """Return the student's view of the form as it stands, for the page that is being typed in."""
    shelf = _shelf()
    form = QuestionForm(request.form)
    form.offer(shelf.topics, shelf.sources)
    reading = editor.read(form, shelf, source_id="preview")
    return render_template("teach/watch.html", **_seen(reading, "preview"))


@writing.route("/teach/questions/<question_id>", methods=["GET", "POST"])
def edit_question(question_id: str) -> Redirect:
    """Revise a question, or look at one that somebody else has written."""
    row, question = questions.latest(db.session(), question_id)
    if request.method != "POST" and not may_edit(current_user.person, row):
        return _look(row, question)
    row, question = editable(db.session(), current_user.person, question_id)
    shelf = _shelf()
    sources = sources_of(db.session(), cited(question))
    draft = draft_of(question, next(iter(sources.values()), None))
    form = QuestionForm(_posted(), data={**fields_of(draft), "revision": row.revision})
    form.offer(shelf.topics, shelf.sources)
    based_on = form.based_on()
    reading = editor.read(form, shelf, source_id=f"{question_id}-{based_on + 1}")
    if not _wants_to_publish(form, reading):
        return _editor(form, reading, question_id, row=row)
    _keep_source(reading)
    try:
        questions.revise_question(
            db.session(),
            build(reading.draft, question_id),
            based_on=based_on,
            author_id=current_user.id,
            now=now(),
        )
    except ChangedMeanwhile:
        db.session.rollback()
        return _conflict(form, reading, question_id)
    db.session.commit()
    flash(
        "Published. New quizzes ask the question as it stands here; running ones keep the earlier wording.", "success"
    )
    return redirect(url_for("writing.edit_question", question_id=question_id), 303)


def _shelf() -> editor.Shelf:
    session = db.session()
    return editor.Shelf(
        topics=tuple(pool.all_topics(session)),
        sources={source.id: source for source in all_sources(session)},
    )


def _posted() -> MultiDict[str, str] | None:
    """Return what was sent, or nothing where a page is opened, so that the form shows what it is given."""
    return request.form if request.method == "POST" else None


def _beginning() -> dict[str, Any]:
    """Return what a new question begins with: topic and source of the last one, or what the address says."""
    last = questions.last_added(db.session(), current_user.id)
    kept = {"topic": last.topic_id, "source": last.sources[0].source_id if last.sources else ""} if last else {}
    return kept | {name: request.args[name] for name in ("kind", "topic", "source") if request.args.get(name)}


def _wants_to_publish(form: QuestionForm, reading: editor.Reading) -> bool:
    """Say whether a form was sent to be published and nothing blocks it; a blocked one shows its problems."""
    if request.form.get("do") not in {"publish", "publish_next"}:
        return False
    is_valid = form.validate()
    form.show(reading.problems)
    return is_valid and not reading.problems


def _is_taken(reading: editor.Reading, question_id: str) -> bool:
    """Say whether a form's id belongs to another question, as when somebody goes back and writes the next one."""
    if questions.is_taken(db.session(), build(reading.draft, question_id), author_id=current_user.id):
        return True
    new = reading.new_source
    return new is not None and sources_of(db.session(), [new.id]).get(new.id, new) != new


def _keep_source(reading: editor.Reading) -> None:
    if reading.new_source is not None:
        add_source(db.session(), reading.new_source, author_id=current_user.id, now=now())


def _editor(
    form: QuestionForm, reading: editor.Reading, question_id: str, *, row: QuestionRow | None = None, **shown: Any
) -> Response:
    """Show the form with everything that was typed; one with problems has the status 422."""
    if request.form.get("do") == "add_row":
        form.add_row()
    page = render_template(
        "pages/editor.html",
        form=form,
        KINDS=KINDS,
        row=row,
        summary=form.summary(),
        may_archive=row is not None and may_archive(current_user.person, row),
        start_key=attempts.new_start_key(),
        **_seen(reading, question_id),
        **shown,
    )
    return make_response(page, 422 if form.errors else 200)


def _seen(reading: editor.Reading, question_id: str) -> dict[str, Any]:
    """Return the preview of a draft, what is still missing, and advice on its wording."""
    return {
        "preview": editor.preview(reading, question_id, added_by=current_user.name),
        "missing": reading.problems,
        "advice": editor.advise(reading, question_id),
    }


def _conflict(form: QuestionForm, reading: editor.Reading, question_id: str) -> Response:
    """Show what somebody else has published meanwhile beside the form, which then replaces it if it is sent again."""
    row, theirs = questions.latest(db.session(), question_id)
    form.revision.data = str(row.revision)
    response = _editor(form, reading, question_id, row=row, theirs=theirs)
    response.status_code = 409
    return response


def _look(row: QuestionRow, question: AnyQuestion) -> Response:
    """Show a question that this person may not change, with everything that its answer rests on."""
    session = db.session()
    sources = sources_of(session, cited(question))
    author = row.author.username if row.author else None
    return make_response(
        render_template(
            "pages/question_view.html",
            row=row,
            question=question,
            author=author,
            kind_words=kind_words,
            topics={topic.id: topic.title for topic in pool.all_topics(session)},
            preview=editor.preview_question(question, sources, added_by=author),
            may_archive=may_archive(current_user.person, row),
            start_key=attempts.new_start_key(),
        )
    )
