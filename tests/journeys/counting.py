"""A job long enough to be watched and stopped."""

from __future__ import annotations

import time

from sanyan.apps.jobs.actions import JobRun


def count_slowly(run: JobRun) -> dict[str, int]:
    """Count to the payload's `to`, five a second, and hear when asked to stop."""
    to = int(run.payload["to"])
    for number in range(1, to + 1):
        run.check_cancelled()
        run.progress(number, to, f"นับถึง {number}")
        time.sleep(0.2)
    return {"counted": to}
