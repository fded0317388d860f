"""The numbers of one area over all rounds: national shifts, area effects, growth in the year, noise by size."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.indicators.definitions import Framework, Indicator
from sanyan.core.practice.areas import SECONDARY, PracticeArea, measures
from sanyan.core.practice.behaviours import Behaviour, Link, behaviour_of, to_link
from sanyan.core.practice.planting import Plan
from sanyan.core.practice.seeding import stream
from sanyan.core.rounds import RoundKey

_MONEY = frozenset({"budget", "investment"})
# Parts of an area's lasting effect: its region, itself, its policy area, the indicator. Squares add up to 0.95.
_REGION, _OWN, _POLICY, _ITEM = 0.35, 0.45, 0.45, 0.65


@dataclass(frozen=True)
class Figures:
    """The clean numbers of one answer. All None where there is nothing to count (a zero denominator)."""

    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None


@dataclass(frozen=True)
class Setting:
    """What all areas of a world share."""

    framework: Framework
    rounds: tuple[RoundKey, ...]
    rows: tuple[tuple[Indicator, Behaviour], ...]
    seed: int
    scale: float
    plan: Plan


def setting(framework: Framework, rounds: Sequence[RoundKey], *, seed: int, scale: float, plan: Plan) -> Setting:
    """Bind a framework to its behaviours; narratives have none."""
    rows = tuple((item, row) for item in framework.indicators if (row := behaviour_of(item)) is not None)
    return Setting(framework, tuple(sorted(rounds)), rows, seed, scale, plan)


def history(shared: Setting, area: PracticeArea) -> Mapping[tuple[str, RoundKey], Figures]:
    """Clean figures of `area` by (indicator code, round), before any slip is planted."""
    found: dict[tuple[str, RoundKey], Figures] = {}
    if not shared.rounds:
        return found
    lasting = _lasting(shared, area)
    first = shared.rounds[0].fiscal_year
    carried = np.zeros(len(shared.rows))
    for year in range(first, shared.rounds[-1].fiscal_year + 1):
        rng = stream(shared.seed, "area-year", area.code, str(year))
        carried = 0.5 * carried + math.sqrt(0.75) * rng.standard_normal(len(shared.rows))
        luck = rng.standard_normal(len(shared.rows))
        sizes = measures(area, seed=shared.seed, year=year, first_year=first, scale=shared.scale)
        best: dict[str, float] = {}
        for key in (k for k in shared.rounds if k.fiscal_year == year):
            effects = lasting + _moving(shared, area, key, carried, year - first)
            _fill_round(shared, area, key, effects, luck, sizes, best, found)
    return found


def _signs(shared: Setting) -> NDArray[np.float64]:
    return np.array([item.direction.sign for item, _ in shared.rows])


def _column(shared: Setting, name: str) -> NDArray[np.float64]:
    return np.array([float(getattr(row, name)) for _, row in shared.rows])


def _lasting(shared: Setting, area: PracticeArea) -> NDArray[np.float64]:
    """Where each indicator of the area lies on its link's scale, before what changes with time."""
    count = len(shared.rows)
    region = stream(shared.seed, "region", area.region, area.area_type).standard_normal(count)
    rng = stream(shared.seed, "area", area.code)
    own = rng.standard_normal()
    by_policy = {p.code: rng.standard_normal() for p in shared.framework.policy_areas}
    policy = np.array([by_policy.get(item.policy_area, 0.0) for item, _ in shared.rows])
    effect = _REGION * region + _OWN * own + _POLICY * policy + _ITEM * rng.standard_normal(count)
    for strength in shared.plan.strengths:
        if strength.area == area.code:
            effect += strength.size * np.array([item.policy_area == strength.policy_area for item, _ in shared.rows])
    centres = np.array([_centre(item, row, area.area_type) for item, row in shared.rows])
    return centres + _signs(shared) * _column(shared, "spread") * effect


def _centre(item: Indicator, row: Behaviour, area_type: str) -> float:
    usual = row.secondary if row.secondary is not None and area_type == SECONDARY else row.centre
    return to_link(row, usual, per=item.per if item.has_parts and item.per > 1 else 100.0)


def _moving(
    shared: Setting, area: PracticeArea, key: RoundKey, carried: NDArray[np.float64], years: int
) -> NDArray[np.float64]:
    """What the round, the year and the area's own year add, and what was planted from a round on."""
    count = len(shared.rows)
    nation = stream(shared.seed, "nation", str(key.fiscal_year))
    common = nation.standard_normal()
    of_year = 0.6 * common + 0.8 * nation.standard_normal(count)
    of_round = 0.2 * stream(shared.seed, "nation", str(key)).standard_normal(count)
    moves = _column(shared, "shock") * (of_year + of_round) + _column(shared, "drift") * years
    moves += _column(shared, "wander") * carried + _column(shared, "spread") * _planted(shared, area, key)
    result: NDArray[np.float64] = _signs(shared) * moves
    return result


