"""A draft with its gaps filled, so that its author can watch the question grow."""

from msgspec.structs import replace

from quizapp.core.numbers import read_number
from quizapp.core.spelling import same
from quizapp.drafts.draft import Draft, DraftOption, DraftPair
from quizapp.drafts.question import question_of
from quizapp.question_types import AnyQuestion

GAP = "…"


def preview_of(draft: Draft, question_id: str) -> AnyQuestion:
    """Return the question as it would look by now; what is missing shows as a gap, and its key may be a stand-in."""
    mended = _mended(draft)
    try:
        return question_of(mended, question_id)
    except ValueError:
        return question_of(_mended(Draft(kind=mended.kind, stem=mended.stem, words=mended.words)), question_id)


def _mended(draft: Draft) -> Draft:
    number, tolerance = read_number(draft.number), read_number(draft.tolerance or "0")
    return replace(
        draft,
        stem=draft.stem or GAP,
        words=draft.words or GAP,
        options=_options(draft),
        is_true=draft.is_true is not False,
        number=draft.number if number is not None else "0",
        tolerance=draft.tolerance if tolerance is not None and tolerance >= 0 else "",
        accepted=draft.accepted or ("answer",),
        pairs=_pairs(draft),
        extra=_different(draft.extra, taken=[pair.right for pair in draft.pairs]),
        items=_filled(_different(draft.items)),
    )


def _options(draft: Draft) -> tuple[DraftOption, ...]:
    texts = _filled(_different(tuple(option.text for option in draft.options)))
    right = {same(option.text) for option in draft.options if option.correct and option.text}
    marked = [same(text) in right for text in texts]
    if draft.kind != "multiple_choice" or not any(marked) or all(marked):
        first = marked.index(True) if any(marked) else 0
        marked = [index == first for index in range(len(texts))]
    whys = {same(option.text): option.why for option in draft.options}
    return tuple(
        DraftOption(text=text, correct=is_right, why=whys.get(same(text), ""))
        for text, is_right in zip(texts, marked, strict=True)
    )


def _pairs(draft: Draft) -> tuple[DraftPair, ...]:
    whole = {same(pair.left): pair for pair in draft.pairs if pair.left and pair.right}
    lefts = _filled(tuple(pair.left for pair in whole.values()))
    rights = _filled(tuple(pair.right for pair in whole.values()))
    return tuple(DraftPair(left=left, right=right) for left, right in zip(lefts, rights, strict=True))


def _different(texts: tuple[str, ...], taken: list[str] | None = None) -> tuple[str, ...]:
    """Keep the first of texts that read the same, and none that is taken."""
    seen = {same(text) for text in taken or ()} | {""}
    kept = {same(text): text for text in reversed(texts) if same(text) not in seen}
    return tuple(reversed(kept.values()))


def _filled(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Fill up to two texts with gaps that read differently."""
    return (*texts, GAP, f"{GAP} {GAP}")[: max(2, len(texts))]
