"""Which chat model a site uses: none, until an address is set."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanyan.core.errors import BadInputError
from sanyan.engines.language.base import ChatModel
from sanyan.engines.language.chat_openai import OpenAiChat, Patience


def chat_model(url: str = "", model: str = "", key: str = "", *, timeout: float = 120.0) -> ChatModel | None:
    """The chat model at `url` (OpenAI protocol, as far as /v1); None where no address is set.

    `timeout` is seconds for a whole answer. Raise BadInputError for an address without a model, or one that is no
    http(s) address.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not model or timeout <= 0:
        raise BadInputError(
            "chat-setting",
            "การตั้งค่าโมเดลภาษายังไม่ครบ",
            "The chat model needs an http(s) address, a model's name and a time-out above 0.",
            next_th="ระบุ SANYAN_CHAT_URL และ SANYAN_CHAT_MODEL ให้ครบ หรือเว้นว่างทั้งคู่เพื่อไม่ใช้",
            next_en="Set both SANYAN_CHAT_URL and SANYAN_CHAT_MODEL, or neither to use none.",
            place="SANYAN_CHAT_URL" if model else "SANYAN_CHAT_MODEL",
        )
    return OpenAiChat(url, model, key, patience=Patience(read=min(60.0, timeout), total=timeout))
