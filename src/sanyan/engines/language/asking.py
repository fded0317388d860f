"""One guarded question: ask a model, judge what comes back, and leave a record of it whatever came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sanyan.core.text.guarding.outcomes import Outcome, Unprocessable, reason, unprocessable
from sanyan.core.text.guarding.prompts import Prompt
from sanyan.core.text.guarding.records import ChatRecord, Price, record_of
from sanyan.engines.language.base import ChatModel
from sanyan.engines.language.errors import LanguageEngineError

T = TypeVar("T")


@dataclass(frozen=True)
class Asked(Generic[T]):
    """What came of a question, and its record. `reply` is what the model said, for the record only: never shown."""

    outcome: Outcome[T]
    record: ChatRecord
    reply: str = ""


def ask(
    model: ChatModel,
    prompt: Prompt,
    judge: Callable[[str], Outcome[T]],
    *,
    now: datetime,
    price: Price | None = None,
    max_tokens: int = 2_000,
) -> Asked[T]:
    """Put `prompt` to `model` once. Never raises for what a model or its server does: that is an outcome."""
    cost = price or Price()
    if not prompt.sent:
        empty: Outcome[T] = Unprocessable(reason("nothing-to-ask", "ไม่มีข้อความให้ถาม", "There is no text to ask of."))
        return Asked(empty, record_of(empty, prompt, model=model.model_id, now=now, price=cost))
    try:
        reply = model.ask(system=prompt.system, user=prompt.user, schema=prompt.schema, max_tokens=max_tokens)
    except LanguageEngineError as error:
        failed: Outcome[T] = unprocessable(error)
        return Asked(failed, record_of(failed, prompt, model=model.model_id, now=now, price=cost))
    outcome = judge(reply.text)
    record = record_of(
        outcome,
        prompt,
        model=model.model_id,
        now=now,
        price=cost,
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        seconds=reply.seconds,
    )
    return Asked(outcome, record, reply.text)