def _planted(shared: Setting, area: PracticeArea, key: RoundKey) -> NDArray[np.float64]:
    moved = np.zeros(len(shared.rows))
    index = {item.code: i for i, (item, _) in enumerate(shared.rows)}
    for decline in shared.plan.declines:
        if decline.area == area.code and key >= decline.since:
            moved[index[decline.indicator]] -= decline.size
    for model in shared.plan.models:
        if model.area == area.code and key >= model.since:
            moved[index[model.indicator]] += model.size
    return moved


def _fill_round(
    shared: Setting,
    area: PracticeArea,
    key: RoundKey,
    effects: NDArray[np.float64],
    luck: NDArray[np.float64],
    sizes: Mapping[str, float],
    best: dict[str, float],
    found: dict[tuple[str, RoundKey], Figures],
) -> None:
    """Figures of one round into `found`; `best` carries what progress had reached earlier in the year."""
    asked = {item.code for item in shared.framework.asked(month=key.month, area_type=area.area_type)}
    waiting = []
    for i, (item, row) in enumerate(shared.rows):
        base = row.denominator.removeprefix("@")
        if row.rest_of or row.count_of or row.denominator.startswith("@"):
            waiting.append((i, item, row, base))
            continue
        whole = sizes.get(row.denominator, 0.0)
        found[item.code, key] = _draw(item, row, float(effects[i]), float(luck[i]), whole, key, best, shared)
    for i, item, row, base in waiting:
        if row.count_of:
            found[item.code, key] = Figures(value=sizes[row.count_of])
        elif row.rest_of:
            found[item.code, key] = _rest(found.get((row.rest_of, key)), sizes)
        else:
            other = found.get((base, key))
            whole = (other.numerator if other else None) or 0.0
            found[item.code, key] = _draw(item, row, float(effects[i]), float(luck[i]), whole, key, best, shared)
    for item, _ in shared.rows:
        if item.code not in asked:
            found.pop((item.code, key), None)


def _rest(other: Figures | None, sizes: Mapping[str, float]) -> Figures:
    if other is None or other.numerator is None or other.denominator is None:
        return Figures(value=sizes.get("out_of_school", 0.0))
    return Figures(value=other.denominator - other.numerator)


def _draw(
    item: Indicator,
    row: Behaviour,
    effect: float,
    luck: float,
    whole: float,
    key: RoundKey,
    best: dict[str, float],
    shared: Setting,
) -> Figures:
    share = row.reached_by(key.month)
    match row.link:
        case Link.SHARE | Link.RATE:
            return _parts(item, row, effect, luck, whole, share, best)
        case Link.CHOICE:
            chance = 1 / (1 + math.exp(-effect))
            return Figures(value=float(0.5 * (1 + math.erf(luck / math.sqrt(2))) < chance))
        case Link.STEP:
            steps = [s.level for s in shared.framework.scale] or [1, 5]
            level = float(min(max(round(effect * share), min(steps)), max(steps)))
            return Figures(value=_kept(best, item.code, level, row.grows))
        case Link.COUNT:
            mean = math.exp(effect) * share
            count = max(0.0, round(mean + row.sampling * luck * math.sqrt(mean)))
            return Figures(value=_kept(best, item.code, float(count), row.grows))
        case _:
            return _score(item, row, effect * share, luck, whole)


def _parts(
    item: Indicator, row: Behaviour, effect: float, luck: float, whole: float, share: float, best: dict[str, float]
) -> Figures:
    """Numerator out of `whole`: binomial noise (Poisson for a rate), so small areas swing more."""
    if whole <= 0:
        return Figures()
    money = row.denominator in _MONEY
    if row.link is Link.RATE:
        mean = whole * math.exp(effect) * share
        part = mean + luck * math.sqrt(mean)
    else:
        chance = share / (1 + math.exp(-effect))
        noise = math.sqrt(max(0.0, chance * (1 - chance)) / (row.weight or whole))
        part = min(whole, whole * (chance + luck * noise))
    part = max(0.0, round(part, 2) if money else float(round(part)))
    part = min(whole, _kept(best, item.code, part, row.grows))
    return Figures(numerator=part, denominator=whole)


def _score(item: Indicator, row: Behaviour, mean: float, luck: float, whole: float) -> Figures:
    """A mean with the sampling noise of what it is taken over; nothing where nobody was measured."""
    if row.denominator and whole <= 0:
        return Figures()
    value = mean + luck * row.sampling / math.sqrt(row.weight or whole or 1.0)
    top = 100.0 if item.mean_of and item.per in (1.0, 100.0) else math.inf
    value = min(max(value, item.low if item.low is not None else 0.0), item.high if item.high is not None else top)
    digits = max(item.decimals, 2 if item.mean_of or (item.high or 100) <= 5 else item.decimals)
    return Figures(value=round(value, digits), denominator=whole if item.mean_of and whole > 0 else None)


def _kept(best: dict[str, float], code: str, amount: float, grows: bool) -> float:
    if grows:
        amount = best[code] = max(amount, best.get(code, 0.0))
    return amount
