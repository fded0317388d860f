"""What an answer is worth, whether it meets its target, and how answers roll up by sums."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.indicators.definitions import (
    AnswerState,
    Direction,
    Indicator,
    Kind,
    Rollup,
    Target,
)

NEAR_TARGET_SHARE = 0.05


@dataclass(frozen=True)
class AnswerValue:
    """One answer in numbers. For yes-no, `value` is 1 or 0; for a level, `value` is the level."""

    state: AnswerState
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None


@dataclass(frozen=True)
class RolledUp:
    """The value of a group. `reported` answers stand behind it; `missing` were expected and are not."""

    value: float | None
    numerator: float | None
    denominator: float | None
    reported: int
    missing: int
    levels: tuple[tuple[int, int], ...] = ()


class Attainment(StrEnum):
    """How a value stands to its target."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    UNKNOWN = "unknown"


def answer_value(
    indicator: Indicator, *, numerator: float | None, denominator: float | None, value: float | None
) -> float | None:
    """The single number of an answer, in the indicator's unit, or None where it has none.

    With parts: numerator / denominator * per; None when the denominator is zero or missing. Otherwise the value
    as reported.
    """
    if indicator.has_parts and numerator is not None and denominator is not None:
        return numerator / denominator * indicator.per if denominator > 0 else None
    if value is None or math.isnan(value):
        return None
    return value


def roll_up(indicator: Indicator, answers: Iterable[AnswerValue]) -> RolledUp:
    """Roll answers up by the indicator's own rule: by sums, never by averaging percentages.

    A percent whose parts were not reported (only the percent itself) cannot be summed and counts as missing.
    """
    held = list(answers)
    reported = [a for a in held if a.state is AnswerState.REPORTED]
    missing = sum(a.state is AnswerState.NOT_AVAILABLE for a in held)
    match indicator.rollup:
        case Rollup.RATIO:
            return _ratio(indicator, reported, missing)
        case Rollup.MEAN:
            return _mean(reported, missing)
        case Rollup.SUM:
            values = [a.value for a in reported if a.value is not None]
            lost = len(reported) - len(values)
            return RolledUp(math.fsum(values) if values else None, None, None, len(values), missing + lost)
        case Rollup.DISTRIBUTION:
            return _distribution(reported, missing)
        case Rollup.SHARE:
            yes = [a.value for a in reported if a.value is not None]
            share = 100 * math.fsum(yes) / len(yes) if yes else None
            return RolledUp(share, math.fsum(yes), float(len(yes)), len(yes), missing + len(reported) - len(yes))
        case _:
            return RolledUp(None, None, None, len(reported), missing)


def attainment(
    indicator: Indicator, *, value: float | None, target: Target | None, last_year: float | None = None
) -> Attainment:
    """Whether `value` meets `target`; NEAR is within 5 % of it (of the target's own size) on the wrong side.

    UNKNOWN where the value, the target or, for "better than last year", last year's value is missing.
    """
    goal = target_value(target, last_year=last_year)
    if value is None or goal is None or indicator.direction is Direction.NONE:
        return Attainment.UNKNOWN
    better_only = target is not None and target.better_than_last_year
    gap = value - goal if indicator.direction is Direction.HIGHER else goal - value
    if gap > 0 or (gap == 0 and not better_only):
        return Attainment.MET
    return Attainment.NEAR if -gap <= NEAR_TARGET_SHARE * abs(goal) else Attainment.MISSED


def target_value(target: Target | None, *, last_year: float | None = None) -> float | None:
    """The number to reach, or None where there is none."""
    if target is None:
        return None
    return last_year if target.better_than_last_year else target.value


def is_improvement(direction: Direction, change: float) -> bool | None:
    """Whether a change goes the good way; None when it is zero or the indicator is not judged."""
    if change == 0 or direction is Direction.NONE:
        return None
    return (change > 0) == (direction is Direction.HIGHER)


def default_rollup(kind: Kind, *, has_parts: bool, mean_of: str) -> Rollup:
    """The roll-up that a kind has when a framework does not name one."""
    if kind in (Kind.PERCENT, Kind.RATIO):
        return Rollup.RATIO if has_parts and not mean_of else Rollup.MEAN
    return {
        Kind.NUMBER: Rollup.SUM,
        Kind.LEVEL: Rollup.DISTRIBUTION,
        Kind.YES_NO: Rollup.SHARE,
        Kind.NARRATIVE: Rollup.NONE,
    }[kind]


def _ratio(indicator: Indicator, reported: list[AnswerValue], missing: int) -> RolledUp:
    parts = [(a.numerator, a.denominator) for a in reported if a.numerator is not None and a.denominator is not None]
    numerator = math.fsum(n for n, _ in parts)
    denominator = math.fsum(d for _, d in parts)
    value = numerator / denominator * indicator.per if denominator > 0 else None
    lost = len(reported) - len(parts)
    return RolledUp(value, numerator if parts else None, denominator if parts else None, len(parts), missing + lost)


def _mean(reported: list[AnswerValue], missing: int) -> RolledUp:
    held = [a for a in reported if a.value is not None]
    lost = len(reported) - len(held)
    weighed = all(a.denominator for a in held)
    weights = [a.denominator if weighed and a.denominator else 1.0 for a in held]
    total = math.fsum(weights)
    numerator = math.fsum(w * a.value for w, a in zip(weights, held, strict=True) if a.value is not None)
    if not held or total <= 0:
        return RolledUp(None, None, None, len(held), missing + lost)
    return RolledUp(numerator / total, numerator, total, len(held), missing + lost)


def _distribution(reported: list[AnswerValue], missing: int) -> RolledUp:
    levels = Counter(round(a.value) for a in reported if a.value is not None)
    ordered = sorted(levels.items())
    count = sum(levels.values())
    median = _median_level(ordered, count)
    return RolledUp(median, None, None, count, missing + len(reported) - count, tuple(ordered))


def _median_level(ordered: list[tuple[int, int]], count: int) -> float | None:
    """The lower median level: the first level by which half the organisations are counted."""
    seen = 0
    for level, number in ordered:
        seen += number
        if 2 * seen >= count:
            return float(level)
    return None
