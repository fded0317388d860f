from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """Pages in English need the catalogue compiled."""
    import_module("sanyan.interfaces.web.translations").compile_all()


@pytest.fixture
def certified_world(db: None, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Six areas, their figures certified and in a fact store of the test's own."""
    settings.FACTS_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        return import_module("tests.factories").certified_world()
