"""What is planted in the practice world, decided before any number is made, so that finding it can be checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.core.indicators.definitions import Direction, Framework, Indicator, Kind
from sanyan.core.practice.areas import PracticeArea
from sanyan.core.practice.behaviours import behaviour_of
from sanyan.core.practice.seeding import stream
from sanyan.core.rounds import RoundKey

DECLINING_AREAS = 0.08
STRONG_AREAS = 0.08
MODEL_AREAS = 0.06
COPIED_REPORTS = 0.02
FAULTY_REPORTS = 0.08

OWN_TEXT = "own_text_last_round"
OWN_NUMBERS = "own_numbers_last_year"
OTHER_TEXT = "text_of_another_area"

ERROR_KINDS = (
    "times_ten",
    "transposed_digits",
    "part_above_whole",
    "all_full_marks",
    "fraction_for_percent",
    "zero_for_missing",
)


@dataclass(frozen=True)
class Decline:
    """An indicator of one area gets worse from a round on, beyond what the country does. `size` in spreads."""

    area: str
    indicator: str
    since: RoundKey
    size: float


@dataclass(frozen=True)
class Strength:
    """One area does better in a whole policy area, in every round."""

    area: str
    policy_area: str
    size: float


@dataclass(frozen=True)
class Model:
    """Something one area did that lifts an indicator from a round on; its reports say what was done."""

    area: str
    indicator: str
    since: RoundKey
    size: float


@dataclass(frozen=True)
class Copy:
    """A report whose text or numbers are those of another report."""

    area: str
    round: RoundKey
    what: str
    source_area: str
    source_round: RoundKey


@dataclass(frozen=True)
class PlannedError:
    """A report that holds a slip; where exactly is settled when the report is made, among cells it can be in."""

    area: str
    round: RoundKey
    kind: str


@dataclass(frozen=True)
class Plan:
    """All that is planted in a world."""

    declines: tuple[Decline, ...] = ()
    strengths: tuple[Strength, ...] = ()
    models: tuple[Model, ...] = ()
    copies: tuple[Copy, ...] = ()
    errors: tuple[PlannedError, ...] = ()


def make_plan(
    framework: Framework,
    areas: Sequence[PracticeArea],
    rounds: Sequence[RoundKey],
    handed_in: frozenset[tuple[str, RoundKey]],
    *,
    seed: int,
) -> Plan:
    """Decide what is planted; only reports in `handed_in` (area code, round) hold copies and errors."""
    if not areas or not rounds:
        return Plan()
    rng = stream(seed, "plan")
    return Plan(
        declines=_declines(framework, areas, rounds, rng),
        strengths=_strengths(framework, areas, rounds, rng),
        models=_models(framework, areas, rounds, rng),
        copies=_copies(framework, areas, rounds, handed_in, rng),
        errors=_errors(areas, rounds, handed_in, rng),
    )


def _some(rng: np.random.Generator, areas: Sequence[PracticeArea], share: float) -> list[PracticeArea]:
    count = min(len(areas), max(1, math.ceil(share * len(areas))))
    return [areas[int(i)] for i in rng.permutation(len(areas))[:count]]


def _judged(framework: Framework, area: PracticeArea, rounds: Sequence[RoundKey]) -> list[Indicator]:
    """Indicators with a share or a score of their own that the area is asked at least twice."""
    asked = [item.code for key in rounds for item in framework.asked(month=key.month, area_type=area.area_type)]
    kinds = {Kind.PERCENT, Kind.RATIO, Kind.NUMBER}
    found = []
    for item in framework.indicators:
        row = behaviour_of(item)
        if row is None or row.rest_of or row.count_of or item.kind not in kinds:
            continue
        if item.direction is not Direction.NONE and asked.count(item.code) >= 2:
            found.append(item)
    return found


def _start(item: Indicator, rounds: Sequence[RoundKey], rng: np.random.Generator) -> RoundKey:
    """The first round of a fiscal year that asks the indicator, not the very first: progress cannot turn mid-year."""
    firsts: dict[int, RoundKey] = {}
    for key in sorted(rounds):
        if key.month in item.months:
            firsts.setdefault(key.fiscal_year, key)
    choices = [firsts[year] for year in sorted(firsts)]
    later = choices[1:] or choices
    return later[int(rng.integers(len(later)))]


def _declines(
    framework: Framework, areas: Sequence[PracticeArea], rounds: Sequence[RoundKey], rng: np.random.Generator
) -> tuple[Decline, ...]:
    found = []
    for area in _some(rng, areas, DECLINING_AREAS):
        judged = _judged(framework, area, rounds)
        for index in rng.permutation(len(judged))[: int(rng.integers(1, 3))]:
            item = judged[int(index)]
            found.append(Decline(area.code, item.code, _start(item, rounds, rng), round(rng.uniform(2.2, 3.2), 2)))
    return tuple(found)


def _strengths(
    framework: Framework, areas: Sequence[PracticeArea], rounds: Sequence[RoundKey], rng: np.random.Generator
) -> tuple[Strength, ...]:
    found = []
    for area in _some(rng, areas, STRONG_AREAS):
        codes = sorted({item.policy_area for item in _judged(framework, area, rounds)})
        if codes:
            found.append(Strength(area.code, codes[int(rng.integers(len(codes)))], round(rng.uniform(1.6, 2.4), 2)))
    return tuple(found)


def _models(
    framework: Framework, areas: Sequence[PracticeArea], rounds: Sequence[RoundKey], rng: np.random.Generator
) -> tuple[Model, ...]:
    found = []
    for area in _some(rng, areas, MODEL_AREAS):
        judged = _judged(framework, area, rounds)
        if judged:
            item = judged[int(rng.integers(len(judged)))]
            found.append(Model(area.code, item.code, _start(item, rounds, rng), round(rng.uniform(1.8, 2.6), 2)))
    return tuple(found)


def _copies(
    framework: Framework,
    areas: Sequence[PracticeArea],
    rounds: Sequence[RoundKey],
    handed_in: frozenset[tuple[str, RoundKey]],
    rng: np.random.Generator,
) -> tuple[Copy, ...]:
    """Text goes only from an original to a copy, never along a chain."""
    by_code = {area.code: area for area in areas}
    candidates = sorted(handed_in)
    wanted = max(3, math.ceil(COPIED_REPORTS * len(candidates)))
    used: set[tuple[str, RoundKey]] = set()
    found: list[Copy] = []
    for index in rng.permutation(len(candidates)):
        if len(found) == wanted:
            break
        code, key = candidates[int(index)]
        what = (OWN_TEXT, OWN_NUMBERS, OTHER_TEXT)[len(found) % 3]
        source = _source(framework, by_code, sorted(rounds), handed_in, (code, key), what, rng)
        if source is None or source in used or (code, key) in used:
            continue
        used |= {source, (code, key)}
        found.append(Copy(code, key, what, *source))
    return tuple(sorted(found, key=lambda c: (c.area, c.round)))


def _source(
    framework: Framework,
    by_code: dict[str, PracticeArea],
    rounds: Sequence[RoundKey],
    handed_in: frozenset[tuple[str, RoundKey]],
    target: tuple[str, RoundKey],
    what: str,
    rng: np.random.Generator,
) -> tuple[str, RoundKey] | None:
    code, key = target
    area_type = by_code[code].area_type

    def narratives(month: int, kind: str) -> set[str]:
        asked = framework.asked(month=month, area_type=kind)
        return {item.code for item in asked if item.kind is Kind.NARRATIVE}

    wanted = narratives(key.month, area_type)
    if what == OWN_NUMBERS:
        source = (code, key.same_last_year)
        return source if source in handed_in else None
    if what == OWN_TEXT:
        earlier = [r for r in rounds if r < key and (code, r) in handed_in and wanted & narratives(r.month, area_type)]
        return (code, earlier[-1]) if earlier else None
    others = [
        other
        for other in sorted(by_code)
        if other != code and (other, key) in handed_in and wanted & narratives(key.month, by_code[other].area_type)
    ]
    return (others[int(rng.integers(len(others)))], key) if others else None


def _errors(
    areas: Sequence[PracticeArea],
    rounds: Sequence[RoundKey],
    handed_in: frozenset[tuple[str, RoundKey]],
    rng: np.random.Generator,
) -> tuple[PlannedError, ...]:
    candidates = sorted(handed_in)
    wanted = min(len(candidates), max(len(ERROR_KINDS), math.ceil(FAULTY_REPORTS * len(candidates))))
    chosen = sorted(int(i) for i in rng.permutation(len(candidates))[:wanted])
    kinds = rng.permutation([ERROR_KINDS[i % len(ERROR_KINDS)] for i in range(wanted)])
    return tuple(PlannedError(*candidates[i], str(kind)) for i, kind in zip(chosen, kinds, strict=True))
