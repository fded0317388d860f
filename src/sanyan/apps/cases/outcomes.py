"""The outcome of a case as facts tell it, gathered once and kept with the case: what was published stays readable for
those who do not see the area's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaProfile, ComparedArea, HistoryPoint
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.cases.cards import Figures
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Framework, Indicator
from sanyan.core.rounds import RoundKey


@dataclass
class Outcomes:
    """Reads figures of one round for many cases, each area and each indicator once."""

    round_id: int
    today: date

    def __post_init__(self) -> None:
        self.info = frameworks.round_info(viewer=SYSTEM, round_id=self.round_id)
        view = frameworks.framework_version(viewer=SYSTEM, version_id=self.info.version_id)
        self.framework: Framework = view.definition
        self._profiles: dict[int, AreaProfile | None] = {}
        self._compared: dict[str, dict[int, ComparedArea]] = {}

    def of(self, organisation_id: int, code: str) -> dict[str, Any]:
        """The outcome as a case keeps it; {} where the area has no figure of it."""
        indicator = next((item for item in self.framework.indicators if item.code == code), None)
        profile = self._profile(organisation_id)
        if indicator is None or profile is None:
            return {}
        points = [point for point in profile.history.get(code, ()) if _can_be(indicator, point.value)]
        like = [point for point in points if RoundKey.parse(point.round).month == self.info.key.month]
        if not like:
            return {}
        kept = {**_named(indicator), **_moved(like), "points": [_point(point) for point in points]}
        return {**kept, **_beside(self._comparison(code).get(organisation_id))}

    def _profile(self, organisation_id: int) -> AreaProfile | None:
        if organisation_id not in self._profiles:
            try:
                self._profiles[organisation_id] = analytics.area_profile(
                    viewer=SYSTEM, organisation_id=organisation_id, round_id=self.round_id, today=self.today
                )
            except NotFoundError:  # not asked in this round
                self._profiles[organisation_id] = None
        return self._profiles[organisation_id]

    def _comparison(self, code: str) -> dict[int, ComparedArea]:
        if code not in self._compared:
            try:
                told = analytics.indicator_comparison(viewer=SYSTEM, round_id=self.round_id, code=code).areas
            except NotFoundError:  # figures that are not compared
                told = ()
            self._compared[code] = {item.area.id: item for item in told if item.area is not None}
        return self._compared[code]


def card_figures(kept: Mapping[str, Any]) -> Figures | None:
    """What a card is told by the figures that a case keeps; None where it keeps none."""
    if kept.get("after") is None:
        return None
    return Figures(
        indicator_th=str(kept["name_th"]),
        unit_th=str(kept["unit_th"]),
        before_round=_round_words(kept.get("before_round")),
        before=kept.get("before"),
        after_round=_round_words(kept["after_round"]),
        after=kept["after"],
        n=kept.get("n"),
        low=kept.get("low"),
        high=kept.get("high"),
        expected=kept.get("expected"),
        decimals=int(kept["decimals"]),
    )


def _can_be(indicator: Indicator, value: float | None) -> bool:
    """Whether a figure lies within what the indicator can be: a wrong one is no outcome."""
    low, high = indicator.low, indicator.high
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def _named(indicator: Indicator) -> dict[str, Any]:
    percent = indicator.unit_th == "ร้อยละ"
    return {
        "code": indicator.code,
        "name_th": indicator.name_th,
        "name_en": indicator.name_en or indicator.name_th,
        "unit_th": indicator.unit_th,
        "unit_en": indicator.unit_en or indicator.unit_th,
        "decimals": 1 if percent else indicator.decimals,
        "direction": indicator.direction.value,
    }


def _moved(like: list[HistoryPoint]) -> dict[str, Any]:
    """From the earliest to the latest round of the same month: figures grow within a year, so only those compare."""
    first, last = like[0], like[-1]
    before = {"before_round": first.round, "before": first.value} if first is not last else {}
    return {**before, "after_round": last.round, "after": last.value, "n": last.denominator, "target": last.target}


def _beside(area: ComparedArea | None) -> dict[str, Any]:
    if area is None or area.visibility == "hidden":
        return {}
    return {
        "low": area.level.low80,
        "high": area.level.high80,
        "expected": area.expected,
        "difference": area.difference.middle,
        "p_better": area.p_better,
    }


def _point(point: HistoryPoint) -> dict[str, Any]:
    return {"round": point.round, "value": point.value, "target": point.target, "n": point.denominator}


def _round_words(name: object) -> str:
    if not name:
        return ""
    key = RoundKey.parse(str(name))
    return f"รอบ {key.month} เดือน ปีงบประมาณ {key.fiscal_year}"
