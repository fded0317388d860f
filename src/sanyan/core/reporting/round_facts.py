"""What a round's summary is written from: figures already worked out, with the counts that stand behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sanyan.core.indicators.definitions import Direction, Rollup
from sanyan.core.indicators.values import Attainment
from sanyan.core.rounds import RoundKey


@dataclass(frozen=True)
class RoundInfo:
    """The round and the framework it belongs to. `facts_version` says which state of the facts was read."""

    key: RoundKey
    name_th: str
    name_en: str
    framework_code: str
    framework_version: int
    framework_name_th: str
    framework_name_en: str
    data_until: date
    written_on: date
    facts_version: str
    is_practice: bool = False
    is_example: bool = False


@dataclass(frozen=True)
class CoverageCounts:
    """Reports expected and where they stand; `late` counts those handed in after the due date or still missing."""

    expected: int
    certified: int = 0
    submitted: int = 0
    returned: int = 0
    in_progress: int = 0
    not_started: int = 0
    late: int = 0


@dataclass(frozen=True)
class RegionCoverage:
    """Coverage of one inspection region."""

    region: str
    name_th: str
    name_en: str
    counts: CoverageCounts


@dataclass(frozen=True)
class AttainmentCounts:
    """How many indicators met their target, nearly did, did not, or cannot be judged."""

    met: int = 0
    near: int = 0
    missed: int = 0
    unknown: int = 0

    @property
    def judged(self) -> int:
        """Indicators with a value and a target."""
        return self.met + self.near + self.missed


@dataclass(frozen=True)
class PolicyAreaResult:
    """A policy area's indicators for the whole country against their targets; `last_year` None where not held."""

    code: str
    name_th: str
    name_en: str
    counts: AttainmentCounts
    last_year: AttainmentCounts | None = None


@dataclass(frozen=True)
class RegionValue:
    """One indicator in one region. `value` None is missing, never zero."""

    region: str
    name_th: str
    name_en: str
    value: float | None
    attainment: Attainment = Attainment.UNKNOWN
    last_year: float | None = None


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator for the whole country, rolled up by its own rule.

    `reported` areas stand behind `value`, `missing` were expected and are not. `last_year` is the same round of
    the year before, from `last_year_reported` areas. `missing_reason_*` says why there is no value.
    """

    code: str
    policy_area: str
    name_th: str
    name_en: str
    unit_th: str
    unit_en: str
    direction: Direction
    rollup: Rollup
    value: float | None
    decimals: int = 1
    numerator: float | None = None
    denominator: float | None = None
    target: float | None = None
    attainment: Attainment = Attainment.UNKNOWN
    last_year: float | None = None
    last_year_reported: int | None = None
    reported: int = 0
    missing: int = 0
    by_region: tuple[RegionValue, ...] = ()
    missing_reason_th: str = ""
    missing_reason_en: str = ""

    @property
    def compared_with(self) -> float | None:
        """Last year's value where a comparison is fair: a sum over other numbers of areas is not."""
        if self.value is None or (self.rollup is Rollup.SUM and self.last_year_reported != self.reported):
            return None
        return self.last_year


@dataclass(frozen=True)
class AreaNeed:
    """An area that may need help: which indicators (codes) missed their target out of how many judged, and why.

    `interval` is the likely range of the share missed (0-1), where one is worked out.
    """

    code: str
    name_th: str
    name_en: str
    region_th: str
    region_en: str
    missed: tuple[str, ...]
    judged: int
    reasons_th: tuple[str, ...] = ()
    reasons_en: tuple[str, ...] = ()
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class NeedGroup:
    """Areas in a like situation. Inside a group they are shown in alphabetical order: it is not a ranking."""

    name_th: str
    name_en: str
    rule_th: str
    rule_en: str
    areas: tuple[AreaNeed, ...]


@dataclass(frozen=True)
class AreaStrength:
    """A policy area in which an area does better than its peers, on `above` of `judged` indicators."""

    code: str
    name_th: str
    name_en: str
    policy_area: str
    above: int
    judged: int
    rounds: int = 1


@dataclass(frozen=True)
class FindingCount:
    """How often one check found something. `severity` is "error", "warning" or "info"."""

    check: str
    name_th: str
    name_en: str
    severity: str
    count: int
    areas: int
    handled: int = 0


@dataclass(frozen=True)
class FindingExample:
    """One finding to look at first."""

    area_th: str
    area_en: str
    indicator: str
    reason_th: str
    reason_en: str


@dataclass(frozen=True)
class SummaryInput:
    """Everything that a round's summary says, and nothing it has to work out from elsewhere."""

    round: RoundInfo
    coverage: CoverageCounts
    regions: tuple[RegionCoverage, ...] = ()
    policy_areas: tuple[PolicyAreaResult, ...] = ()
    indicators: tuple[IndicatorResult, ...] = ()
    needs: tuple[NeedGroup, ...] = ()
    strengths: tuple[AreaStrength, ...] = ()
    findings: tuple[FindingCount, ...] = ()
    examples: tuple[FindingExample, ...] = ()
