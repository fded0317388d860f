"""A work function that a worker can be killed in."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sanyan.apps.jobs.actions import JobRun


def slow(run: JobRun) -> dict[str, Any]:
    """The first attempt writes that it began and then never ends; the next ends at once."""
    if run.attempt == 1:
        Path(run.payload["began"]).touch()
        time.sleep(600)
    return {"attempt": run.attempt}
