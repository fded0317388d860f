"""The gate to the facts."""

from __future__ import annotations

from django.conf import settings

from sanyan.engines.stores.base import FactStore
from sanyan.engines.stores.registry import open_store


def fact_store() -> FactStore:
    """The fact store that the settings name; one per process."""
    return open_store(settings.FACT_STORE, root=settings.FACTS_ROOT, dsn=settings.FACTS_DSN or None)
