"""When a digest is due: at once, each day at seven, or each Monday at seven, by the clock in Thailand."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sanyan.apps.notifications.models import Cadence

THAILAND = ZoneInfo("Asia/Bangkok")
SENT_AT = time(7, 0)
MONDAY = 0


def due_until(*, cadence: str, now: datetime) -> datetime | None:
    """What was told up to this moment is due at `now`; None where nothing ever is.

    It depends on the clock alone, so a worker that slept through seven o'clock sends the same later.
    """
    if cadence == Cadence.AT_ONCE:
        return now
    if cadence not in (Cadence.DAILY, Cadence.WEEKLY):
        return None
    here = now.astimezone(THAILAND)
    day = here.date() if here.time() >= SENT_AT else here.date() - timedelta(days=1)
    if cadence == Cadence.WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, SENT_AT, tzinfo=THAILAND)
