"""A framework made of what a panel holds, so that pages and checks work on it as on any other."""

from __future__ import annotations

import calendar
from datetime import date

from sanyan.core.forms.panel_mapping import PanelIndicator, PanelMapping
from sanyan.core.forms.panel_reading import PanelReading
from sanyan.core.indicators.definitions import Framework, Indicator, PolicyArea, RoundPlan
from sanyan.core.rounds import FIRST_MONTH_OF_FISCAL_YEAR

POLICY_AREA = PolicyArea("panel", "ตัวชี้วัดที่นำเข้า", "Imported indicators")
_ORDINARY_YEAR = 2023


def framework_from_panel(
    mapping: PanelMapping,
    reading: PanelReading,
    *,
    code: str = "",
    name_th: str = "",
    name_en: str = "",
    owner: str = "",
    authored_by: str = "",
    checked_by: str = "",
    next_review: date | None = None,
) -> Framework:
    """A framework with the mapping's indicators, and the years and rounds that the reading holds.

    Names default to the mapping's own, then to codes. Indicators without a figure are kept: they were
    expected.
    """
    months = tuple(sorted({row.key.month for row in reading.rows})) or (mapping.period.month,)
    code = code or mapping.framework
    name_th = name_th or mapping.framework_th or code
    named = dict.fromkeys(item.policy_area for item in mapping.indicators)
    return Framework(
        code=code,
        name_th=name_th,
        name_en=name_en or mapping.framework_en or code,
        owner=owner or mapping.owner,
        fiscal_years=tuple(sorted({row.key.fiscal_year for row in reading.rows})),
        rounds=tuple(_round(month) for month in months),
        policy_areas=tuple(PolicyArea(area, area, area) if area else POLICY_AREA for area in named),
        indicators=tuple(_indicator(item, months) for item in mapping.indicators),
        authored_by=authored_by,
        checked_by=checked_by,
        next_review=next_review,
    )


def _indicator(item: PanelIndicator, months: tuple[int, ...]) -> Indicator:
    has_parts = item.has_parts
    return Indicator(
        code=item.code,
        policy_area=item.policy_area or POLICY_AREA.code,
        name_th=item.name_th or item.name,
        name_en=item.name_en or item.name,
        kind=item.kind,
        unit_th=item.unit_th or ("ร้อยละ" if item.kind.value == "percent" else "หน่วย"),
        unit_en=item.unit_en or ("percent" if item.kind.value == "percent" else "units"),
        direction=item.direction,
        rollup=item.rolls_up_by,
        months=months,
        numerator_th=item.numerator if has_parts else "",
        numerator_en=item.numerator if has_parts else "",
        denominator_th=item.denominator if has_parts else "",
        denominator_en=item.denominator if has_parts else "",
        mean_of=item.mean_of,
        per=item.scale,
        decimals=item.decimals,
        low=item.low,
        high=item.high,
    )


def _round(month: int) -> RoundPlan:
    """A yearly round; reports are due at the end of the month after its data."""
    due_month = (FIRST_MONTH_OF_FISCAL_YEAR - 1 + month) % 12 + 1
    due_day = calendar.monthrange(_ORDINARY_YEAR, due_month)[1]
    return RoundPlan(month, f"รอบ {month} เดือน", f"{month}-month round", (due_month, due_day))
