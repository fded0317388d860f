from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from sanyan.apps.accounts.access import Capability, Viewer, require, visible_organisations
from sanyan.apps.analytics.queries.comparing import RoundComparisons, comparisons_of, number
from sanyan.apps.analytics.queries.comparison_types import (
    IndicatorStrength,
    LowCase,
    OutlierEvidence,
    PolicyStrength,
    PolicyStrengths,
    PositiveOutlier,
    Span,
    StrengthProfile,
    StrongArea,
)
from sanyan.apps.analytics.queries.comparisons import (
    NOTHING,
    rank_span,
    span,
    unit_of,
)
from sanyan.apps.analytics.queries.cube import round_cube
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import PolicyArea
from sanyan.core.stats.deviance import LEAST_TIMES, Candidate, Cell, positive_deviants
from sanyan.core.stats.posteriors import SURE, Posterior
from sanyan.core.stats.profiles import Profile, change
from sanyan.core.stats.sampling_noise import Scale
from sanyan.core.stats.suppression import Visibility

LIKELY = 0.8  # that an earlier year stood on the same side


def strength_profile(*, viewer: Viewer, organisation_id: int, round_id: int) -> StrengthProfile:
    """What one area is strong at and what is to be developed; NotFoundError out of sight or for no area asked."""
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    held = comparisons_of(round_id)
    unit = unit_of(held, organisation_id)
    apart = [found for found in (_indicator(held, code, unit) for code in _now(held)) if found is not None]
    return StrengthProfile(
        area=held.areas[held.units[unit]],
        round=held.info.key,
        policy_areas=tuple(
            _policy(held, policy, unit) for policy in held.framework.policy_areas if policy.code in _profiles_now(held)
        ),
        strong=tuple(sorted((i for i in apart if i.p_better >= SURE), key=lambda i: (-i.p_better, i.indicator.code))),
        weak=tuple(sorted((i for i in apart if i.p_better <= 1 - SURE), key=lambda i: (i.p_better, i.indicator.code))),
        source=round_cube(round_id=round_id).source,
    )


def policy_strengths(*, viewer: Viewer, round_id: int) -> tuple[PolicyStrengths, ...]:
    """For each policy area, the areas in sight that surely (95 %) stand above or below what their context leads one to
    expect, in the order of regions and codes."""
    scope = visible_organisations(viewer=viewer)
    if not scope.everything and not scope.ids:
        raise NotFoundError
    held = comparisons_of(round_id)
    order = sorted(range(len(held.units)), key=lambda u: (held.areas[held.units[u]].region_code, held.units[u]))
    visible = [unit for unit in order if scope.allows(held.areas[held.units[unit]].id)]
    source = round_cube(round_id=round_id).source
    found = []
    for policy in held.framework.policy_areas:
        told = _profiles_now(held).get(policy.code)
        if told is None:
            continue
        strengths = [(unit, _policy(held, policy, unit)) for unit in visible if np.isfinite(told.p_better[unit])]
        sides: dict[str, tuple[StrongArea, ...]] = {
            word: tuple(StrongArea(held.areas[held.units[unit]], item) for unit, item in strengths if item.word == word)
            for word in ("strong", "weak")
        }
        names = (policy.code, policy.name_th, policy.name_en)
        compared = int(np.isfinite(told.p_better).sum())
        found.append(PolicyStrengths(*names, sides["strong"], sides["weak"], compared, source))
    return tuple(found)


def positive_outliers(*, viewer: Viewer, round_id: int, kind: str = "area") -> tuple[PositiveOutlier, ...]:
    """Areas (or schools, where they report) in sight that do well against the odds: strong in a policy area now, with
    two years or two indicators of it each nearly sure, of at least ten cases and without an open finding, one of them
    now. The surest first, with low cases of like context beside each."""
    scope = visible_organisations(viewer=viewer)
    if not scope.everything and not scope.ids:
        raise NotFoundError
    held = comparisons_of(round_id, kind)
    cells, rows = [], []
    for key in held.keys:
        for code, told in held.comparisons[key].items():
            cells.append(Cell(code, str(key.fiscal_year)))
            rows.append((told.p_better, told.observed.n, np.isfinite(told.observed.values)))
    if not cells:
        return ()
    chance, n, passed = (np.array(column) for column in zip(*rows, strict=True))
    found = positive_deviants(cells, chance, n, passed, held.context.space)
    seen = (_of_strong_matters(held, item, cells) for item in found if scope.allows(_id(held, item.unit)))
    return tuple(_outlier(held, item, cells, scope.allows) for item in seen if item is not None)


