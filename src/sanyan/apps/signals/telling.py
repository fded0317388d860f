"""Telling people of signals: each new one to those nearest, and one line about all of them to the bureau."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.notifications import actions as notifications
from sanyan.apps.signals.catalogue import rule_of
from sanyan.apps.signals.models import Signal
from sanyan.apps.signals.people import SYSTEM_ROLES, People
from sanyan.core.signed_documents import Words

TOPIC = "signals"
INBOX = "/signals/"


def tell_new(*, by: Viewer, signals: Sequence[Signal], people: People, info: RoundInfo, now: datetime) -> None:
    """Tell those who answer for each new signal, and the bureau and the executives once how many there are."""
    if not signals:
        return
    near = [person.user_id for person in people.over(None, SYSTEM_ROLES)]
    for signal in signals:
        told = [person.user_id for person in people.told(signal) if person.user_id not in near]
        if signal.scope != Signal.Scope.SYSTEM and told:
            tell(by=by, signal=signal, user_ids=told, key="raised", title=_title(signal), now=now)
    count, urgent = len(signals), sum(signal.severity == Signal.Severity.HIGH for signal in signals)
    wide = [signal for signal in signals if signal.scope == Signal.Scope.SYSTEM]
    notifications.notify(
        by=by,
        user_ids=near,
        kind="signals-raised",
        topic=TOPIC,
        key=f"round:{info.id}:{min(signal.pk for signal in signals)}",
        title_th=f"สัญญาณใหม่ {count} รายการ เร่งดู {urgent} รายการ ({info.name_th} ปี {info.key.fiscal_year})",
        title_en=f"{count} new signals, {urgent} urgent (month {info.key.month}, {info.key.fiscal_year} B.E.)",
        body_th="\n".join(signal.reason_th for signal in wide[:5]),
        body_en="\n".join(signal.reason_en for signal in wide[:5]),
        link=f"{INBOX}?round={info.id}",
        severity="high" if urgent else "medium",
        now=now,
    )


def tell(
    *, by: Viewer, signal: Signal, user_ids: Collection[int], key: str, title: Words, note: str = "", now: datetime
) -> None:
    """Tell people about one signal, with its reason and the way to its page; once a `key`."""
    notifications.notify(
        by=by,
        user_ids=user_ids,
        kind=f"signal-{key.partition(':')[0]}",
        topic=TOPIC,
        key=f"signal:{signal.pk}:{key}",
        title_th=title.th,
        title_en=title.en,
        body_th=f"{signal.reason_th}\n{note}".strip(),
        body_en=f"{signal.reason_en}\n{note}".strip(),
        link=f"{INBOX}{signal.pk}/",
        severity=signal.severity,
        organisation_id=signal.organisation_id,
        now=now,
    )


def _title(signal: Signal) -> Words:
    rule = rule_of(signal.rule_code)
    name = rule.name if rule else Words(signal.rule_code, signal.rule_code)
    place = signal.organisation
    if place is None:
        return name
    return Words(f"{name.th}: {place.short_th}", f"{name.en}: {place.name_en or place.short_th}")
