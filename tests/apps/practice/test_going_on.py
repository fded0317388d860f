"""A practice round whose loading was cut short is completed by the next."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.practice import actions
from sanyan.apps.practice.actions import loading

NOW = datetime(2025, 8, 20, 3, 0, tzinfo=UTC)
PLAN = actions.PracticePlan(areas=8, years=1)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def states() -> list[Counter[str]]:
    rounds = sorted(frameworks.rounds(viewer=SYSTEM), key=lambda info: info.key)
    return [Counter(row.state for row in collection.expected(viewer=SYSTEM, round_id=info.id)) for info in rounds]


def load(folder: Path) -> None:
    actions.load_practice(by=SYSTEM, plan=PLAN, folder=folder, now=NOW, progress=lambda *_: None)


def test_reports_handed_in_but_not_certified_are_certified_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_fails(**_: Any) -> None:
        raise KeyboardInterrupt

    actions.prepare(by=SYSTEM, now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(loading.collection, "certify_many", power_fails)
        with pytest.raises(KeyboardInterrupt):
            load(tmp_path)
    (cut_short,) = states()
    assert cut_short["submitted"] > 0
    assert cut_short["certified"] == 0

    load(tmp_path)
    first, last = states()
    assert first["certified"] >= 4
    assert last["certified"] >= 4
