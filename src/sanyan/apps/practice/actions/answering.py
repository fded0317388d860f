"""Practice people answer the warnings of earlier rounds, so that outcomes can be looked at."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals import actions as signals
from sanyan.apps.signals import queries
from sanyan.apps.signals.queries import SignalFilter, SignalInfo
from sanyan.core.practice.answering import ACTED, CLOSED, reaction

SOMEBODY = Viewer(user_id=None, name="ผู้รับผิดชอบ (ข้อมูลฝึกหัด)", system=True)


def answer_warnings(*, by: Viewer, info: RoundInfo, seed: int, now: datetime) -> int:
    """Answer some of the open practice signals that were raised before a round. Returns how many."""
    require(viewer=by, capability=Capability.MANAGE)
    only = SignalFilter(framework_code=info.framework_code, is_practice=True)
    earlier = [
        held for held in queries.inbox(viewer=by, today=timezone.localdate(now), only=only) if held.round < info.key
    ]
    return sum(_answer(held, info, seed, now) for held in earlier)


def _answer(held: SignalInfo, info: RoundInfo, seed: int, now: datetime) -> bool:
    path = (held.rule_code, held.indicator_code, str(held.organisation_id), str(info.key))
    done = reaction(seed, *path, acted=held.state == "acting", is_gone=held.gone_at is not None)
    if done.kind == ACTED:
        signals.act(by=SOMEBODY, signal_id=held.id, response=done.words, now=now)
    elif done.kind == CLOSED:
        signals.close(by=SOMEBODY, signal_id=held.id, outcome=done.outcome, explanation=done.words, now=now)
    return done.kind in (ACTED, CLOSED)
