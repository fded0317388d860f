from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.signals import access
from sanyan.apps.signals.models import Signal
from sanyan.apps.signals.people import People
from sanyan.apps.signals.telling import tell
from sanyan.core.errors import BadInputError, NothingToDoError
from sanyan.core.signed_documents import Words
from sanyan.core.thai.characters import writable

LONGEST = 4_000  # characters of a response or an explanation


def acknowledge(*, by: Viewer, signal_id: int, now: datetime) -> None:
    """Say that it was seen and somebody takes care of it; who does so owns it unless it has an owner."""
    with _answering(by, signal_id) as signal:
        if signal.state != Signal.State.RAISED:
            raise _moved_on()
        signal.state = Signal.State.ACKNOWLEDGED
        signal.acknowledged_at, signal.acknowledged_by = now, by.name
        if signal.owner_id is None:
            signal.owner_id = by.user_id
        signal.save(update_fields=["state", "acknowledged_at", "acknowledged_by", "owner"])
        _record(by, signal, "acknowledge", {}, now)


def act(*, by: Viewer, signal_id: int, response: str, now: datetime, due_on: date | None = None) -> None:
    """Say what is being done, and by when it should show. Saying it again with other words replaces it."""
    words = _words(response, "response")
    with _answering(by, signal_id) as signal:
        day = _due(due_on, now) if due_on is not None else signal.due_on
        if signal.state == Signal.State.CLOSED or (signal.response, signal.due_on) == (words, day):
            raise _moved_on()
        was = signal.response
        if signal.acknowledged_at is None:
            signal.acknowledged_at, signal.acknowledged_by = now, by.name
        signal.state, signal.response, signal.due_on = Signal.State.ACTING, words, day
        signal.acting_at, signal.acting_by = now, by.name
        signal.owner_id = signal.owner_id or by.user_id
        signal.save()
        _record(by, signal, "act", {"response": words, "was": was, "due_on": day.isoformat()}, now)


def close(*, by: Viewer, signal_id: int, outcome: str, explanation: str, now: datetime) -> None:
    """Say how it ended: helped, did not help, a false alarm, or explained."""
    words = _words(explanation, "explanation")
    if outcome not in Signal.Outcome.values:
        raise BadInputError(
            "signal-outcome",
            "โปรดเลือกว่าเรื่องนี้จบอย่างไร",
            "Choose how it ended.",
            next_th="เลือกหนึ่งในสี่ผล แล้วเขียนคำอธิบายสั้น ๆ",
            next_en="Choose one of the four outcomes and explain in a line.",
            place="outcome",
        )
    with _answering(by, signal_id) as signal:
        if signal.state == Signal.State.CLOSED:
            raise _moved_on()
        if outcome in (Signal.Outcome.HELPED, Signal.Outcome.DID_NOT_HELP) and not signal.response:
            raise BadInputError(
                "signal-not-acted",
                "ยังไม่มีการบันทึกว่าได้ทำอะไร จึงยังบอกไม่ได้ว่าช่วยหรือไม่",
                "Nothing is recorded of what was done, so whether it helped cannot be told.",
                next_th="บันทึกสิ่งที่ทำก่อน หรือเลือก อธิบายแล้ว หรือ เตือนผิด",
                next_en="Record what was done first, or choose explained or false alarm.",
                place="outcome",
            )
        signal.state, signal.outcome, signal.explanation = Signal.State.CLOSED, outcome, words
        signal.closed_at, signal.closed_by = now, by.name
        signal.save(update_fields=["state", "outcome", "explanation", "closed_at", "closed_by"])
        _record(by, signal, "close", {"outcome": outcome, "explanation": words}, now)


