from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def empty_facts() -> Iterator[None]:
    store = import_module("sanyan.apps.analytics.access").fact_store()  # Django is not ready when this file is read
    store.clear()
    yield
    store.clear()


@pytest.fixture
def two_years(django_capture_on_commit_callbacks: Any, settings: Any) -> Any:
    """Month 9 of two years in the small world: everyone at 85 %, then everyone but B2, which falls to 40 %."""
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    factories = import_module("tests.factories")
    rounds = import_module("sanyan.core.rounds")
    before = factories.small_world(key=rounds.RoundKey(2567, 9))
    now = factories.small_world()
    with django_capture_on_commit_callbacks(execute=True):
        for place, code in enumerate(factories.AREAS):
            factories.certify(before, code, factories.percent(850 + place, 1000))
            part = 400 if code == "B2" else 851 + place
            factories.certify(now, code, factories.percent(part, 1000))
    found = import_module("sanyan.apps.organisations.queries").by_code(codes=["RA", "RB"], on=factories.TODAY)
    now.ids.update({code: item.id for code, item in found.items()})
    return now
