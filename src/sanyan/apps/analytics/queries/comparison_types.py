"""What the queries of fair comparison answer with."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.analytics.queries.types import AreaRef, Source
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.core.stats.funnel import FunnelCurve
from sanyan.core.stats.posteriors import SURE


@dataclass(frozen=True)
class Span:
    """An estimate with its bounds of 80 and 95 %; None where nothing is known."""

    middle: float | None
    low80: float | None
    high80: float | None
    low95: float | None
    high95: float | None


@dataclass(frozen=True)
class ComparedArea:
    """One area beside all others. `area` is None where it is not in the viewer's sight: a dot without a name.

    `own` is the figure as reported, `level` the figure without its chance swing, `expected` what the context leads one
    to expect, `difference` the level less that, all in the indicator's unit. `p_better` is the probability that it is
    truly on the good side; `rank` 1 the best, by the difference from what was expected. `funnel` says where it stands
    in the funnel. `visibility` is hidden for fewer than 5 cases (its figures are None), greyed for fewer than 10.
    """

    area: AreaRef | None
    own: float | None
    n: float | None
    level: Span
    expected: float | None
    difference: Span
    p_better: float | None
    weight: float | None
    rank: Span
    p_top: float | None
    funnel: str
    visibility: str

    @property
    def standing(self) -> str:
        """Whether it surely (95 %) stands above or below what its context leads one to expect: "strong", "weak",
        "unsure", or "unknown" where that is not told."""
        if self.visibility == "hidden" or self.p_better is None:
            return "unknown"
        return "strong" if self.p_better >= SURE else "weak" if self.p_better <= 1 - SURE else "unsure"


@dataclass(frozen=True)
class IndicatorComparison:
    """One indicator compared fairly: areas by level, the worst first, and what is needed to read them.

    `expectation` names the context that was allowed for; `notes` what was left out. `curve` is the funnel over numbers
    of cases, None where noise does not depend on them. `better` and `worse` count areas that stand surely (95 %) on
    either side and may be told of. `doubted` areas in sight (of `doubted_count`) have an open finding on the figure
    and are not compared.
    With `by_place` levels are compared by where they stand among all, so differences have no unit.
    """

    indicator: Indicator
    round: RoundKey
    round_id: int
    areas: tuple[ComparedArea, ...]
    target: float | None
    expectation: tuple[Words, ...]
    notes: tuple[Words, ...]
    by_place: bool
    noise: Words
    curve: FunnelCurve | None
    centre: float | None
    used: int
    better: int
    worse: int
    doubted: tuple[AreaRef, ...]
    doubted_count: int
    source: Source


@dataclass(frozen=True)
class PolicyStrength:
    """An area in one policy area: its indicators taken together, in spreads between areas above (below) what its
    context leads one to expect. In `rounds` of `of_rounds` years it stood on the same side; `change` is since the same
    round last year. `word` is strong, weak, unsure or unknown."""

    policy_area: str
    name_th: str
    name_en: str
    effect: Span
    p_better: float | None
    indicators: int
    rounds: int
    of_rounds: int
    change: Span | None
    p_improved: float | None
    word: str


@dataclass(frozen=True)
class IndicatorStrength:
    """One indicator in which an area stands apart, by its difference from what was expected."""

    indicator: Indicator
    own: float | None
    expected: float | None
    difference: Span
    p_better: float
    rank: Span


@dataclass(frozen=True)
class StrengthProfile:
    """What an area is strong at and what is to be developed, how sure, over how many rounds, and what moved."""

    area: AreaRef
    round: RoundKey
    policy_areas: tuple[PolicyStrength, ...]
    strong: tuple[IndicatorStrength, ...]
    weak: tuple[IndicatorStrength, ...]
    source: Source


@dataclass(frozen=True)
class StrongArea:
    """One area that stands above its context in a policy area."""

    area: AreaRef
    strength: PolicyStrength


@dataclass(frozen=True)
class PolicyStrengths:
    """A policy area with the areas in sight that stand above and below their context; in order of area, not of size."""

    policy_area: str
    name_th: str
    name_en: str
    strong: tuple[StrongArea, ...]
    weak: tuple[StrongArea, ...]
    compared: int
    source: Source


@dataclass(frozen=True)
class LowCase:
    """An area of like context that stands low where an outlier stands high; None where it is not in sight."""

    area: AreaRef | None
    distance: float
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class OutlierEvidence:
    """One indicator in one fiscal year in which an outlier stood above its context."""

    indicator: Indicator
    fiscal_year: int
    p_better: float
    n: float


@dataclass(frozen=True)
class PositiveOutlier:
    """An area that does well against the odds, again and again: a candidate for a case study."""

    area: AreaRef
    evidence: tuple[OutlierEvidence, ...]
    p_twice: float
    low_cases: tuple[LowCase, ...]


@dataclass(frozen=True)
class PeerArea:
    """An area of like context: how far, in robust standard deviations, and over how many variables."""

    area: AreaRef
    distance: float
    shared: int


@dataclass(frozen=True)
class PeerGroup:
    """The nearest areas in context, and the variables by name. For reading a figure beside them, not for scoring."""

    peers: tuple[PeerArea, ...]
    variables: tuple[Words, ...]
