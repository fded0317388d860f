"""What is kept of each question to a model: a line of the record, with the hash of what was sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from sanyan.core.text.guarding.outcomes import Accepted, Rejected, Unprocessable, name_of
from sanyan.core.text.guarding.prompts import Prompt

T = TypeVar("T")


@dataclass(frozen=True)
class Price:
    """What a thousand tokens cost, in the currency the office pays."""

    per_thousand_in: Decimal = Decimal(0)
    per_thousand_out: Decimal = Decimal(0)

    def cost(self, tokens_in: int | None, tokens_out: int | None) -> Decimal | None:
        """The cost of a question; None where the server does not tell its tokens."""
        if tokens_in is None or tokens_out is None:
            return None
        return (tokens_in * self.per_thousand_in + tokens_out * self.per_thousand_out) / 1000


@dataclass(frozen=True)
class ChatRecord:
    """One question put to a model: which, over which texts, what it took, what came of it."""

    model: str
    prompt_version: str
    source_ids: tuple[str, ...]
    source_hash: str
    asked_at: datetime
    tokens_in: int | None
    tokens_out: int | None
    seconds: float
    cost: Decimal | None
    outcome: str
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """All parts by name."""
        return asdict(self)


def source_hash(sent: Mapping[str, str]) -> str:
    """SHA-256 of the texts by id, as they were sent; the same whatever the marker."""
    return hashlib.sha256(json.dumps(sorted(sent.items()), ensure_ascii=False).encode()).hexdigest()


def reason_codes(outcome: Accepted[T] | Rejected | Unprocessable) -> tuple[str, ...]:
    """The codes of why an answer is not used; none of an accepted one."""
    if isinstance(outcome, Accepted):
        return ()
    reasons = outcome.reasons if isinstance(outcome, Rejected) else (outcome.reason,)
    return tuple(dict.fromkeys(item.code for item in reasons))


def record_of(
    outcome: Accepted[T] | Rejected | Unprocessable,
    prompt: Prompt,
    *,
    model: str,
    now: datetime,
    price: Price,
    tokens_in: int | None = None,
    tokens_out: int | None = None,
    seconds: float = 0.0,
) -> ChatRecord:
    """The line of the record for one question."""
    return ChatRecord(
        model,
        prompt.version,
        tuple(prompt.sent),
        source_hash(prompt.sent),
        now,
        tokens_in,
        tokens_out,
        seconds,
        price.cost(tokens_in, tokens_out),
        name_of(outcome),
        reason_codes(outcome),
    )
