"""The rows that teachers see and export."""

import datetime

import msgspec


class ScoreRow(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt: ``score`` of ``max`` points; ``percent`` is 0…100; times are aware UTC.

    ``name`` is what the student let the teacher see: a user name, a guest's nickname, or "Guest 12". The attempts of
    people who were deleted are left without ``user_id``, by the name "deleted account".
    ``status`` is ``in_progress`` or ``submitted``. Questions not reached count 0 in the score.
    """

    attempt_id: str
    user_id: int | None
    name: str
    quiz: str
    score: float
    max: float
    percent: float
    status: str
    started_at: datetime.datetime
    finished_at: datetime.datetime | None


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One question of one attempt; ``response`` and ``score`` are ``None`` where it was not reached.

    A skipped question has the status ``skipped``, no response and the score 0. What somebody typed who was deleted
    since has the status ``answered``, its score and no response.
    """

    attempt_id: str
    user_id: int | None
    name: str
    quiz: str
    position: int
    question_id: str
    question_revision: int
    type: str
    kind: str
    stem: str
    response: str | None
    correct_answer: str
    score: float | None
    max: float
    status: str
    answered_at: datetime.datetime | None
    source_id: str | None
    source_label: str | None
    source_url: str | None
    paragraph: int | None
    anchor: str | None
