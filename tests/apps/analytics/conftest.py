from __future__ import annotations

from collections.abc import Callable, Iterator
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
def certify(django_capture_on_commit_callbacks: Any) -> Callable[..., None]:
    """Certify as if the transaction were committed, so that what follows a certification happens."""
    factories = import_module("tests.factories")

    def done(world: Any, code: str, *answers: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            factories.certify(world, code, *answers)

    return done
