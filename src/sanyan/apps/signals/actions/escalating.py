from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.signals.catalogue import rule_of
from sanyan.apps.signals.models import Signal
from sanyan.apps.signals.people import STEPS, People
from sanyan.apps.signals.telling import tell
from sanyan.core.signed_documents import Severity, Words

DAYS_UNKNOWN_RULE = 14


def escalate_overdue(*, by: Viewer, now: datetime) -> int:
    """Pass on every signal whose answer is overdue: to the region, then the bureau, then the executives, a step each
    time its days run out; what somebody acts on is only called to its owner's mind. Returns how many."""
    require(viewer=by, capability=Capability.REVIEW)
    today = timezone.localdate(now)
    open_states = (Signal.State.RAISED, Signal.State.ACKNOWLEDGED, Signal.State.ACTING)
    overdue = Signal.objects.filter(state__in=open_states, due_on__lt=today).values_list("pk", flat=True)
    people = People(today)
    return sum(_escalate(by, signal_id, people, now) for signal_id in list(overdue))


def _escalate(by: Viewer, signal_id: int, people: People, now: datetime) -> bool:
    today = timezone.localdate(now)
    with transaction.atomic():
        rows = Signal.objects.select_for_update(of=("self",)).select_related("organisation")
        signal = rows.filter(pk=signal_id, due_on__lt=today).exclude(state=Signal.State.CLOSED).first()
        if signal is None:  # answered or passed on meanwhile
            return False
        was = signal.due_on
        rule = rule_of(signal.rule_code)
        days = rule.due_days[Severity(signal.severity)] if rule else DAYS_UNKNOWN_RULE
        signal.escalations += 1
        signal.escalated_at, signal.due_on = now, today + timedelta(days=days)
        signal.save(update_fields=["escalations", "escalated_at", "due_on"])
        told = _told(signal, people)
        title = Words(
            f"สัญญาณเลยกำหนดตอบเมื่อ {was:%d/%m}/{was.year + 543}", f"A signal's answer was due on {was.isoformat()}"
        )
        if told:
            tell(by=by, signal=signal, user_ids=told, key=f"overdue:{signal.escalations}", title=title, now=now)
        detail = {"step": signal.escalations, "was_due": was.isoformat(), "told": told}
        record(
            by=by, trace=Trace("signals.escalate", "signal", str(signal.pk), signal.organisation_id, detail), now=now
        )
    return True


def _told(signal: Signal, people: People) -> list[int]:
    if signal.state == Signal.State.ACTING:
        return [signal.owner_id] if signal.owner_id else []
    roles = STEPS[min(signal.escalations, len(STEPS)) - 1]
    told = {person.user_id for person in people.over(signal.organisation_id, roles)}
    return sorted(told | ({signal.owner_id} if signal.owner_id else set()))
