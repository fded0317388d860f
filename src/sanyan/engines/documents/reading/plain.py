"""Plain text: UTF-8, UTF-16 with its mark, or Thai of Windows (874)."""

from __future__ import annotations

import codecs
import re

from sanyan.core.thai.characters import writable
from sanyan.engines.documents.reading.values import PageText, Reading

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW = 0.001


def read_plain(data: bytes) -> Reading:
    """The whole text as one page; pages where form feeds part it. Raises ValueError for what is no text."""
    text = decoded(data)
    if text is None:
        raise ValueError("no text")
    pages = text.split("\f")
    return Reading(tuple(PageText(number, writable(page)) for number, page in enumerate(pages, start=1)))


def decoded(data: bytes) -> str | None:
    """The text of `data`, None where it is none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _tried(data, "utf-16")
    text = _tried(data, "utf-8-sig")
    return text if text is not None else _tried(data, "cp874")


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if len(_CONTROLS.findall(text)) <= _FEW * len(text) else None
