"""Probabilities in four levels, the same in every table of hit rates."""

from __future__ import annotations

from sanyan.core.signed_documents import Words

LEVELS: dict[str, tuple[float, Words]] = {
    "very-high": (0.9, Words("สูงมาก (90 % ขึ้นไป)", "very high (90 % and more)")),
    "high": (0.7, Words("สูง (70–90 %)", "high (70–90 %)")),
    "medium": (0.5, Words("ปานกลาง (50–70 %)", "medium (50–70 %)")),
    "low": (0.0, Words("ต่ำ (ไม่ถึง 50 %)", "low (under 50 %)")),
}


def level_of(probability: float) -> str:
    """The level of a probability (0-1); each begins at its bound."""
    return next((name for name, (least, _) in LEVELS.items() if probability >= least), "low")
