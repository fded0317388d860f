"""An indicator and its figures as people write them, for sentences."""

from __future__ import annotations

from sanyan.core.indicators.definitions import Indicator, Kind

SHOWN_CODES = 8


def figure(value: float | None, *, decimals: int = 1) -> str:
    """A number with separators and no needless zeros after the point: 1,234.5, 40, -3.2; a dash where missing."""
    if value is None:
        return "–"
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def indicator_words(indicator: Indicator) -> dict[str, str]:
    """The placeholders that every sentence about an indicator may use."""
    return {
        "code": indicator.code,
        "indicator_th": indicator.name_th,
        "indicator_en": indicator.name_en or indicator.name_th,
        "unit_th": "%" if indicator.kind is Kind.PERCENT else indicator.unit_th,
        "unit_en": "%" if indicator.kind is Kind.PERCENT else (indicator.unit_en or indicator.unit_th),
    }


def code_list(codes: list[str]) -> str:
    """Codes with commas; past eight, how many more."""
    shown = ", ".join(codes[:SHOWN_CODES])
    more = len(codes) - SHOWN_CODES
    return f"{shown} (+{more})" if more > 0 else shown
