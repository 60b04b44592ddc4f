"""Teaching: the teacher's home, the list of questions, and what can be done with one besides editing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Redirect

from quizapp.extensions import db
from quizapp.store import attempts, pool, questions, reports
from quizapp.store.authorship import archivable, authors
from quizapp.store.sources import all_sources, sources_of
from quizapp.web.clock import now
from quizapp.web.forms.search import QuestionSearch, kind_words

teach = Blueprint("teach", __name__)
LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def is_local(host: str) -> bool:
    """Say whether an address leads nowhere but to the computer that it is typed on."""
    return host.rsplit(":", 1)[0] in LOCAL or host in LOCAL


@teach.get("/teach")
def home() -> str:
    """Show where to begin: the next question, the questions there are, and the scores."""
    session = db.session()
    own = questions.find_questions(session, author=current_user.id)
    return render_template(
        "pages/teach.html",
        own=own.rows[:5],
        own_total=own.total,
        bank_total=questions.find_questions(session, author="bank").total,
        topics=pool.topics(session),
        attempts_total=reports.count_attempts(session),
        address=request.host_url,
        is_local=is_local(request.host),
        name=current_user.name,
        person_id=current_user.id,
    )


@teach.get("/teach/questions", endpoint="questions")
def question_list() -> str:
    """List questions, by search and filters."""
    session = db.session()
    form = QuestionSearch(request.args)
    form.offer(
        kinds=questions.kinds(session),
        topics=pool.all_topics(session),
        sources=all_sources(session),
        authors=authors(session),
    )
    found = questions.find_questions(session, **form.filters())
    labels = sources_of(session, {cited.source_id for row in found.rows for cited in row.sources})
    return render_template(
        "pages/questions.html",
        form=form,
        found=found,
        sources=labels,
        topics={topic.id: topic.title for topic in pool.all_topics(session)},
        query=form.query(),
        kind_words=kind_words,
    )


@teach.post("/teach/questions/<question_id>/archive")
def archive(question_id: str) -> Redirect:
    """Take a question out of new quizzes."""
    archivable(db.session(), current_user.person, question_id)
    questions.archive(db.session(), question_id, now())
    db.session.commit()
    return redirect(url_for("writing.edit_question", question_id=question_id), 303)


@teach.post("/teach/questions/<question_id>/restore")
def restore(question_id: str) -> Redirect:
    """Let new quizzes draw a question again."""
    archivable(db.session(), current_user.person, question_id)
    questions.restore(db.session(), question_id)
    db.session.commit()
    flash("Restored. Quizzes on its topic can draw the question again.", "success")
    return redirect(url_for("writing.edit_question", question_id=question_id), 303)


@teach.post("/teach/questions/<question_id>/try")
def try_question(question_id: str) -> Redirect:
    """Start a quiz of this one question, as students see it."""
    _, question = questions.latest(db.session(), question_id)
    attempt = attempts.start_attempt(
        db.session(),
        person_id=current_user.id,
        quiz="try",
        title="One question, to try it",
        questions=[question],
        start_key=f"{request.form.get('start_key', '')[:32] or attempts.new_start_key()}:{attempts.TRY}",
        now=now(),
        name=current_user.name,
    )
    db.session.commit()
    return redirect(url_for("attempt.resume", public_id=attempt.public_id), 303)
