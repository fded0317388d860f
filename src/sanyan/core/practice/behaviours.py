"""How each indicator behaves in the practice world: its usual value, spread, growth in the year, and denominator."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sanyan.core.indicators.definitions import Direction, Indicator, Kind


class Link(StrEnum):
    """The scale that effects are added on.

    SHARE is a logit of numerator over denominator, RATE a log of events per denominator, COUNT a log of a whole
    number, SCORE the unit itself (a mean, a score), STEP a scale level, and CHOICE a logit of saying yes.
    """

    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    SCORE = "score"
    STEP = "step"
    CHOICE = "choice"


@dataclass(frozen=True)
class Behaviour:
    """One row of the table. `centre` is the usual value at month 12 of the first year, in the indicator's unit.

    `reached` is the share of the month-12 value usually reached by months 6 and 9; with `grows` it never falls
    within a fiscal year. `spread` (areas), `shock` (the whole country, by year), `wander` (an area, by year) and
    `drift` (a year, in the good direction) are on the link's scale. `denominator` is a measure of
    core.practice.areas, or "@CODE" for the numerator of another indicator. `sampling` is the spread of single
    units behind a score. `weight` replaces the denominator in the noise where it counts baht, not units.
    `rest_of` makes the value what another indicator has not yet reached; `count_of` a measure itself.
    """

    link: Link
    centre: float
    secondary: float | None = None
    reached: tuple[float, float] = (1.0, 1.0)
    grows: bool = False
    spread: float = 0.3
    shock: float = 0.1
    wander: float = 0.15
    drift: float = 0.05
    denominator: str = ""
    sampling: float = 0.0
    weight: float | None = None
    rest_of: str = ""
    count_of: str = ""

    def reached_by(self, month: int) -> float:
        """Share of the month-12 value usually reached by `month`, straight between the known months."""
        at_6, at_9 = self.reached
        known = ((0, 0.0 if self.grows else 2 * at_6 - at_9), (6, at_6), (9, at_9), (12, 1.0))
        for (m0, s0), (m1, s1) in pairwise(known):
            if m0 <= month <= m1:
                return max(0.0, s0 + (s1 - s0) * (month - m0) / (m1 - m0))
        return 1.0


def _share(centre: float, denominator: str, **more: object) -> Behaviour:
    return Behaviour(Link.SHARE, centre, denominator=denominator, **more)  # type: ignore[arg-type]


def _score(centre: float, sampling: float, denominator: str = "", **more: object) -> Behaviour:
    return Behaviour(Link.SCORE, centre, sampling=sampling, denominator=denominator, **more)  # type: ignore[arg-type]


def _level(centre: float, **more: object) -> Behaviour:
    options: dict[str, object] = {"spread": 0.6, "shock": 0.1, "wander": 0.3, "drift": 0.15} | more
    return Behaviour(Link.STEP, centre, **options)  # type: ignore[arg-type]


# Keyed by the codes of the example framework. Centres are round figures of the right size, not published values.
EXAMPLE: dict[str, Behaviour] = {
    "SAF-01": _share(96.5, "schools", reached=(0.86, 0.95), grows=True, spread=0.9, wander=0.35),
    "SAF-02": Behaviour(
        Link.RATE, 5.2, 7.5, (0.48, 0.74), grows=True, spread=0.45, shock=0.15, wander=0.25, denominator="pupils"
    ),
    "SAF-03": _share(90, "@SAF-02", spread=0.6, wander=0.3),
    "SAF-04": _share(82, "pupils", reached=(0.78, 0.92), grows=True, spread=0.7, wander=0.3, shock=0.2, drift=0.12),
    "OPP-01": Behaviour(Link.COUNT, 0, rest_of="OPP-02"),
    "OPP-02": _share(88, "out_of_school", reached=(0.52, 0.78), grows=True, spread=0.7, wander=0.35, drift=0.15),
    "OPP-03": _share(0.22, "pupils", secondary=0.75, spread=0.55, wander=0.3, shock=0.18, drift=0.08),
    "OPP-04": _share(96.8, "m3_leavers", secondary=97.6, reached=(0.985, 0.995), spread=0.5, wander=0.2),
    "OPP-05": _share(94, "poor", reached=(0.93, 0.97), grows=True, spread=0.5, wander=0.25),
    "OPP-06": _share(94, "disabled", reached=(0.92, 0.97), grows=True, spread=0.7, wander=0.3),
    "QUA-01": _score(72, 17, "p1", spread=3.5, shock=1.8, wander=1.6, drift=0.6),
    "QUA-02": _score(53, 16, "p3", spread=3.8, shock=2.2, wander=1.8, drift=0.5),
    "QUA-03": _score(41, 14, "examinees", secondary=39, spread=3.0, shock=1.8, wander=1.3, drift=0.2),
    "QUA-04": _share(6.2, "p1_p3", reached=(1.45, 1.2), spread=0.5, shock=0.12, wander=0.2, drift=0.08),
    "QUA-05": _share(93, "pisa_schools", reached=(0.72, 0.87), grows=True, spread=0.8, wander=0.35, drift=0.2),
    "QUA-06": _share(89, "teachers", reached=(0.9, 0.96), grows=True, spread=0.6, wander=0.25, drift=0.1),
    "QUA-07": _share(91, "kindergarten", spread=0.4, wander=0.18),
    "TCH-01": _share(93, "teachers", reached=(0.52, 0.77), grows=True, spread=0.7, wander=0.35),
    "TCH-02": _share(6.5, "staff_norm", secondary=5.2, reached=(1.08, 1.04), spread=0.5, shock=0.1, wander=0.15),
    "BUR-01": Behaviour(
        Link.COUNT, 104, reached=(1.06, 1.03), spread=0.16, shock=0.03, wander=0.05, drift=0.17, sampling=0
    ),
    "BUR-02": _share(46, "values_asked", reached=(0.75, 0.9), spread=0.5, wander=0.2, drift=0.22),
    "BUR-03": _score(12.5, 5.5, spread=1.8, shock=0.5, wander=0.8, drift=1.0, weight=140),
    "BUR-04": Behaviour(Link.CHOICE, 0.93, spread=0.8, shock=0.1, wander=0.2, drift=0.5),
    "SML-01": Behaviour(Link.COUNT, 0, count_of="small_schools"),
    "SML-02": _share(94, "small_schools", reached=(0.76, 0.9), grows=True, spread=0.8, wander=0.3, drift=0.15),
    "SML-03": _level(4.0, reached=(0.8, 0.92), grows=True),
    "SML-04": _score(3.6, 15, "p3", spread=1.2, shock=0.4, wander=0.7, drift=0.15),
    "DIG-01": _share(76, "users", reached=(0.6, 0.82), grows=True, spread=0.6, wander=0.25, drift=0.25),
    "DIG-02": _level(3.5, reached=(0.9, 0.95)),
    "MGT-01": _score(88.5, 6, spread=3.0, shock=1.2, wander=1.6, drift=0.8, weight=90),
    "MGT-02": _share(97.4, "budget", reached=(0.52, 0.765), grows=True, spread=0.5, wander=0.35, weight=160),
    "MGT-03": _share(93.5, "investment", reached=(0.47, 0.7), grows=True, spread=0.7, wander=0.45, weight=60),
    "MGT-04": _share(96, "schools", reached=(0.97, 0.985), spread=0.7, wander=0.3),
    "MGT-05": _score(412, 60, spread=22, shock=6, wander=11, drift=5, weight=50),
    "MGT-06": _score(4.28, 0.7, spread=0.16, shock=0.04, wander=0.07, drift=0.02, weight=380),
    "MGT-07": _share(98, "schools", reached=(0.985, 0.995), spread=0.8, wander=0.4),
    "STD-01": _level(4.1, reached=(0.83, 0.92)),
    "STD-02": _level(3.7),
    "STD-03": _level(4.2, reached=(0.72, 0.87), grows=True),
    "STD-04": _share(97, "schools", reached=(0.9, 0.95), grows=True, spread=0.9, wander=0.35),
    "STD-05": Behaviour(Link.COUNT, 4.2, reached=(0.4, 0.65), grows=True, spread=0.4, wander=0.25, sampling=1),
}

# What a Thai denominator most often counts, in the order to look.
_WORDS = (
    ("งบ", "budget"),
    ("โรงเรียนขนาดเล็ก", "small_schools"),
    ("ครู", "teachers"),
    ("บุคลากร", "teachers"),
    ("นักเรียน", "pupils"),
    ("ผู้เรียน", "pupils"),
    ("โรงเรียน", "schools"),
    ("สถานศึกษา", "schools"),
)


def behaviour_of(indicator: Indicator) -> Behaviour | None:
    """The row for an indicator: the table's where its kind still fits, else a sound default; None for narratives."""
    if indicator.kind is Kind.NARRATIVE:
        return None
    known = EXAMPLE.get(indicator.code)
    if known is not None and _fits(known, indicator):
        return known
    return _default(indicator)


