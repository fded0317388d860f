"""How early a missed target was foretold: the first month from which the warning never fell silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sanyan.core.evaluating.year_end_run import YearEndCase
from sanyan.core.evaluating.year_end_scores import year_to_date_rule
from sanyan.core.stats.panel import FloatArray

MONTHS_OF_A_YEAR = 12
LIKELY = 0.5


@dataclass(frozen=True)
class LeadTimes:
    """Of `missed` units and years, how many were warned of from each month on (month to count) and never let go again;
    `silent` were not warned of at the last month looked at. `alarms` counts units warned of at each month, whether they
    missed or not, and `units` all looked at."""

    method: str
    missed: int
    first: dict[int, int]
    silent: int
    alarms: dict[int, int]
    units: dict[int, int]

    @property
    def median(self) -> float | None:
        """The median months from the warning to the end of the year, of those that were warned of."""
        months = [MONTHS_OF_A_YEAR - month for month, count in self.first.items() for _ in range(count)]
        return float(np.median(months)) if months else None


def lead_times(cases: Iterable[YearEndCase]) -> tuple[LeadTimes, LeadTimes]:
    """Those of the method and of the year-to-date rule over all tests; a warning is a probability of a half or more."""
    by_test: dict[int, list[YearEndCase]] = {}
    for case in cases:
        by_test.setdefault(case.test, []).append(case)
    ours = [(test, [(case.month, case.said.p_miss) for case in held]) for test, held in by_test.items()]
    rule = [(test, [(case.month, _rule_where_told(case)) for case in held]) for test, held in by_test.items()]
    missed = {test: held[0].missed for test, held in by_test.items()}
    return _told("sanyan", ours, missed), _told("year-to-date", rule, missed)


def _rule_where_told(case: YearEndCase) -> FloatArray:
    """The year-to-date rule for the units that the method told something of, so that both speak of the same."""
    return np.where(np.isfinite(case.said.p_miss), year_to_date_rule(case.so_far).hard, np.nan)


def _told(
    method: str,
    said: list[tuple[int, list[tuple[int, FloatArray]]]],
    missed: dict[int, FloatArray],
) -> LeadTimes:
    first: dict[int, int] = {}
    alarms: dict[int, int] = {}
    units: dict[int, int] = {}
    total = silent = 0
    for test, months in said:
        ordered = sorted(months, key=lambda item: item[0])
        known = np.isfinite(missed[test]) & np.all([np.isfinite(chance) for _, chance in ordered], axis=0)
        warned = {month: known & (np.where(np.isfinite(chance), chance, 0) >= LIKELY) for month, chance in ordered}
        for month, held in warned.items():
            alarms[month] = alarms.get(month, 0) + int(held.sum())
            units[month] = units.get(month, 0) + int(known.sum())
        bad = known & (missed[test] == 1)
        total += int(bad.sum())
        waiting = bad.copy()
        for month, _ in ordered:
            lasting = np.all([warned[later] for later, _ in ordered if later >= month], axis=0)
            found = waiting & lasting
            first[month] = first.get(month, 0) + int(found.sum())
            waiting &= ~found
        silent += int(waiting.sum())
    return LeadTimes(method, total, first, silent, alarms, units)