def _of_strong_matters(held: RoundComparisons, item: Candidate, cells: list[Cell]) -> Candidate | None:
    """The candidate with what speaks for it in policy areas that it is strong in now; None where that is too little.
    One indicator alone makes no profile, and then speaks for itself."""
    unsure = {code for code, told in _profiles_now(held).items() if told.p_better[item.unit] < SURE}
    kept = tuple(
        e for e in item.evidence if held.framework.indicator(cells[e.cell].indicator).policy_area not in unsure
    )
    now = any(cells[e.cell].period == str(held.info.key.fiscal_year) for e in kept)
    return replace(item, evidence=kept) if len(kept) >= LEAST_TIMES and now else None


def _outlier(
    held: RoundComparisons, item: Candidate, cells: list[Cell], allows: Callable[[int], bool]
) -> PositiveOutlier:
    known = held.framework.indicator
    return PositiveOutlier(
        area=held.areas[held.units[item.unit]],
        evidence=tuple(
            OutlierEvidence(known(cells[e.cell].indicator), int(cells[e.cell].period), e.p_better, e.n)
            for e in item.evidence
        ),
        p_twice=item.p_twice,
        low_cases=tuple(
            LowCase(
                area=held.areas[held.units[low.unit]] if allows(_id(held, low.unit)) else None,
                distance=low.distance,
                indicators=tuple(known(code) for code in sorted({cells[cell].indicator for cell in low.cells})),
            )
            for low in item.low_cases
        ),
    )


def _id(held: RoundComparisons, unit: int) -> int:
    return held.areas[held.units[unit]].id


def _now(held: RoundComparisons) -> tuple[str, ...]:
    return tuple(held.comparisons[held.info.key])


def _profiles_now(held: RoundComparisons) -> Mapping[str, Profile]:
    return held.profiles[held.info.key]


def _indicator(held: RoundComparisons, code: str, unit: int) -> IndicatorStrength | None:
    told = held.comparisons[held.info.key][code]
    p_better = number(told.p_better, unit)
    if p_better is None or told.visibility[unit] is not Visibility.SHOWN:
        return None
    by_place = told.observed.scale is Scale.RIDIT
    return IndicatorStrength(
        indicator=held.framework.indicator(code),
        own=None if by_place else number(told.own, unit),
        expected=None if by_place else number(told.expected, unit),
        difference=NOTHING if by_place else span(told.difference, unit),
        p_better=p_better,
        rank=rank_span(told.ranks, unit),
    )


def _policy(held: RoundComparisons, policy: PolicyArea, unit: int) -> PolicyStrength:
    told = _profiles_now(held)[policy.code]
    p_better = number(told.p_better, unit)
    word = "unknown" if p_better is None else "strong" if p_better >= SURE else "weak" if p_better <= 1 - SURE else ""
    earlier = [held.profiles[key][policy.code] for key in held.keys if policy.code in held.profiles[key]]
    chances = [chance for chance in (number(item.p_better, unit) for item in earlier) if chance is not None]
    above = p_better is not None and p_better >= 0.5
    last = held.profiles.get(held.info.key.same_last_year, {}).get(policy.code)
    moved = change(told, last) if last is not None else None
    improved = None if moved is None else number(moved.p_above(), unit)
    return PolicyStrength(
        policy_area=policy.code,
        name_th=policy.name_th,
        name_en=policy.name_en,
        effect=_span_of(told.effect, unit),
        p_better=p_better,
        indicators=int(told.indicators[unit]),
        rounds=sum(chance >= LIKELY if above else chance <= 1 - LIKELY for chance in chances),
        of_rounds=len(chances),
        change=None if moved is None or improved is None else _span_of(moved, unit),
        p_improved=improved,
        word=word or "unsure",
    )


def _span_of(posterior: Posterior, unit: int) -> Span:
    bounds = (posterior.mean, *posterior.interval(0.8), *posterior.interval(0.95))
    return Span(*(number(part, unit) for part in bounds))
