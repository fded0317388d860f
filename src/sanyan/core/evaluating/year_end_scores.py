"""How good the outlook of a year was, beside the year-to-date share rule that anybody can work out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from scipy.special import ndtr

from sanyan.core.evaluating.scores import average_precision, brier
from sanyan.core.evaluating.year_end_run import YearEndCase
from sanyan.core.stats.panel import FloatArray
from sanyan.core.warning.year_end import YearSoFar
from sanyan.core.warning.year_end_parts import ratio

SURE = 0.01  # log loss counts nobody surer than this or its complement
TINY = 1e-12
SMALLEST = 0.01  # of the pooled share: the logarithm of the plain rule goes no lower

METHOD, HARD, SMOOTH, LAST = "sanyan", "year-to-date", "year-to-date with spread", "same as last year"


@dataclass(frozen=True)
class YearEndScore:
    """Brier score, log loss (surest 0.01), area under precision and recall, mean absolute error of the yearly value,
    share of outcomes within the 80 % interval (NaN for rules without one), over `count` units of all test years."""

    month: int
    method: str
    count: int
    missed: int
    brier: float
    log_loss: float
    pr_auc: float
    mae: float
    within_80: float

    def as_dict(self) -> dict[str, object]:
        """All parts by name."""
        return asdict(self)


@dataclass(frozen=True)
class RuleOutlook:
    """A plain rule by unit: the yearly value it expects, a plain yes or no, and a probability."""

    expected: FloatArray
    hard: FloatArray
    smooth: FloatArray


def year_to_date_rule(so_far: YearSoFar) -> RuleOutlook:
    """The year so far, scaled by the share of a year that all units together had reached by then in past years.

    `hard` is 1 where that misses the target; `smooth` spreads it by the past's log ratio of outcome to expectation.
    """
    if so_far.denominator is None:
        return _rule_of_counts(so_far)
    return _rule_of_shares(*_rarer(so_far, so_far.denominator))


def _rule_of_counts(so_far: YearSoFar) -> RuleOutlook:
    seen = so_far.seen
    past = _complete(so_far.numerator[:, :-1])
    ends, starts = past.sum(axis=2), past[:, :, :seen].sum(axis=2)
    reached = max(_ratio(float(starts.sum()), float(ends.sum())), TINY)
    expected = _start(so_far.numerator, seen) / reached
    logs = (np.log(ends + 0.5) - np.log(starts / reached + 0.5))[ends > 0]
    gap = np.log(expected + 0.5) - np.log(np.maximum(so_far.target, 0) + 0.5)
    return _rule(so_far, expected, gap, logs)


def _rule_of_shares(so_far: YearSoFar, denominator: FloatArray, is_turned: bool) -> RuleOutlook:
    seen = so_far.seen
    above, below = _complete(so_far.numerator[:, :-1]), _complete(denominator[:, :-1])
    pooled_start = _ratio(float(above[:, :, :seen].sum()), float(below[:, :, :seen].sum()))
    pooled = _ratio(float(above.sum()), float(below.sum()))
    turn = pooled / pooled_start if pooled_start > 0 else 1.0
    least = max(SMALLEST * pooled, TINY)
    expected = ratio(_start(so_far.numerator, seen), _start(denominator, seen)) * turn
    then = ratio(above[:, :, :seen].sum(axis=2), below[:, :, :seen].sum(axis=2)) * turn
    logs = _log(ratio(above.sum(axis=2), below.sum(axis=2)), least) - _log(then, least)
    gap = _log(expected, least) - _log(so_far.target, least)
    rule = _rule(so_far, expected, gap, logs[np.isfinite(logs)])
    return RuleOutlook(1 - rule.expected, rule.hard, rule.smooth) if is_turned else rule


def _rarer(so_far: YearSoFar, denominator: FloatArray) -> tuple[YearSoFar, FloatArray, bool]:
    """The same asked of the rarer of the two kinds, which is the stronger form of the rule; whether it was turned."""
    above, below = _complete(so_far.numerator[:, :-1]), _complete(denominator[:, :-1])
    if np.any(above > below) or _ratio(float(above.sum()), float(below.sum())) <= 0.5:
        return so_far, denominator, False
    rest = denominator - so_far.numerator
    return YearSoFar(rest, denominator, so_far.seen, 1 - so_far.target, not so_far.misses_above), denominator, True


def _rule(so_far: YearSoFar, expected: FloatArray, gap: FloatArray, logs: FloatArray) -> RuleOutlook:
    toward = 1 if so_far.misses_above else -1
    hard = np.where(toward * (expected - so_far.target) > 0, 1.0, 0.0)
    spread = float(logs.std()) if logs.size > 1 else 1.0
    return RuleOutlook(expected, hard, np.asarray(ndtr(toward * gap / max(spread, 1e-6))))


def score_year_end(cases: Iterable[YearEndCase], *, per: float = 1.0) -> tuple[YearEndScore, ...]:
    """Scores of the outlook and of both rules, by month, over the units whose year has ended; empty where none has."""
    scores: list[YearEndScore] = []
    by_month: dict[int, list[YearEndCase]] = {}
    for case in cases:
        by_month.setdefault(case.month, []).append(case)
    for month, held in sorted(by_month.items()):
        scores += _scores(month, held, per)
    return tuple(scores)


def _last_year(so_far: YearSoFar) -> RuleOutlook:
    """The year before, said again; NaN where it is not known in full (counts) or at all (shares)."""
    above = so_far.numerator[:, -2]
    if so_far.denominator is None:
        expected = np.asarray(above.sum(axis=1))
    else:
        there = np.isfinite(above) & np.isfinite(so_far.denominator[:, -2])
        tops, bottoms = (np.where(there, held, 0.0).sum(axis=1) for held in (above, so_far.denominator[:, -2]))
        expected = ratio(tops, bottoms)
    return _rule(so_far, expected, np.zeros(expected.shape), np.zeros(0))


def _scores(month: int, cases: Sequence[YearEndCase], per: float) -> list[YearEndScore]:
    rules = [year_to_date_rule(case.so_far) for case in cases]
    before = [_last_year(case.so_far) for case in cases]
    missed = np.concatenate([case.missed for case in cases])
    outcome = np.concatenate([case.outcome for case in cases])
    mean, low, high, p_miss = (
        np.concatenate([getattr(case.said, name) for case in cases]) for name in ("mean", "lo80", "hi80", "p_miss")
    )
    expected = np.concatenate([rule.expected for rule in rules])
    usable = np.isfinite(missed) & np.isfinite(p_miss) & np.isfinite(expected)
    if not usable.any():
        return []
    said = (
        (METHOD, p_miss, mean),
        (HARD, np.concatenate([rule.hard for rule in rules]), expected),
        (SMOOTH, np.concatenate([rule.smooth for rule in rules]), expected),
        (LAST, np.concatenate([rule.hard for rule in before]), np.concatenate([rule.expected for rule in before])),
    )
    inside = (low <= outcome) & (outcome <= high)
    scores = []
    for method, probability, value in said:
        rows = usable & np.isfinite(value)
        within = float(inside[rows].mean()) if method == METHOD else float("nan")
        if rows.any():
            errors = per * np.abs(value - outcome)[rows]
            scores.append(_score(month, method, probability[rows], missed[rows], errors, within))
    return scores


def _score(
    month: int, method: str, probability: FloatArray, missed: FloatArray, errors: FloatArray, within: float
) -> YearEndScore:
    sure, happened = np.clip(probability, SURE, 1 - SURE), missed == 1
    return YearEndScore(
        month=month,
        method=method,
        count=int(missed.size),
        missed=int(missed.sum()),
        brier=brier(probability, happened),
        log_loss=float(-np.mean(missed * np.log(sure) + (1 - missed) * np.log(1 - sure))),
        pr_auc=average_precision(probability, happened),
        mae=float(errors.mean()),
        within_80=within,
    )


def _complete(values: FloatArray) -> FloatArray:
    """Only years of which every step is there; zeros elsewhere."""
    complete = np.asarray(np.isfinite(values).all(axis=2))
    return np.where(complete[:, :, None], values, 0.0)


def _start(values: FloatArray, seen: int) -> FloatArray:
    """The running year so far; NaN where nothing was reported."""
    held = values[:, -1, :seen]
    there = np.isfinite(held)
    return np.where(there.any(axis=1), np.where(there, held, 0.0).sum(axis=1), np.nan)


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else 0.0


def _log(shares: FloatArray, least: float) -> FloatArray:
    return np.asarray(np.log(np.maximum(shares, least)))
