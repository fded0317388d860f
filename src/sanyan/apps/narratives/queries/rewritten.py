"""Lessons as a language model worded them, where every check was passed, and what became of each question to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sanyan.apps.accounts.access import Capability, Viewer, may, require
from sanyan.apps.narratives.language import configured_chat, price_of_chat
from sanyan.apps.narratives.models import ModelCall
from sanyan.apps.narratives.queries.lessons import Lessons
from sanyan.apps.narratives.queries.rewording import LessonQuestion, questions
from sanyan.core.signed_documents import Words
from sanyan.core.text.drafting import Lesson
from sanyan.core.text.guarding.records import Price
from sanyan.core.text.guarding.rewriting import VERSION

ANSWERED = (ModelCall.Outcome.ACCEPTED, ModelCall.Outcome.REJECTED)
Place = tuple[str, str]
"""The policy area of a lesson and its kind."""


@dataclass(frozen=True)
class Rewritten:
    """Sentences by lesson and theme that may stand beside the draft, and the model that worded them.

    `price` is None where the settings do not tell it. `waiting` counts lessons that nobody has asked about as they
    stand now; it is told only to who may ask.
    """

    model: str
    price: Price | None
    sentences: dict[Place, dict[str, str]]
    waiting: int | None

    def sentence(self, lesson: Lesson, theme_id: str) -> str:
        """The sentence that may stand beside the draft's; "" where there is none."""
        return self.sentences.get((lesson.policy_area, lesson.kind.value), {}).get(theme_id, "")


@dataclass(frozen=True)
class CallReason:
    """Why an answer is not used, or a sentence was not sent; `place` is the theme it concerns, or "" for all."""

    code: str
    words: Words
    place: str


@dataclass(frozen=True)
class ModelCallInfo:
    """One question to a language model. Numbers are None where the server or the settings do not tell them."""

    id: int
    model: str
    prompt_version: str
    source_hash: str
    policy_area: str
    kind: str
    outcome: str
    reasons: tuple[CallReason, ...]
    tokens_in: int | None
    tokens_out: int | None
    cost: float | None
    seconds: float
    asked_at: datetime
    asked_by: str


def rewritten(*, viewer: Viewer, round_id: int, drafted: Lessons) -> Rewritten | None:
    """What stands beside drafted lessons; None where no language model is set.

    An answer is shown as long as the sentences that it was given are those of the draft.
    """
    model = configured_chat()
    if model is None:
        return None
    asked = questions(viewer, round_id, drafted)
    rows = _answers(model.model_id, asked)
    sentences = {
        (item.lesson.policy_area, item.lesson.kind.value): dict(rows[item.source_hash].sentences)
        for item in asked
        if item.source_hash in rows
    }
    may_ask = may(viewer=viewer, capability=Capability.MANAGE)
    waiting = sum(bool(item.prompt.sent) and item.source_hash not in rows for item in asked)
    return Rewritten(model.model_id, price_of_chat(), sentences, waiting if may_ask else None)


def model_calls(*, viewer: Viewer, round_id: int) -> tuple[ModelCallInfo, ...]:
    """Every question of a round to any language model, the latest first, for who may ask."""
    require(viewer=viewer, capability=Capability.MANAGE)
    return tuple(_info(row) for row in ModelCall.objects.filter(round_id=round_id))


def answered(model_id: str, item: LessonQuestion) -> bool:
    """Whether the model has answered this question, well or badly; one without an answer is asked again."""
    return item.source_hash in _answers(model_id, (item,))


def _answers(model_id: str, asked: tuple[LessonQuestion, ...]) -> dict[str, ModelCall]:
    """The latest answer to each question by its hash; an accepted one before any other."""
    rows = ModelCall.objects.filter(
        model_id=model_id,
        prompt_version=VERSION,
        source_hash__in={item.source_hash for item in asked if item.prompt.sent},
        outcome__in=ANSWERED,
    )
    found: dict[str, ModelCall] = {}
    for row in sorted(rows, key=lambda row: (row.outcome == ModelCall.Outcome.ACCEPTED, row.asked_at, row.pk)):
        found[row.source_hash] = row
    return found


def _info(row: ModelCall) -> ModelCallInfo:
    return ModelCallInfo(
        id=row.pk,
        model=row.model_id,
        prompt_version=row.prompt_version,
        source_hash=row.source_hash,
        policy_area=str(row.about.get("policy_area", "")),
        kind=str(row.about.get("kind", "")),
        outcome=row.outcome,
        reasons=tuple(
            CallReason(item["code"], Words(item["th"], item["en"]), item.get("place", "")) for item in row.reasons
        ),
        tokens_in=row.tokens_in,
        tokens_out=row.tokens_out,
        cost=row.cost,
        seconds=row.seconds,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
    )
