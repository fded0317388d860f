"""All figures of anybody's panel, the most suspected first, and what could not be ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sanyan.core.checking.suspicion import NO_LIMITS, Limits, Suspicion, can_be_judged, suspicions_together
from sanyan.core.checking.suspicion_mechanisms import MECHANISMS, Mechanism
from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.panels import read_panels
from sanyan.core.evaluating.specs import IndicatorSpec, PanelSpec
from sanyan.core.evaluating.tables import Columns, Omission
from sanyan.core.forms.sheets import Sheet
from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import FloatArray, Panel

MOSTLY = 0.8  # of what is filled in must be numbers, for a column to be one of numbers
ABOVE_ZERO = float(np.nextafter(0.0, 1.0))


@dataclass(frozen=True)
class RankedFigure:
    """One figure with what is suspected of it; rank 1 is the most suspected. Fields as in `Suspicion`."""

    rank: int
    indicator: str
    unit: str
    time: int
    value: float
    score: float
    probability: float
    flag: bool
    mechanism: Mechanism
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Ranking:
    """Figures in order of suspicion over all indicators, and what was left out."""

    figures: tuple[RankedFigure, ...]
    omissions: tuple[Omission, ...]


def rank_figures(sheet: Sheet, spec: PanelSpec, *, all_columns: bool = False, place: str = "") -> Ranking:
    """Rank all figures of the indicators of a panel table by how likely they are wrong.

    Values are judged as they were typed: `log` only says that none can be 0 or less, `bounds` and `max_valid` what
    lies outside the possible. Context serves as evidence; with `all_columns` every column of numbers is ranked too.
    Raise BadInputError as `read_panels` does, and where no column can be judged.
    """
    omissions: list[Omission] = []
    if all_columns:
        spec = _with_all_columns(sheet, spec, omissions, place)
    table = read_panels(sheet, spec, raw=True, place=place)
    omissions = [*dict.fromkeys([*table.omissions, *omissions])]
    columns = {name: panel.values for name, panel in table.panels.items()}
    first = next(iter(table.panels.values()))
    beside = dict(zip(first.context_names, first.context, strict=True))
    limits = {item.name: limits_of(item) for item in spec.indicators}
    judged = suspicions_together({**beside, **columns}, first, limits=limits, only=set(columns))
    if not judged:
        raise _nothing_to_judge(place)
    omissions += [told for name, values in columns.items() for told in _unranked(name, values)]
    return Ranking(_in_order(first, columns, judged), tuple(omissions))


def _in_order(
    panel: Panel, columns: Mapping[str, FloatArray], judged: Mapping[str, Suspicion]
) -> tuple[RankedFigure, ...]:
    names = list(judged)
    cells = [(number, *at) for number, name in enumerate(names) for at in _places(columns[name])]
    scores = np.array([judged[names[number]].score[unit, time] for number, unit, time in cells])
    order = np.argsort(-scores, kind="stable").tolist()
    return tuple(
        _figure(rank, panel, names[number], columns[names[number]], judged[names[number]], unit, time)
        for rank, (number, unit, time) in enumerate((cells[index] for index in order), start=1)
    )


def _places(values: FloatArray) -> list[tuple[int, int]]:
    units, times = np.nonzero(np.isfinite(values))
    return list(zip(units.tolist(), times.tolist(), strict=True))


def _figure(
    rank: int, panel: Panel, name: str, values: FloatArray, held: Suspicion, unit: int, time: int
) -> RankedFigure:
    at = (unit, time)
    return RankedFigure(
        rank=rank,
        indicator=name,
        unit=panel.units[unit],
        time=panel.times[time],
        value=float(values[at]),
        score=float(held.score[at]),
        probability=float(held.probability[at]),
        flag=bool(held.flag[at]),
        mechanism=MECHANISMS[int(held.mechanism[at])],
        expected=float(held.expected[at]),
        low=float(held.low[at]),
        high=float(held.high[at]),
    )


def limits_of(item: IndicatorSpec) -> Limits:
    """The least and greatest value that an indicator can have as it is typed."""
    low, high = item.bounds or NO_LIMITS
    return max(low, ABOVE_ZERO) if item.log else low, min(high, item.max_valid if item.max_valid is not None else high)


def _unranked(name: str, values: FloatArray) -> list[Omission]:
    """Empty places, and all figures of a column that cannot be judged."""
    there = int(np.isfinite(values).sum())
    told = []
    if there < values.size:
        th = f"{name}: ไม่มีค่าในบางหน่วยงานและเวลา จึงไม่มีอันดับ"
        en = f"{name}: no value for some units and times; nothing to rank there."
        told.append(Omission("figure-missing", values.size - there, th, en))
    if not can_be_judged(values):
        th = f"{name}: มีค่าน้อยเกินไป หรือมีค่าเพียงหนึ่งหรือสองแบบ บอกไม่ได้ว่าค่าใดผิดปกติ จึงไม่จัดอันดับ"
        en = f"{name}: too few figures, or only one or two sorts, to tell what is unusual; they are not ranked."
        told.append(Omission("column-not-judged", max(there, 1), th, en))
    return told


def _with_all_columns(sheet: Sheet, spec: PanelSpec, omissions: list[Omission], place: str) -> PanelSpec:
    """The specification with every column of numbers as an indicator; columns of words are told."""
    table = Columns(sheet, place)
    named = {item.name for item in spec.indicators}
    extra = []
    for name in table.names:
        if name in named or name in (spec.unit, spec.time, spec.region):
            continue
        filled_in = sum(bool(text) for text in table.texts(name))
        if filled_in and np.isfinite(table.numbers(name)).sum() >= MOSTLY * filled_in:
            extra.append(IndicatorSpec(name, Direction.HIGHER))
            continue
        th = f"คอลัมน์ {name} ไม่ใช่ตัวเลข จึงไม่จัดอันดับ"
        en = f"Column {name} does not hold numbers; it is not ranked."
        omissions.append(Omission("column-not-numbers", max(filled_in, 1), th, en))
    return replace(spec, indicators=(*spec.indicators, *extra), context=())


def _nothing_to_judge(place: str) -> BadInputError:
    return BadInputError(
        "quality-nothing-to-judge",
        "ไม่มีตัวชี้วัดใดที่มีค่ามากพอและต่างกันพอจะบอกได้ว่าค่าใดผิดปกติ",
        "No indicator holds enough figures that differ to tell which are unusual.",
        next_th="ใช้ตารางที่มีตั้งแต่ 10 ค่าขึ้นไปในตัวชี้วัดหนึ่ง",
        next_en="Use a table with at least 10 figures of an indicator.",
        place=place,
    )
