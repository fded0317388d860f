"""Rolling origin: every test of a specification, forecast from the rows before it and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.panels import PanelTable, read_panels
from sanyan.core.evaluating.specs import IndicatorSpec, PanelSpec
from sanyan.core.evaluating.tables import Columns, Omission
from sanyan.core.forms.sheets import Sheet
from sanyan.core.stats.panel import BoolArray, FloatArray, Panel
from sanyan.core.warning.events import adverse_quartile, meets, usual_swing
from sanyan.core.warning.forecast import forecast
from sanyan.core.warning.forecast_result import CannotForecast, Forecast


@dataclass(frozen=True)
class ForecastRow:
    """One line of the answer, on the scale that is worked with. `p_breach` is None for a unit that missed the target
    already, `p_reldrop` None where no past changes say how far a drop must reach."""

    indicator: str
    test: int
    unit: str
    last: float
    mean: float
    lo80: float
    hi80: float
    lo95: float
    hi95: float
    shift: float
    p_breach: float | None
    p_reldrop: float | None


@dataclass(frozen=True)
class ForecastGap:
    """A test that nothing, or a unit that no forecast, can be said of, and why; an empty unit stands for all."""

    indicator: str
    test: int
    unit: str
    code: str
    th: str
    en: str

    def as_dict(self) -> dict[str, object]:
        """All parts by name."""
        return asdict(self)


@dataclass(frozen=True)
class ForecastCase:
    """One indicator at one test: what was said, and how it came out (`truth` is NaN where the table does not say).

    `target` is the adverse quartile of the last values, `swing` how far a relative drop must reach, both from before
    the test. `before` are the values one round earlier than `last`, for persistence and the base rate; `size` is that
    of the last round.
    """

    indicator: str
    test: int
    said: Forecast
    target: float
    swing: float
    truth: FloatArray
    before: FloatArray
    size: FloatArray | None

    @property
    def met(self) -> BoolArray:
        """Whether a unit met the target last time."""
        return meets(self.said.last, self.target, self.said.direction)

    @property
    def p_breach(self) -> FloatArray:
        """The probability of missing the target, NaN where it was missed last time already."""
        return np.where(self.met, self.said.p_miss(self.target), np.nan)

    @property
    def p_reldrop(self) -> FloatArray:
        """The probability of a relative drop; NaN where its reach is not known."""
        return self.said.p_relative_drop(self.swing)

    def rows(self) -> Iterator[ForecastRow]:
        """A line for every unit with a last value."""
        said, breach, drop = self.said, self.p_breach, self.p_reldrop
        for at in np.flatnonzero(np.isfinite(said.last)):
            yield ForecastRow(
                indicator=self.indicator,
                test=self.test,
                unit=said.units[at],
                last=float(said.last[at]),
                mean=float(said.mean[at]),
                lo80=float(said.lo80[at]),
                hi80=float(said.hi80[at]),
                lo95=float(said.lo95[at]),
                hi95=float(said.hi95[at]),
                shift=said.shift.mean,
                p_breach=float(breach[at]) if np.isfinite(breach[at]) else None,
                p_reldrop=float(drop[at]) if np.isfinite(drop[at]) else None,
            )


@dataclass(frozen=True)
class ForecastRun:
    """All tests of a table: what was said, what could not be, and what of the table was not used."""

    cases: tuple[ForecastCase, ...]
    gaps: tuple[ForecastGap, ...]
    omissions: tuple[Omission, ...]


def run_forecasts(sheet: Sheet, spec: PanelSpec, *, place: str = "") -> ForecastRun:
    """Forecast every indicator at its tests; where none are named, at the time after the table's last.

    For each test time the table is read anew from the rows before it, so that nothing later can have a part: not a
    value, not context, not a unit's region. Raise BadInputError where the table or the specification cannot be used.
    """
    whole = read_panels(sheet, spec, place=place)
    times = next(iter(whole.panels.values())).times
    after = (times[-1] + spec.step,)
    earlier = _Earlier(sheet, spec, place)
    cases: list[ForecastCase] = []
    gaps: list[ForecastGap] = []
    for item in spec.indicators:
        for test in item.tests or after:
            held = earlier.read(test)
            panel = held.panels[item.name] if isinstance(held, PanelTable) else None
            said = _say(panel, item, test) if panel is not None else held
            if panel is None or not isinstance(said, Forecast):
                assert not isinstance(said, Forecast | PanelTable)
                gaps.append(ForecastGap(item.name, test, "", said.code, said.th, said.en))
                continue
            cases.append(_case(panel, whole.panels[item.name], item, said))
            gaps += _without_last(cases[-1], whole.panels[item.name])
    return ForecastRun(tuple(cases), tuple(gaps), whole.omissions)


class _Earlier:
    """The table as it was before a time; read once for each time."""

    def __init__(self, sheet: Sheet, spec: PanelSpec, place: str) -> None:
        self.rows = [row for row in sheet.rows if any(cell is not None and str(cell).strip() for cell in row)]
        self.times = Columns(sheet, place).numbers(spec.time)
        self.sheet, self.spec, self.place = sheet, spec, place
        self.known: dict[int, PanelTable | CannotForecast] = {}

    def read(self, test: int) -> PanelTable | CannotForecast:
        if test not in self.known:
            self.known[test] = self._read(test)
        return self.known[test]

    def _read(self, test: int) -> PanelTable | CannotForecast:
        kept = [row for row, time in zip(self.rows[1:], self.times, strict=True) if time < test]
        if not kept:
            return CannotForecast("no-last-round", "ไม่มีแถวก่อนเวลานี้", "There is no row before this time.")
        try:
            return read_panels(Sheet(self.sheet.name, (self.rows[0], *kept)), self.spec, place=self.place)
        except BadInputError as error:
            return CannotForecast(error.code, error.th, error.en)


def _say(panel: Panel, item: IndicatorSpec, test: int) -> Forecast | CannotForecast:
    return forecast(panel, direction=item.direction, bounds=item.bounds, at=test)


def _case(panel: Panel, whole: Panel, item: IndicatorSpec, said: Forecast) -> ForecastCase:
    place = {unit: index for index, unit in enumerate(whole.units)}
    known = whole.times.index(said.time) if said.time in whole.times else None
    truth = np.full(len(panel.units), np.nan)
    if known is not None:
        truth = whole.values[[place[unit] for unit in panel.units], known]
    return ForecastCase(
        indicator=item.name,
        test=said.time,
        said=said,
        target=adverse_quartile(said.last, item.direction),
        swing=usual_swing(panel.values),
        truth=truth,
        before=panel.values[:, -2],
        size=None if panel.size is None else panel.size[:, -1],
    )


def _without_last(case: ForecastCase, whole: Panel) -> Iterator[ForecastGap]:
    """Units that have a value at the test and none just before it, those that come with the test among them."""
    foreseen = {unit for unit, last in zip(case.said.units, case.said.last.tolist(), strict=True) if np.isfinite(last)}
    now = whole.values[:, whole.times.index(case.test)] if case.test in whole.times else np.empty(0)
    for at in np.flatnonzero(np.isfinite(now)).tolist():
        if whole.units[at] in foreseen:
            continue
        yield ForecastGap(
            case.indicator,
            case.test,
            whole.units[at],
            "no-last-value",
            "หน่วยนี้ไม่มีค่าในรอบก่อนหน้า",
            "The unit has no value in the round just before.",
        )