def _fits(row: Behaviour, indicator: Indicator) -> bool:
    expected = {
        Kind.LEVEL: {Link.STEP},
        Kind.YES_NO: {Link.CHOICE},
        Kind.NUMBER: {Link.COUNT, Link.SCORE},
        Kind.PERCENT: {Link.SHARE} if indicator.has_parts else {Link.SCORE},
        Kind.RATIO: {Link.RATE, Link.SHARE} if indicator.has_parts else {Link.SCORE},
    }
    return row.link in expected.get(indicator.kind, set())


def _default(indicator: Indicator) -> Behaviour:
    aims = {t.month: t.value for t in indicator.targets if t.value is not None}
    aim = aims.get(max(aims)) if aims else None
    lower = indicator.direction is Direction.LOWER
    match indicator.kind:
        case Kind.LEVEL:
            return _level(3.6, reached=(0.9, 0.95))
        case Kind.YES_NO:
            return Behaviour(Link.CHOICE, 0.85, spread=0.8)
        case Kind.PERCENT | Kind.RATIO if indicator.has_parts:
            return _default_parts(indicator, aim, lower)
        case _:
            return _default_number(indicator, aim, lower)


def _default_parts(indicator: Indicator, aim: float | None, lower: bool) -> Behaviour:
    unit = next((m for word, m in _WORDS if word in indicator.denominator_th), "schools")
    if indicator.per != 100:
        centre = (aim or indicator.per * 0.001) * (1.1 if lower else 0.95)
        return Behaviour(Link.RATE, centre, denominator=unit, spread=0.4, wander=0.2)
    centre = min(max((aim or (8.0 if lower else 82.0)) * (1.15 if lower else 0.97), 0.05), 98.5)
    reached = _rise(indicator)
    weight = 160.0 if unit == "budget" else None
    return _share(centre, unit, reached=reached, grows=reached != (1.0, 1.0), spread=0.5, weight=weight)


