"""Thai and Arabic digits, either way."""

from __future__ import annotations

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC_DIGITS = "0123456789"
_TO_ARABIC = str.maketrans(THAI_DIGITS, _ARABIC_DIGITS)
_TO_THAI = str.maketrans(_ARABIC_DIGITS, THAI_DIGITS)


def to_arabic(text: str) -> str:
    """`text` with Thai digits as Arabic ones: ๒๕๖๘ is 2568."""
    return text if text.isascii() else text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """`text` with Arabic digits as Thai ones: 2568 is ๒๕๖๘."""
    return text.translate(_TO_THAI)
