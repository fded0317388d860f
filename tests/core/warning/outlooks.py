"""Small outlooks for tests of rules: whole arrays from a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import yaml

from sanyan.core.indicators.definitions import Direction, Indicator, Kind, Rollup
from sanyan.core.rounds import RoundKey
from sanyan.core.stats.panel import FloatArray
from sanyan.core.warning.definitions import WarningRule, read_rule
from sanyan.core.warning.figures import ChangeScale
from sanyan.core.warning.outlook import Ahead, Outlook
from sanyan.core.warning.trend import robust_sd, trend
from sanyan.definitions import framework_file

NINE = RoundKey(2568, 9)
TWELVE = RoundKey(2568, 12)


def indicator(**changes: Any) -> Indicator:
    fields: dict[str, Any] = {
        "code": "QUA-05",
        "policy_area": "QUA",
        "name_th": "ร้อยละของโรงเรียน",
        "name_en": "Percent of schools",
        "kind": Kind.PERCENT,
        "unit_th": "ร้อยละ",
        "unit_en": "percent",
        "direction": Direction.HIGHER,
        "rollup": Rollup.RATIO,
        "months": (6, 9, 12),
    }
    return Indicator(**{**fields, **changes})


@cache
def rule(code: str) -> WarningRule:
    path = framework_file().parents[1] / "warnings" / f"{code}.yaml"
    return read_rule(yaml.safe_load(path.read_text("utf-8")), place=path.name)


def array(values: Sequence[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def outlook(
    now: Sequence[float | None],
    before: Sequence[float | None],
    *,
    target: float = 70.0,
    noise: float = 0.0,
    p_off: Sequence[float] | None = None,
    next: Ahead | None = None,
    year_end: Ahead | None = None,
    n: Sequence[float | None] | None = None,
    scale: ChangeScale = ChangeScale.UNIT,
    **changes: Any,
) -> Outlook:
    item = indicator(**changes)
    value, earlier = array(now), array(before)
    goal = np.full(len(value), target)
    sign = -1.0 if item.direction is Direction.LOWER else 1.0
    with np.errstate(invalid="ignore"):
        off = sign * (value - goal) < 0
        met = sign * (earlier - goal) >= 0
    return Outlook(
        indicator=item,
        round=NINE,
        units=tuple(f"u{number:03d}" for number in range(len(value))),
        value=value,
        before=earlier,
        target=goal,
        p_off=array(p_off) if p_off is not None else np.where(off, 0.95, 0.05),
        met_before=met,
        spread=robust_sd(value),
        part=np.full(len(value), np.nan),
        n=np.full(len(value), np.nan) if n is None else array(n),
        trend=trend(now=value, before=earlier, scale=scale, noise=np.full(len(value), noise)),
        next=next,
        year_end=year_end,
    )


def ahead(mean: Sequence[float], *, target: float, p_miss: Sequence[float], **changes: Any) -> Ahead:
    middle = array(mean)
    fields: dict[str, Any] = {
        "round": TWELVE,
        "mean": middle,
        "low": middle - 5,
        "high": middle + 5,
        "low95": middle - 8,
        "high95": middle + 8,
        "target": np.full(len(middle), target),
        "p_miss": array(p_miss),
        "p_drop": np.zeros(len(middle)),
        "own": np.zeros(len(middle)),
        "swing": 2.0,
        "shift": 0.0,
        "shift_low": -1.0,
        "shift_high": 1.0,
        "scale": ChangeScale.UNIT,
        "pasts": 2,
    }
    return Ahead(**{**fields, **changes})
