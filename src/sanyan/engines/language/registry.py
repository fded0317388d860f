"""Which embedder a site uses, by the name in its settings."""

from __future__ import annotations

from functools import lru_cache

from sanyan.core.errors import BadInputError
from sanyan.core.signed_documents import Words
from sanyan.engines.language.base import Embedder
from sanyan.engines.language.nano_e5 import nano_e5
from sanyan.engines.language.openai_embeddings import OpenAiEmbeddings

EMBEDDERS = ("local", "openai", "none")
_SET_TO_NONE = Words(
    "ตั้งค่าไว้ให้ค้นด้วยคำอย่างเดียว ไม่ใช้เวกเตอร์ความหมาย",
    "The settings ask for search by words alone, without vectors of meaning.",
)


def embedder(name: str, *, url: str = "", model: str = "", key: str = "") -> Embedder | None:
    """The embedder called `name`: local (on this machine), openai (a server at `url`), or none.

    None where there is none; `why_without` tells why. Raise BadInputError for another name, or a server without an
    address or a model.
    """
    if name == "none":
        return None
    if name == "local":
        found = nano_e5()
        return None if isinstance(found, Words) else found
    if name == "openai" and url and model:
        return _server(url, model, key)
    raise BadInputError(
        "embedder-setting",
        "การตั้งค่าเครื่องคำนวณความหมายยังไม่ครบ",
        f"The embedder {name!r} is not one of {', '.join(EMBEDDERS)}, or lacks its address or model.",
        next_th="ระบุ local, openai (พร้อมที่อยู่และชื่อโมเดล) หรือ none",
        next_en="Name local, openai (with an address and a model) or none.",
        place=name,
    )


def why_without(name: str) -> Words | None:
    """Why there is no embedder called `name`; None where there is one."""
    if name == "none":
        return _SET_TO_NONE
    found = nano_e5() if name == "local" else None
    return found if isinstance(found, Words) else None


@lru_cache(maxsize=4)
def _server(url: str, model: str, key: str) -> OpenAiEmbeddings:
    return OpenAiEmbeddings(url, model, key)
