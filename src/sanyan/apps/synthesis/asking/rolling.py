"""Figures of any group of areas over all rounds, rolled up by the fact store: one cube query a group."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.analytics.access import fact_store
from sanyan.apps.analytics.queries import HistoryPoint
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.synthesis.asking.parts import PageLink, Trace
from sanyan.apps.synthesis.asking.places import Group
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.indicators.values import Attainment, attainment, is_improvement, target_value
from sanyan.core.rounds import RoundKey
from sanyan.engines.stores.base import CubeQuery, Filters


@dataclass(frozen=True)
class GroupResult:
    """A group's figure in a round with what stood a year before, its past, and the question that gave them."""

    group: Group
    indicator: Indicator
    now: HistoryPoint | None
    before: HistoryPoint | None
    past: tuple[HistoryPoint, ...]
    target: float | None
    trace: Trace

    @property
    def value(self) -> float | None:
        """The figure; None where nothing was reported."""
        return self.now.value if self.now else None

    @property
    def change(self) -> float | None:
        """Against the same round last year; None where sums are of other organisations, so that they do not compare."""
        if self.now is None or self.before is None or self.now.value is None or self.before.value is None:
            return None
        if self.indicator.rollup.value == "sum" and self.now.reported != self.before.reported:
            return None
        return self.now.value - self.before.value

    @property
    def improved(self) -> bool | None:
        """Whether the change is the good way."""
        return None if self.change is None else is_improvement(self.indicator.direction, self.change)

    @property
    def attainment(self) -> Attainment:
        """How the figure stands to its target."""
        before = self.before.value if self.before else None
        month = RoundKey.parse(self.now.round).month if self.now else 0
        return attainment(self.indicator, value=self.value, target=self.indicator.target_in(month), last_year=before)


def group_result(info: RoundInfo, group: Group, indicator: Indicator) -> GroupResult:
    """The figures of a group of areas in one indicator, up to a round."""
    filters: list[tuple[str, tuple[str | bool, ...]]] = [
        ("framework", (info.framework_code,)),
        ("practice", (info.is_practice,)),
        ("disaggregation", ("",)),
        ("indicator", (indicator.code,)),
    ]
    if not group.is_whole:
        filters.append(("organisation", group.codes))
    question = CubeQuery(HistoryPoint.MEASURES, ("indicator", "round"), tuple(filters))
    points: dict[RoundKey, HistoryPoint] = {}
    for row in fact_store().query(question).records() if group.codes or group.is_whole else ():
        key = RoundKey.parse(str(row["round"]))
        if key <= info.key:
            points[key] = HistoryPoint.of(row)
    held = {key: points[key].with_target(indicator, points.get(key.same_last_year)) for key in sorted(points)}
    now = held.get(info.key)
    return GroupResult(
        group=group,
        indicator=indicator,
        now=now,
        before=held.get(info.key.same_last_year),
        past=tuple(held.values()),
        target=now.target if now else target_value(indicator.target_in(info.key.month)),
        trace=cube_trace(info, group, indicator, question.filters),
    )


def cube_trace(info: RoundInfo, group: Group, indicator: Indicator, filters: Filters) -> Trace:
    """The question as it was put to the fact store, and the page that shows its answer."""
    told = tuple((name, ", ".join(str(value) for value in values)) for name, values in filters)
    page = PageLink("indicators:indicator", (indicator.code,), (("round", str(info.id)),))
    if group.only is not None:
        page = PageLink("areas:area", (group.only.id,), (("round", str(info.id)),))
    return Trace("cube", str(info.key), told, page, indicator.code)