def reopen(*, by: Viewer, signal_id: int, reason: str, now: datetime) -> None:
    """Open a closed signal again, with the reason; for those who review."""
    words = _words(reason, "reason")
    require(viewer=by, capability=Capability.REVIEW)
    with transaction.atomic():
        signal = access.signal(viewer=by, id=signal_id, for_change=True)
        if signal.state != Signal.State.CLOSED:
            raise _moved_on()
        if Signal.objects.filter(subject=signal.subject).exclude(state=Signal.State.CLOSED).exists():
            raise NothingToDoError(
                "signal-followed",
                "เรื่องเดียวกันมีสัญญาณใหม่เปิดอยู่แล้ว",
                "A newer signal of the same matter is open.",
                next_th="เปิดสัญญาณใหม่นั้นแทน",
                next_en="Open the newer one instead.",
            )
        detail = {"reason": words, "was": signal.outcome, "explanation": signal.explanation}
        acted, seen = signal.acting_at, signal.acknowledged_at
        signal.state = Signal.State.ACTING if acted else Signal.State.ACKNOWLEDGED if seen else Signal.State.RAISED
        signal.outcome, signal.explanation, signal.closed_at, signal.closed_by = "", "", None, ""
        signal.save(update_fields=["state", "outcome", "explanation", "closed_at", "closed_by"])
        _record(by, signal, "reopen", detail, now)


def assign(*, by: Viewer, signal_id: int, owner_id: int, now: datetime, due_on: date | None = None) -> None:
    """Give a signal to somebody who answers for the place, and say by when an answer is due."""
    with _answering(by, signal_id) as signal:
        people = {person.user_id: person for person in People(timezone.localdate(now)).answering(signal)}
        if owner_id not in people:
            raise BadInputError(
                "signal-owner",
                "ผู้รับผิดชอบต้องเป็นผู้ที่ดูแลพื้นที่นี้",
                "The owner must be somebody who answers for this place.",
                next_th="เลือกชื่อจากรายการ",
                next_en="Choose a name from the list.",
                place="owner",
            )
        day = _due(due_on, now) if due_on is not None else signal.due_on
        if signal.state == Signal.State.CLOSED or (signal.owner_id, signal.due_on) == (owner_id, day):
            raise _moved_on()
        was = signal.owner_id
        signal.owner_id, signal.due_on = owner_id, day
        signal.save(update_fields=["owner", "due_on"])
        detail = {"owner": owner_id, "to": people[owner_id].name, "was": was, "due_on": day.isoformat()}
        _record(by, signal, "assign", detail, now)
        if owner_id not in (by.user_id, was):
            title = Words("มีสัญญาณที่มอบให้ท่านดูแล", "A signal was given to you")
            tell(by=by, signal=signal, user_ids=[owner_id], key=f"assigned:{now:%Y%m%d%H%M%S}", title=title, now=now)


@contextmanager
def _answering(by: Viewer, signal_id: int) -> Iterator[Signal]:
    """A signal whose row is locked, for one who answers for it, in one transaction."""
    with transaction.atomic():
        signal = access.signal(viewer=by, id=signal_id, for_change=True)
        access.require_answer(viewer=by, held=signal)
        yield signal


def _words(text: str, place: str) -> str:
    words = writable(text).strip()
    if words and len(words) <= LONGEST:
        return words
    raise BadInputError(
        "signal-words",
        f"โปรดเขียนสั้น ๆ ไม่เกิน {LONGEST:,} ตัวอักษร",
        f"Write a few words, at most {LONGEST:,} characters.",
        next_th="เขียนว่าทำอะไร กับใคร และพบว่าอย่างไร",
        next_en="Say what was done, with whom, and what was found.",
        place=place,
    )


def _due(day: date, now: datetime) -> date:
    today = timezone.localdate(now)
    if today <= day and (day - today).days <= 730:
        return day
    raise BadInputError(
        "signal-due",
        "วันครบกำหนดต้องเป็นวันนี้หรือหลังจากนี้ ไม่เกินสองปี",
        "The due date must be today or later, within two years.",
        next_th="เลือกวันใหม่",
        next_en="Choose another day.",
        place="due_on",
    )


def _record(by: Viewer, signal: Signal, what: str, detail: Mapping[str, object], now: datetime) -> None:
    held = {"rule": signal.rule_code, "indicator": signal.indicator_code, **detail}
    record(by=by, trace=Trace(f"signals.{what}", "signal", str(signal.pk), signal.organisation_id, held), now=now)


def _moved_on() -> NothingToDoError:
    return NothingToDoError(
        "signal-moved-on",
        "สัญญาณนี้เปลี่ยนสถานะไปแล้ว หรือบันทึกไว้เช่นนี้แล้ว",
        "This signal has moved on, or says so already.",
        next_th="เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
        next_en="Open the page again to see how it stands.",
    )
