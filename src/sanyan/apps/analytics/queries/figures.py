"""From facts to figures: a value judged against its target and against the same round last year."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from sanyan.apps.analytics.queries.types import Figure
from sanyan.core.indicators.definitions import AnswerState, Indicator, Rollup
from sanyan.core.indicators.values import (
    AnswerValue,
    RolledUp,
    attainment,
    is_improvement,
    roll_up,
    target_value,
)
from sanyan.engines.stores.base import Fact

Group = dict[str, AnswerValue]


def judged(indicator: Indicator, rolled: RolledUp, *, state: str, before: RolledUp | None, month: int) -> Figure:
    """A value judged against its target and against last year's, which is judged against the same target."""
    target = indicator.target_in(month)
    last_year = before.value if before else None
    change = rolled.value - last_year if rolled.value is not None and last_year is not None else None
    return Figure(
        indicator=indicator,
        state=state,
        value=rolled.value,
        numerator=rolled.numerator,
        denominator=rolled.denominator,
        target=target_value(target, last_year=last_year),
        attainment=attainment(indicator, value=rolled.value, target=target, last_year=last_year),
        last_year=last_year,
        change=change,
        improved=None if change is None else is_improvement(indicator.direction, change),
        reported=rolled.reported,
        missing=rolled.missing,
        levels=rolled.levels,
        last_year_reported=before.reported if before else 0,
        last_year_attainment=attainment(indicator, value=last_year, target=target),
    )


def cell_figure(indicator: Indicator, fact: Fact, before: Fact | None, month: int) -> Figure:
    """The figure of one organisation."""
    return judged(indicator, _alone(fact), state=fact.state, before=_alone(before) if before else None, month=month)


def empty_figure(indicator: Indicator, month: int) -> Figure:
    """The figure of an indicator that nobody has reported."""
    return judged(indicator, RolledUp(None, None, None, 0, 0), state="not_available", before=None, month=month)


class Roller:
    """Rolls the same facts up by different keys."""

    def __init__(self, known: Mapping[str, Indicator], facts: list[Fact], before: list[Fact], month: int) -> None:
        self._known, self._facts, self._before, self._month = known, facts, before, month

    def by(self, key: Callable[[Fact], str]) -> dict[tuple[str, str], Figure]:
        """Figures by (key of the fact, indicator)."""
        now, then = self._groups(self._facts, key), self._groups(self._before, key)
        return {place: self._figure(place[1], group, then.get(place, {})) for place, group in now.items()}

    def _groups(self, facts: list[Fact], key: Callable[[Fact], str]) -> dict[tuple[str, str], Group]:
        groups: dict[tuple[str, str], Group] = defaultdict(dict)
        for fact in facts:
            if fact.indicator in self._known:
                groups[key(fact), fact.indicator][fact.organisation] = _answer(fact)
        return groups

    def _figure(self, code: str, now: Group, then: Group) -> Figure:
        indicator = self._known[code]
        rolled = roll_up(indicator, now.values())
        before = roll_up(indicator, then.values()) if then else None
        state = "reported" if rolled.reported else "not_available"
        figure = judged(indicator, rolled, state=state, before=before, month=self._month)
        matched = [name for name in now if _has_value(now[name]) and name in then and _has_value(then[name])]
        if indicator.rollup is not Rollup.SUM or figure.change is None:
            return replace(figure, matched=len(matched))
        return _like_for_like(figure, now, then, matched)


def _like_for_like(figure: Figure, now: Group, then: Group, matched: list[str]) -> Figure:
    """A sum moves when other organisations report, so its change counts only those that did both years."""
    change = math.fsum((now[name].value or 0) - (then[name].value or 0) for name in matched) if matched else None
    improved = None if change is None else is_improvement(figure.indicator.direction, change)
    return replace(figure, change=change, improved=improved, matched=len(matched))


def _answer(fact: Fact) -> AnswerValue:
    return AnswerValue(AnswerState(fact.state), fact.numerator, fact.denominator, fact.value)


def _alone(fact: Fact) -> RolledUp:
    has_value = int(fact.value is not None)
    return RolledUp(fact.value, fact.numerator, fact.denominator, has_value, 1 - has_value)


def _has_value(answer: AnswerValue) -> bool:
    return answer.state is AnswerState.REPORTED and answer.value is not None
