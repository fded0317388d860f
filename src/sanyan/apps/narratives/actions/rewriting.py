"""A language model words drafted lessons better, where a site has one; what fails a check is never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.jobs.actions import Progress
from sanyan.apps.narratives.language import configured_chat, price_of_chat
from sanyan.apps.narratives.models import ModelCall
from sanyan.apps.narratives.queries.lessons import lessons
from sanyan.apps.narratives.queries.rewording import LessonQuestion, questions
from sanyan.apps.narratives.queries.rewritten import answered
from sanyan.core.errors import BadInputError, NothingToDoError
from sanyan.core.text.guarding.outcomes import Accepted, Reason, Rejected
from sanyan.core.text.guarding.rewriting import judge_of
from sanyan.core.thai.characters import writable
from sanyan.engines.language.asking import Asked, ask
from sanyan.engines.language.base import ChatModel

JOB = "narratives.rewrite"
DOING = "ให้โมเดลภาษาเรียบเรียงบทเรียน"
MOST_TOKENS = 2_000  # of one answer: three sentences take far fewer
LONGEST_REPLY = 20_000  # characters of a reply that are kept


@dataclass(frozen=True)
class Rewriting:
    """How many lessons were asked about and what came of it, and how many had been answered before."""

    accepted: int = 0
    rejected: int = 0
    unprocessable: int = 0
    answered_before: int = 0

    @property
    def asked(self) -> int:
        """How many questions were put to the model, or could not be."""
        return self.accepted + self.rejected + self.unprocessable


def ask_for_rewriting(*, by: Viewer, round_id: int, policy_area: str = "", now: datetime) -> None:
    """Queue the rewording of a round's lessons. Raise where no model is set, or nothing is left to ask."""
    require(viewer=by, capability=Capability.MANAGE)
    model = _model()
    asked = questions(by, round_id, lessons(viewer=by, round_id=round_id, policy_area=policy_area))
    if all(answered(model.model_id, item) for item in asked if item.prompt.sent):
        raise NothingToDoError(
            "lessons-all-answered",
            "ไม่มีบทเรียนที่ต้องถามโมเดลภาษาเพิ่ม",
            "There are no lessons left to ask the language model about.",
            next_th="เมื่อบทเรียนเปลี่ยนตามรายงานใหม่ จึงถามได้อีก",
            next_en="Ask again when new reports have changed the lessons.",
        )
    payload = {"round_id": round_id, "policy_area": policy_area}
    with transaction.atomic():
        job = jobs.enqueue(kind=JOB, title=DOING, payload=payload, asked_by=by, now=now)
        record(by=by, trace=Trace("narratives.ask_for_rewriting", "job", str(job.id), detail=payload), now=now)


def rewrite_lessons(
    *, by: Viewer, round_id: int, policy_area: str = "", now: datetime, progress: Progress | None = None
) -> Rewriting:
    """Ask the language model to word each drafted lesson better, one question a lesson, and record what comes of it.

    A question that this model has answered before, well or badly, is not asked again as long as the draft is the same.
    Stopped, it goes on where it was. Raise BadInputError where no model is set.
    """
    require(viewer=by, capability=Capability.MANAGE)
    model = _model()
    asked = questions(by, round_id, lessons(viewer=by, round_id=round_id, policy_area=policy_area))
    outcomes: dict[str, int] = dict.fromkeys(ModelCall.Outcome.values, 0)
    before = 0
    for number, item in enumerate(asked, start=1):
        if answered(model.model_id, item):
            before += 1
        else:
            outcomes[_ask(model, item, by, round_id, now)] += 1
        if progress is not None:
            progress(number, len(asked), DOING)
    return Rewriting(**outcomes, answered_before=before)


def _model() -> ChatModel:
    model = configured_chat()
    if model is None:
        raise BadInputError(
            "chat-not-set",
            "ระบบนี้ไม่ได้ตั้งโมเดลภาษาไว้ บทเรียนที่ร่างจากการนับใช้ได้ครบโดยไม่ต้องมี",
            "No language model is set; lessons drafted from counts do without.",
            next_th="หากต้องการใช้ ให้ผู้ดูแลระบบตั้ง SANYAN_CHAT_URL และ SANYAN_CHAT_MODEL",
            next_en="To use one, have SANYAN_CHAT_URL and SANYAN_CHAT_MODEL set.",
        )
    return model


def _ask(model: ChatModel, item: LessonQuestion, by: Viewer, round_id: int, now: datetime) -> str:
    """Ask, and keep the call. No transaction is open while the model thinks. Returns the outcome's name."""
    price = price_of_chat()
    judge = judge_of(item.request, item.prompt)
    asked = ask(model, item.prompt, judge, now=now, price=price, max_tokens=MOST_TOKENS)
    told = asked.record
    about = {"policy_area": item.lesson.policy_area, "kind": item.lesson.kind.value}
    detail = {**about, "model": told.model, "outcome": told.outcome, "source_hash": told.source_hash}
    with transaction.atomic():
        ModelCall.objects.create(
            model_id=told.model,
            prompt_version=told.prompt_version,
            round_id=round_id,
            about=about,
            source_hash=told.source_hash,
            outcome=told.outcome,
            reply=writable(asked.reply[:LONGEST_REPLY]),
            sentences={theme: writable(text) for theme, text in asked.outcome.value.items()}
            if isinstance(asked.outcome, Accepted)
            else {},
            reasons=[_kept(reason) for reason in (*_reasons(asked), *item.left_out)],
            tokens_in=told.tokens_in,
            tokens_out=told.tokens_out,
            seconds=told.seconds,
            cost=None if price is None or told.cost is None else float(told.cost),
            asked_at=now,
            asked_by=by.name,
        )
        record(by=by, trace=Trace("narratives.rewrite_lesson", "round", str(round_id), detail=detail), now=now)
    return told.outcome


def _reasons(asked: Asked[Mapping[str, str]]) -> tuple[Reason, ...]:
    if isinstance(asked.outcome, Accepted):
        return ()
    return asked.outcome.reasons if isinstance(asked.outcome, Rejected) else (asked.outcome.reason,)


def _kept(reason: Reason) -> dict[str, str]:
    told = {"code": reason.code, "th": reason.words.th, "en": reason.words.en, "place": reason.place}
    return {name: writable(text) for name, text in told.items()}  # they may quote what the model said
