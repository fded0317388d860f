"""What the analytic queries answer with: plain values, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from sanyan.core.indicators.definitions import Indicator
from sanyan.core.indicators.values import Attainment, target_value
from sanyan.core.rounds import RoundKey
from sanyan.core.stats.intervals import Interval
from sanyan.engines.stores.base import Measure


@dataclass(frozen=True)
class Spread:
    """Where the middle of a group lies. Hidden (None) for groups under five."""

    n: int
    lowest: float
    q1: float
    median: float
    q3: float
    highest: float


@dataclass(frozen=True)
class Figure:
    """One value with everything needed to judge it. `target` is the number to reach; `change` is against the same
    round last year, in the indicator's unit; `improved` says whether that is the good way.

    A sum over other organisations than last year's is not comparable: its `change` counts only those that reported
    in both (`matched` of them), so it may differ from `value` less `last_year`.
    """

    indicator: Indicator
    state: str
    value: float | None
    numerator: float | None
    denominator: float | None
    target: float | None
    attainment: Attainment
    last_year: float | None
    change: float | None
    improved: bool | None
    reported: int = 0
    missing: int = 0
    levels: tuple[tuple[int, int], ...] = ()
    last_year_reported: int = 0
    last_year_attainment: Attainment = Attainment.UNKNOWN
    matched: int = 0


@dataclass(frozen=True)
class Tally:
    """How many figures stand where to their targets."""

    met: int = 0
    near: int = 0
    missed: int = 0
    unknown: int = 0

    @property
    def judged(self) -> int:
        """Figures that have both a value and a target."""
        return self.met + self.near + self.missed

    @property
    def share_met(self) -> float | None:
        """Percent of judged figures that meet their target."""
        return 100 * self.met / self.judged if self.judged else None


@dataclass(frozen=True)
class AreaRef:
    """An organisation as it is named on pages."""

    id: int
    code: str
    short_th: str
    name_en: str
    area_type: str
    region_code: str
    region_th: str
    region_en: str
    provinces: tuple[str, ...]
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class AreaStanding:
    """One area's judged figures in a round. `share` is the interval (80 %) of its share at target.

    `group` is "help" when that interval lies wholly below the share of its type, "strong" when wholly above,
    "usual" in between, "unknown" with fewer than five judged figures. `state` is the submission's.
    """

    area: AreaRef
    tally: Tally
    share: Interval | None
    group: str
    state: str
    late: bool
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaStrength:
    """An area whose share at target in a policy area lies, with its interval, above that of its type."""

    area: AreaRef
    policy_area: str
    met: int
    judged: int
    share: Interval


@dataclass(frozen=True)
class PolicyAreaResult:
    """A policy area: its indicators at system level, and all area figures under it tallied.

    `compared` and `areas_last_year` count only figures that are judged in both years, so that their shares may be held
    against each other; `areas` counts all.
    """

    code: str
    name_th: str
    name_en: str
    figures: tuple[Figure, ...]
    system: Tally
    areas: Tally
    compared: Tally
    areas_last_year: Tally


@dataclass(frozen=True)
class Change:
    """A system figure that moved since the same round last year; `size` orders changes of different units
    (change over the usual spread of areas)."""

    figure: Figure
    size: float


@dataclass(frozen=True)
class Source:
    """Where figures come from: how many certified reports, and the state of the facts they were read from."""

    framework: str
    round: str
    reports: int
    facts_version: str


@dataclass(frozen=True)
class Overview:
    """The system in one round."""

    round_id: int
    standings: tuple[AreaStanding, ...]
    policy_areas: tuple[PolicyAreaResult, ...]
    changes: tuple[Change, ...]
    areas: Tally
    source: Source


@dataclass(frozen=True)
class PeerFigure:
    """An area's figure beside the spread of areas of its type (None for fewer than five peers)."""

    figure: Figure
    origin: str
    note: str
    peers: Spread | None


@dataclass(frozen=True)
class HistoryPoint:
    """A value in one round; `reported` organisations stand behind it."""

    MEASURES: ClassVar = (Measure.VALUE, Measure.NUMERATOR, Measure.DENOMINATOR, Measure.REPORTED, Measure.MISSING)

    round: str
    value: float | None
    numerator: float | None
    denominator: float | None
    target: float | None
    reported: int
    missing: int

    @classmethod
    def of(cls, row: Mapping[str, object]) -> HistoryPoint:
        """From a row of `MEASURES` by round; its target is not yet known."""
        return cls(
            round=str(row["round"]),
            value=_number(row["value"]),
            numerator=_number(row["numerator"]),
            denominator=_number(row["denominator"]),
            target=None,
            reported=int(_number(row["reported"]) or 0),
            missing=int(_number(row["missing"]) or 0),
        )

    def with_target(self, indicator: Indicator, last_year: HistoryPoint | None) -> HistoryPoint:
        """Set against the framework's target, which may ask for better than last year."""
        asked = indicator.target_in(RoundKey.parse(self.round).month)
        return replace(self, target=target_value(asked, last_year=last_year.value if last_year else None))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


@dataclass(frozen=True)
class AreaSection:
    """A policy area on an area's page."""

    code: str
    name_th: str
    name_en: str
    tally: Tally
    figures: tuple[PeerFigure, ...]


@dataclass(frozen=True)
class AreaProfile:
    """One area in one round, against its peers and its own past. `peers` areas share its type."""

    area: AreaRef
    round_id: int
    standing: AreaStanding
    peers: int
    sections: tuple[AreaSection, ...]
    history: dict[str, tuple[HistoryPoint, ...]]
    narratives: tuple[tuple[Indicator, dict[str, str]], ...]
    source: Source


@dataclass(frozen=True)
class AreaFigure:
    """One area on an indicator's page."""

    area: AreaRef
    figure: Figure


@dataclass(frozen=True)
class GroupFigure:
    """A region or area type on an indicator's page, rolled up by sums."""

    code: str
    name_th: str
    name_en: str
    figure: Figure
    areas: int


@dataclass(frozen=True)
class IndicatorProfile:
    """One indicator in one round: the system, its areas, its regions, its past."""

    indicator: Indicator
    round_id: int
    system: Figure
    spread: Spread | None
    areas: tuple[AreaFigure, ...]
    regions: tuple[GroupFigure, ...]
    types: tuple[GroupFigure, ...]
    history: tuple[HistoryPoint, ...]
    source: Source
    missing: tuple[AreaFigure, ...] = field(default=())
