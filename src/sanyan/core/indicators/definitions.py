"""A framework and its parts, as plain values.

These are what a framework version stores, what Excel and YAML are read into, and what every check,
roll-up and page reads. All are frozen; nothing here knows how it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of answer an indicator takes."""

    NUMBER = "number"
    PERCENT = "percent"
    RATIO = "ratio"
    LEVEL = "level"
    YES_NO = "yes-no"
    NARRATIVE = "narrative"


class Direction(StrEnum):
    """Which way is good; NONE for context that is not judged."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"

    @property
    def sign(self) -> float:
        """What turns figures so that more is better: -1 where lower is good, else 1 (also where nothing is judged)."""
        return -1.0 if self is Direction.LOWER else 1.0


class Rollup(StrEnum):
    """How the values of organisations become the value of a group of them.

    SUM adds values (children still out of school). RATIO divides the sum of numerators by the sum of
    denominators. MEAN is the mean weighted by denominator where one is held, plain otherwise, and is labelled
    "mean of areas". DISTRIBUTION counts levels. SHARE is the share of "yes". NONE is for text.
    """

    SUM = "sum"
    RATIO = "ratio"
    MEAN = "mean"
    DISTRIBUTION = "distribution"
    SHARE = "share"
    NONE = "none"


class AnswerState(StrEnum):
    """Why a value is there or is not. A missing value is never zero and never "no"."""

    REPORTED = "reported"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    NOT_YET_DUE = "not_yet_due"


@dataclass(frozen=True)
class Target:
    """The value to reach in a round. `better_than_last_year` sets no value of its own."""

    month: int
    value: float | None = None
    better_than_last_year: bool = False


@dataclass(frozen=True)
class PolicyArea:
    """A heading that indicators belong to; `group` is the office group that usually answers."""

    code: str
    name_th: str
    name_en: str
    group: str = ""


@dataclass(frozen=True)
class ScaleLevel:
    """One step of a scale; `percent_min` is where it begins on a 0-100 scale, when it has one."""

    level: int
    name_th: str
    name_en: str
    percent_min: float | None = None


@dataclass(frozen=True)
class NarrativeField:
    """One box of a narrative report. `max_length` is in characters."""

    key: str
    name_th: str
    name_en: str
    required: bool = False
    max_length: int | None = None


@dataclass(frozen=True)
class RoundPlan:
    """A round that the framework foresees each fiscal year; days are (month, day)."""

    month: int
    name_th: str
    name_en: str
    submit_by: tuple[int, int]


@dataclass(frozen=True)
class Indicator:
    """One question to an organisation, with all that is needed to ask, check and compare it.

    `per` scales a ratio (100 for percent, 10,000 for incidents per 10,000). `low` and `high` bound a valid value in
    its own unit. `minutes` is the usual time to answer. `months` are the rounds it is asked in. `applies` names the
    area types that answer ("primary", "secondary"); empty means all. `rubric` maps a level to its meaning.
    `mean_of` names what a mean is taken over (students); its count is then kept as the denominator.
    """

    code: str
    policy_area: str
    name_th: str
    name_en: str
    kind: Kind
    unit_th: str
    unit_en: str
    direction: Direction
    rollup: Rollup
    months: tuple[int, ...]
    numerator_th: str = ""
    denominator_th: str = ""
    numerator_en: str = ""
    denominator_en: str = ""
    mean_of: str = ""
    per: float = 1.0
    decimals: int = 1
    low: float | None = None
    high: float | None = None
    targets: tuple[Target, ...] = ()
    target_basis: str = ""
    level: str = "area"
    applies: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    prefill: str = ""
    minutes: float = 5.0
    part_of: str = ""
    disaggregate: tuple[str, ...] = ()
    privacy: str = ""
    rubric: tuple[tuple[int, str], ...] = ()
    note: str = ""

    def target_in(self, month: int) -> Target | None:
        """The target set for a round, or None where the framework sets none."""
        return next((target for target in self.targets if target.month == month), None)

    @property
    def has_parts(self) -> bool:
        """Whether the answer is a numerator and a denominator rather than one number."""
        return self.kind in (Kind.PERCENT, Kind.RATIO) and not self.mean_of and bool(self.denominator_th)


@dataclass(frozen=True)
class Framework:
    """A whole framework version: what is asked, of whom, when, and how it is judged."""

    code: str
    name_th: str
    name_en: str
    owner: str
    fiscal_years: tuple[int, ...]
    rounds: tuple[RoundPlan, ...]
    policy_areas: tuple[PolicyArea, ...]
    indicators: tuple[Indicator, ...]
    scale: tuple[ScaleLevel, ...] = ()
    narrative_fields: tuple[NarrativeField, ...] = ()
    is_example: bool = False
    authored_by: str = ""
    checked_by: str = ""
    next_review: date | None = None
    note: str = ""
    _by_code: dict[str, Indicator] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_code.update({item.code: item for item in self.indicators})

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code; raise KeyError when there is none."""
        return self._by_code[code]

    def asked(self, *, month: int, area_type: str = "") -> tuple[Indicator, ...]:
        """Indicators that an organisation of `area_type` is asked in the round of `month`."""
        return tuple(
            item
            for item in self.indicators
            if month in item.months and (not item.applies or not area_type or area_type in item.applies)
        )
