from __future__ import annotations

from datetime import datetime

import numpy as np
from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.signals.models import SignalMember
from sanyan.core.warning.outlook import Outlook

DROP = "relative-drop"


def verify_signals(*, by: Viewer, round_id: int, now: datetime) -> int:
    """Hold what was expected of this round against what came, unit by unit. Returns how many were settled.

    What is not certified yet waits. A figure that was corrected later is held against the correction.
    """
    require(viewer=by, capability=Capability.REVIEW)
    outlooks = analytics.round_outlooks(viewer=by, round_id=round_id)
    info = outlooks.info
    units = {area.id: outlooks.index[code] for code, area in outlooks.areas.items() if code in outlooks.index}
    rows = SignalMember.objects.filter(
        expected_of=str(info.key),
        signal__round__framework__code=info.framework_code,
        signal__round__is_practice=info.is_practice,
    ).select_related("signal")
    settled = []
    with transaction.atomic():
        for member in rows.select_for_update(of=("self",)):
            outlook = outlooks.outlooks.get(member.signal.indicator_code)
            unit = units.get(member.organisation_id)
            came = None if outlook is None or unit is None else _came_true(member, outlook, unit)
            if came is not None and came != member.came_true:
                member.came_true, member.checked_at = came, now
                settled.append(member)
        SignalMember.objects.bulk_update(settled, ["came_true", "checked_at"], batch_size=200)
        if settled:
            detail = {"settled": len(settled), "came_true": sum(bool(member.came_true) for member in settled)}
            record(by=by, trace=Trace("signals.verify", "round", str(round_id), detail=detail), now=now)
    return len(settled)


def _came_true(member: SignalMember, outlook: Outlook, unit: int) -> bool | None:
    """Whether what was expected happened; None while that cannot be told."""
    value = outlook.value[unit]
    if not np.isfinite(value):
        return None
    if member.signal.rule_code == DROP:
        return _dropped(outlook, unit)
    target = outlook.target[unit]
    if not np.isfinite(target):
        return None
    return bool(outlook.sign * (value - target) < 0)


def _dropped(outlook: Outlook, unit: int) -> bool | None:
    """Whether it fell a usual swing behind the others since the same round last year, as it was expected to."""
    trend = outlook.trend
    if trend is None or not np.isfinite(trend.own[unit]) or trend.usual <= 0:
        return None
    return bool(outlook.sign * trend.own[unit] <= -trend.usual)
