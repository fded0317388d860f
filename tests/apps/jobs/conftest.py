from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def job_kinds(settings: Any) -> None:
    names = ("adds", "refuses", "breaks", "hears", "hands_back_the_unstorable", "gives_way")
    settings.JOB_KINDS = {name: f"tests.apps.jobs.work.{name}" for name in names}
