from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.apps.notifications.cadence import THAILAND, due_until


def thai(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of July 2025 by the clock in Thailand; the 7th was a Monday."""
    return datetime(2025, 7, day, hour, minute, second, tzinfo=THAILAND)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (thai(10, 7), thai(10, 7)),
        (thai(10, 6, 59, 59), thai(9, 7)),
        (thai(10, 23, 59), thai(10, 7)),
        (thai(11, 0, 0), thai(10, 7)),
        (datetime(2025, 7, 10, 0, 0, tzinfo=UTC), thai(10, 7)),
        (datetime(2025, 7, 9, 23, 59, 59, tzinfo=UTC), thai(9, 7)),
    ],
)
def test_a_daily_digest_is_due_at_seven_in_thailand(now: datetime, until: datetime) -> None:
    assert due_until(cadence="daily", now=now) == until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (thai(7, 7), thai(7, 7)),
        (thai(7, 6, 59, 59), thai(7, 7) - timedelta(days=7)),
        (thai(13, 23, 59), thai(7, 7)),
        (thai(14, 6, 59, 59), thai(7, 7)),
        (thai(14, 7), thai(14, 7)),
        (datetime(2025, 7, 7, 0, 0, tzinfo=UTC), thai(7, 7)),
        (datetime(2025, 7, 6, 23, 59, 59, tzinfo=UTC), thai(7, 7) - timedelta(days=7)),
    ],
)
def test_a_weekly_digest_is_due_on_monday_at_seven_in_thailand(now: datetime, until: datetime) -> None:
    assert due_until(cadence="weekly", now=now) == until


def test_at_once_is_due_now_and_never_is_not() -> None:
    assert due_until(cadence="at_once", now=thai(10, 3)) == thai(10, 3)
    assert due_until(cadence="never", now=thai(10, 3)) is None


@given(st.integers(0, 10**9), st.sampled_from([("daily", 1), ("weekly", 7)]))
def test_the_boundary_is_the_last_seven_oclock_that_has_passed(seconds: int, cadence: tuple[str, int]) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    until = due_until(cadence=cadence[0], now=now)
    assert until is not None
    assert until <= now < until + timedelta(days=cadence[1])
    assert (until.hour, until.minute) == (7, 0)
    assert cadence[0] == "daily" or until.weekday() == 0
