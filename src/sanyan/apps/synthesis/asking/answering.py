"""From a question to its answer: what was understood, put right by the reader, then said with figures and texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.synthesis.asking import grouping, listening, moving, reaching, valuing
from sanyan.apps.synthesis.asking.context import Context, Reply, not_found
from sanyan.apps.synthesis.asking.correcting import FIRM, corrected, understood_parts
from sanyan.apps.synthesis.asking.parts import Answer, Block, Corrections, Line, Nothing, Understood
from sanyan.apps.synthesis.asking.places import named_places
from sanyan.apps.synthesis.asking.rounds import round_for
from sanyan.apps.synthesis.asking.wording import vocabulary
from sanyan.core.asking.cues import Intent
from sanyan.core.asking.refusals import INSTEAD, WHY, Reason
from sanyan.core.asking.understanding import TEXT_INTENTS, Understanding, understand
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Framework, Indicator, PolicyArea
from sanyan.core.signed_documents import Words

REPLIES: dict[Intent, Callable[[Context], Reply]] = {
    Intent.STRENGTHS: grouping.strengths,
    Intent.WEAKNESSES: grouping.strengths,
    Intent.VALUE: valuing.value,
    Intent.EXTREMES: grouping.extremes,
    Intent.CHANGE: moving.change,
    Intent.TREND: valuing.trend,
    Intent.COMPARE: valuing.compare,
    Intent.TARGET: reaching.target,
    Intent.PROBLEMS: listening.voices,
    Intent.SUGGESTIONS: listening.voices,
    Intent.LESSONS: listening.voices,
    Intent.MODELS: listening.models,
    Intent.SIGNALS: reaching.warned,
    Intent.REPORTING: reaching.reporting,
    Intent.DEFINITION: valuing.definition,
    Intent.FORECAST: moving.forecast,
    Intent.PROFILE: reaching.profile,
}
# Kinds of question whose answer does not hang on the round that asks for one indicator.
ANY_ROUND = frozenset({Intent.REPORTING, Intent.DEFINITION, Intent.PROFILE, Intent.SIGNALS, *TEXT_INTENTS})


def answered(viewer: Viewer, question: str, base: RoundInfo, *, today: date, corrections: Corrections) -> Answer:
    """The answer to a question on the round that the page is on. Raise NotFoundError for a viewer without any sight."""
    scope = visible_organisations(viewer=viewer)
    if not scope.everything and not scope.ids:
        raise NotFoundError
    framework = frameworks.framework_version(viewer=viewer, version_id=base.version_id).definition
    words = vocabulary(viewer, base, today)
    told = corrected(understand(question, words), corrections, words)
    indicator, policy = subject_of(told, framework)
    found = round_for(viewer, told, base, None if told.intent in ANY_ROUND else indicator)
    info = _at(viewer, corrections.at) or found.info
    named = named_places(viewer, told, on=info.data_until)
    definition = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    ctx = Context(viewer, told, info, definition, named, today, indicator, policy)
    missing = None if corrections.at else found.missing
    if told.reason is not None:
        return _refused(ctx, told.reason, () if told.reason in FIRM else understood_parts(ctx, words))
    reply = _reply(ctx, missing)
    notes = (*told.problems, *((found.note,) if found.note and not corrections.at else ()), *reply.notes)
    blocks: tuple[Block, ...] = reply.blocks
    if not reply.found:
        blocks = (*blocks, Nothing(_NO_BLOCK, _examples(ctx, Reason.UNCLEAR)))
    return Answer(question, told, info, reply.headline, understood_parts(ctx, words), notes, blocks, reply.found)


def _reply(ctx: Context, missing: Words | None) -> Reply:
    if missing is not None:
        return not_found(Words("{why}", "{why}"), why=missing)
    if ctx.named.hidden and not ctx.named.groups:
        return not_found(_HIDDEN, place=ctx.named.hidden[0])
    return REPLIES[ctx.told.intent](ctx)


_NO_BLOCK = Words("ลองแก้สิ่งที่เข้าใจด้านบน หรือถามแบบนี้", "Correct what was understood above, or ask like this")
_HIDDEN = Words("{place} อยู่นอกขอบเขตที่ท่านดูได้", "{place} is outside what you may see.")


def subject_of(told: Understanding, framework: Framework) -> tuple[Indicator | None, PolicyArea | None]:
    """The indicator and the policy area that a question is about. Where only a policy area is named, no indicator."""
    known = {item.code: item for item in framework.indicators}
    policies = {item.code: item for item in framework.policy_areas}
    indicator = known.get(told.subject)
    return indicator, policies.get(told.subject) or (policies.get(indicator.policy_area) if indicator else None)


def _at(viewer: Viewer, chosen: str) -> RoundInfo | None:
    """The round that an address names; None where it names none. Raise NotFoundError for one that there is not."""
    if not chosen.isdecimal():
        return None
    found = next((info for info in frameworks.rounds(viewer=viewer) if str(info.id) == chosen), None)
    if found is None:
        raise NotFoundError(f"round {chosen}")
    return found


def _refused(ctx: Context, reason: Reason, parts: tuple[Understood, ...]) -> Answer:
    told, why = ctx.told, WHY[reason]
    words = Words("ไม่พบข้อมูล: {why}", "No data found: {why}") if reason in _SOFT else Words("{why}", "{why}")
    line = Line(words, names={"why": why})
    rest = tuple(item for item in told.problems if item != why)
    block = Nothing(_NO_BLOCK if parts else Words("ถามแบบนี้ได้", "You can ask like this"), _examples(ctx, reason))
    return Answer(told.question, told, ctx.info, line, parts, rest, (block,), found=False)


_SOFT = frozenset({Reason.NO_INDICATOR, Reason.UNCLEAR, Reason.FAR_AHEAD, Reason.SCHOOL})


def _examples(ctx: Context, reason: Reason) -> tuple[Words, ...]:
    first = INSTEAD[reason]
    if reason in (Reason.CAUSE, Reason.NO_INDICATOR) and ctx.told.topic:
        topic, place = ctx.told.topic[0], "" if ctx.group.is_whole else f"ใน{ctx.group.name.th}"
        first = Words(f"ปัญหาเรื่อง {topic} {place}".strip(), f"What problems do areas report about {topic}?")
    return tuple(dict.fromkeys((first, INSTEAD[Reason.UNCLEAR], INSTEAD[Reason.CAUSE])))
