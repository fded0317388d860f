from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> Iterator[Any]:
    """Six areas with certified reports."""
    settings.FACTS_ROOT = tmp_path
    store = import_module("sanyan.apps.analytics.access").fact_store()
    store.clear()
    with django_capture_on_commit_callbacks(execute=True):
        made = import_module("tests.factories").certified_world()
    yield made
    store.clear()