def _default_number(indicator: Indicator, aim: float | None, lower: bool) -> Behaviour:
    bounded = indicator.low is not None and indicator.high is not None and indicator.high > indicator.low
    if bounded or indicator.mean_of or indicator.decimals > 0:
        low = indicator.low if bounded and indicator.low is not None else 0.0
        high = indicator.high if bounded and indicator.high is not None else 100.0
        wide = high - low
        centre = aim if aim is not None else low + 0.6 * wide
        return _score(
            centre, 0.12 * wide, spread=0.05 * wide, shock=0.015 * wide, wander=0.025 * wide, drift=0, weight=80
        )
    centre = max(1.0, (aim if aim else 40.0) * (1.1 if lower else 1.0))
    return Behaviour(Link.COUNT, centre, spread=0.35, wander=0.15, sampling=1)


def _rise(indicator: Indicator) -> tuple[float, float]:
    """Growth within the year as the targets foresee it; flat where they set none."""
    aims = {t.month: t.value for t in indicator.targets if t.value}
    last = aims.get(12)
    if last is None or aims.get(6) is None or indicator.direction is Direction.LOWER:
        return (1.0, 1.0)
    at_6 = min(1.0, (aims[6] or last) / last)
    return (at_6, min(1.0, (aims.get(9) or (aims[6] or last) + (last - (aims[6] or last)) / 2) / last))


def to_link(row: Behaviour, value: float, *, per: float) -> float:
    """`value` (in the indicator's unit) on the row's scale; `per` is what a share or rate is out of."""
    match row.link:
        case Link.SHARE:
            p = min(max(value / per, 1e-5), 1 - 1e-5)
            return math.log(p / (1 - p))
        case Link.CHOICE:
            return math.log(value / (1 - value))
        case Link.RATE:
            return math.log(max(value, 1e-6) / per)
        case Link.COUNT:
            return math.log(max(value, 1e-6))
        case _:
            return value
