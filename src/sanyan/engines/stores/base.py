"""The fact store's language: one fact, one question, one answer, and the protocol that engines keep.

A question says what to compute, not how. It is limited to what every engine can do; `tests/spec` proves that
they answer alike, with the memory engine as the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

FACT_DIMENSIONS = (
    "framework",
    "round",
    "practice",
    "organisation",
    "kind",
    "area_type",
    "region",
    "province",
    "policy_area",
    "indicator",
    "disaggregation",
    "state",
    "origin",
)


Filters = tuple[tuple[str, tuple[str | bool, ...]], ...]

# What a question is about when it does not say: real data, and totals rather than their parts. Practice data
# never joins real data in one figure, and a total is never added to the parts that it is made of.
UNLESS_ASKED: Filters = (("practice", (False,)), ("disaggregation", ("",)))


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of one organisation in one round, ready to be summed.

    `source` names what it came from (a submission) and `sequence` grows with each certification of that
    source: of two facts of one source only those of the highest sequence count, and a fact given again at the
    same sequence (the same organisation, round, indicator and disaggregation) replaces itself. `round` is
    "2568-09". `disaggregation` is "" for the total. `rollup` names how values combine
    (core.indicators.Rollup) and `per` scales a ratio. `value` is the organisation's own figure in the
    indicator's unit; a level or yes-no keeps it as a number. A figure that is not finite (NaN, infinity) is
    kept as None: it is missing.
    """

    framework: str
    round: str
    practice: bool
    organisation: str
    kind: str
    area_type: str
    region: str
    province: str
    policy_area: str
    indicator: str
    disaggregation: str
    state: str
    origin: str
    rollup: str
    per: float
    numerator: float | None
    denominator: float | None
    value: float | None
    source: str
    sequence: int


class Measure(StrEnum):
    """What can be asked of a cell.

    VALUE is the roll-up by the indicator's own rule (core.indicators.values.roll_up); NUMERATOR and
    DENOMINATOR the sums behind it; REPORTED and MISSING how many answers count and how many do not though
    expected (state not_available, or reported without a usable value): within one indicator and round that is
    organisations. LEAST and MOST are the lowest and highest single value. VALUE, NUMERATOR and DENOMINATOR
    are None where no answer can be used, or where the facts of a cell follow different roll-up rules.
    """

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    REPORTED = "reported"
    MISSING = "missing"
    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True)
class CubeQuery:
    """A question to the facts.

    `dimensions` (of FACT_DIMENSIONS) become the columns of the answer, in that order. `filters` keep facts
    whose dimension is among the given values. A question that names neither `practice` nor `disaggregation`
    is about real data and totals (UNLESS_ASKED). Without dimensions the answer is one row. `compare_years`
    adds, for each measure, the figure of the same round that many fiscal years earlier, as
    `<measure>_before`, joined on the other dimensions (None where there is none); it needs "round" among the
    dimensions, and filters on the round are about the later year. Roll-ups never mix indicators: where
    "indicator" is not a dimension, VALUE, NUMERATOR and DENOMINATOR are refused (ValueError).
    """

    measures: tuple[Measure, ...]
    dimensions: tuple[str, ...] = ()
    filters: Filters = ()
    compare_years: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown dimension or a question that has no honest answer."""
        named = {*self.dimensions, *(name for name, _ in self.filters)}
        unknown = sorted(named - set(FACT_DIMENSIONS))
        if unknown:
            raise ValueError(f"unknown dimension: {', '.join(unknown)}")
        if not self.measures:
            raise ValueError("a question needs a measure")
        mixing = {Measure.VALUE, Measure.NUMERATOR, Measure.DENOMINATOR, Measure.LEAST, Measure.MOST}
        if mixing & set(self.measures) and "indicator" not in self.dimensions:
            raise ValueError("figures of different indicators cannot be added: ask by indicator")
        if self.compare_years and "round" not in self.dimensions:
            raise ValueError("a comparison with an earlier year needs the round as a dimension")

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the answer's columns, in order."""
        measures = tuple(measure.value for measure in self.measures)
        before = tuple(f"{name}_before" for name in measures) if self.compare_years else ()
        return (*self.dimensions, *measures, *before)

    def counting_filters(self) -> Filters:
        """The filters with what goes without saying: real data and totals unless the question names them."""
        named = {*self.dimensions, *(name for name, _ in self.filters)}
        return (*self.filters, *(held for held in UNLESS_ASKED if held[0] not in named))

    def earlier_filters(self) -> Filters:
        """The counting filters of the comparison: the same, with rounds `compare_years` years earlier."""
        return tuple(
            (name, tuple(years_earlier(str(value), self.compare_years) for value in values))
            if name == "round"
            else (name, values)
            for name, values in self.counting_filters()
        )


def years_earlier(round_key: str, years: int) -> str:
    """The same round some fiscal years earlier: ("2568-09", 1) is "2567-09"; other texts stay."""
    year, _, month = round_key.partition("-")
    return f"{int(year) - years}-{month}" if year.isdecimal() else round_key


@dataclass(frozen=True)
class Table:
    """An answer: column names and rows sorted by the dimensions."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    _index: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def records(self) -> list[dict[str, object]]:
        """Rows as dictionaries by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class FactStore(Protocol):
    """What an engine does. Replacing is by source: the highest sequence of a source counts."""

    def append(self, facts: Sequence[Fact]) -> None:
        """Keep facts durably: after return they survive a crash; before it, none or all are seen."""

    def remove_sources(self, sources: Iterable[str]) -> None:
        """Forget everything that came from these sources."""

    def query(self, question: CubeQuery) -> Table:
        """Answer from all facts that count."""

    def facts(self, question_filters: Filters = ()) -> list[Fact]:
        """The facts themselves that count and pass the filters, sorted by organisation, indicator and round.

        Practice facts and the parts of totals are among them unless filtered out.
        """

    def latest(self) -> dict[str, int]:
        """The sequence that counts, by source."""

    def version(self) -> str:
        """A token that changes whenever what counts changes; answers may be kept under it."""

    def clear(self) -> None:
        """Forget everything."""
