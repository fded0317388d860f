"""What certified figures say of a case, as the parts of its card in Thai."""

from __future__ import annotations

from sanyan.core.cases.cards import CardField, Figures


def told_by_figures(figures: Figures) -> dict[CardField, str]:
    """Baseline, outcome and comparison as far as figures tell them; a figure that is not there is left out."""
    told: dict[CardField, str] = {}
    name = figures.indicator_th
    if figures.before is not None:
        told[CardField.BASELINE] = f"{name}: {_written(figures, figures.before)} ({figures.before_round})"
    if figures.after is not None:
        told[CardField.OUTCOME] = _outcome(figures, figures.after)
    if figures.after is not None and figures.expected is not None:
        expected = _written(figures, figures.expected)
        told[CardField.COMPARISON] = f"บริบทเช่นนี้คาดไว้ {expected} ได้จริง {_written(figures, figures.after)}"
    return told


def _outcome(figures: Figures, after: float) -> str:
    start = f"จาก {_written(figures, figures.before)} " if figures.before is not None else ""
    extra = [f"n {figures.n:,.0f}"] if figures.n is not None else []
    if figures.low is not None and figures.high is not None:
        low, high = (f"{value:,.{figures.decimals}f}" for value in (figures.low, figures.high))
        extra.append(f"ช่วงที่น่าจะเป็น 80 %: {low}–{high}")
    behind = f" ({', '.join(extra)})" if extra else ""
    return f"{figures.indicator_th}: {start}เป็น {_written(figures, after)} ใน{figures.after_round}{behind}"


def _written(figures: Figures, value: float) -> str:
    number = f"{value:,.{figures.decimals}f}"
    return f"ร้อยละ {number}" if figures.unit_th in ("ร้อยละ", "%") else f"{number} {figures.unit_th}".strip()
