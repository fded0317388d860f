from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

WRITTEN = "tests.apps.narratives.written"  # Django is not ready when this file is read


@pytest.fixture
def world(db: None) -> Any:
    """Areas that wrote something, their reports certified and not read yet."""
    return import_module(WRITTEN).small_world_of_texts()


@pytest.fixture
def vectors(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A stand-in for the model of meaning."""
    made = import_module(WRITTEN).WordVectors()
    monkeypatch.setattr(import_module("sanyan.apps.narratives.language"), "_embedder", lambda *given: made)
    return made
