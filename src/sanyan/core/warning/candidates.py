"""Every cell that a rule would warn of, before anybody's attention is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from sanyan.core.indicators.definitions import Indicator, Kind
from sanyan.core.indicators.wording import figure, indicator_words
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Severity, Words
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.suppression import Visibility, visibilities
from sanyan.core.warning.definitions import RuleKind, WarningRule
from sanyan.core.warning.outlook import Ahead, Outlook
from sanyan.core.warning.trend import Trend, robust_sd
from sanyan.core.warning.trend_words import change_unit, system_sentence

SYSTEM = ""
BEHIND, TURNING = "behind", "turning"
FEW_CASES = Words("นับจากไม่ถึง 10 จึงแกว่งได้มาก", "It rests on fewer than 10 cases and may swing much by chance.")
_NOT_URGENT = 0.5
_HIGH_GAP, _MEDIUM_GAP = 1.0, 0.35  # of the spread of units


@dataclass(frozen=True)
class Candidate:
    """What a rule found of one unit (`unit` is SYSTEM for all together). `numbers` are the figures behind `reason`;
    `size` says how far it reaches, in spreads or swings; `doubts` why the data it rests on may be wrong, and `trust`
    (0-1) what they leave of its weight."""

    rule: WarningRule
    variant: str
    indicator: str
    unit: str
    probability: float
    severity: Severity
    size: float
    reason: Words
    numbers: Mapping[str, float | str | None]
    doubts: tuple[Words, ...] = ()
    trust: float = 1.0
    also: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_tainted(self) -> bool:
        """Whether the data it rests on is missing in part or doubted."""
        return bool(self.doubts)

    def doubted_for(self, *reasons: Words, leaves: float) -> Candidate:
        """The same with more reasons for doubt, which leave so much (0-1) of its weight. What keeps half or less is not
        urgent."""
        trust = self.trust * leaves
        urgent = self.severity is Severity.HIGH and trust > _NOT_URGENT
        severity = self.severity if urgent or self.severity is not Severity.HIGH else Severity.MEDIUM
        return replace(self, doubts=(*self.doubts, *reasons), trust=trust, severity=severity)

    @property
    def is_known_already(self) -> bool:
        """Whether it tells of a target that is being missed as it stands."""
        return self.variant == BEHIND

    @property
    def way(self) -> str:
        """What tells causes of one rule and indicator apart: a jump for the better is another matter than one for the
        worse; other variants are one cause."""
        return self.variant if self.rule.kind is RuleKind.SUDDEN_JUMP else ""

    @property
    def is_expected(self) -> bool:
        """Whether it is about a later round and not yet seen."""
        return "ahead" in self.numbers


def candidates_of(rule: WarningRule, outlook: Outlook) -> Iterator[Candidate]:
    """All that a rule about figures finds in one indicator; nothing for context that is not judged.

    Nothing is said of a unit with fewer than 5 cases, and with reserve of one with fewer than 10.
    """
    finder = _FINDERS.get(rule.kind)
    if finder is None or not outlook.is_judged:
        return
    seen = dict(zip(outlook.units, visibilities(outlook.n), strict=True))
    for found in finder(rule, outlook):
        match seen.get(found.unit, Visibility.SHOWN):
            case Visibility.HIDDEN:
                continue
            case Visibility.GREYED:
                yield found.doubted_for(FEW_CASES, leaves=0.5)
            case _:
                yield found


def _will_miss(rule: WarningRule, outlook: Outlook) -> Iterator[Candidate]:
    ahead = outlook.year_end
    if ahead is None:
        return
    behind = outlook.misses(outlook.value, outlook.target)
    for unit in _where(ahead.p_miss >= rule.number("least_probability")):
        variant = BEHIND if behind[unit] or not np.isfinite(outlook.target[unit]) else TURNING
        yield _expected(rule, outlook, ahead, variant, unit, float(ahead.p_miss[unit]))


def _new_breach(rule: WarningRule, outlook: Outlook) -> Iterator[Candidate]:
    off = outlook.misses(outlook.value, outlook.target)
    seen = outlook.met_before & off & (_known(outlook.p_off) >= rule.number("least_probability_seen"))
    for unit in _where(seen):
        gap = _gap(outlook, outlook.value, outlook.target, unit)
        words = {**_seen_words(outlook, unit), "target": _shown(outlook, outlook.target[unit])}
        numbers = {**_seen_numbers(outlook, unit), "target": _number(outlook.target[unit])}
        yield _made(rule, outlook, "seen", unit, float(outlook.p_off[unit]), gap, words, numbers)
    ahead = outlook.next
    if ahead is None or _is_usual(ahead, rule.number("most_expected")):
        return
    meets = np.isfinite(outlook.value) & np.isfinite(outlook.target) & ~off
    for unit in _where(meets & (_known(ahead.p_miss) >= rule.number("least_probability_ahead"))):
        yield _expected(rule, outlook, ahead, "ahead", unit, float(ahead.p_miss[unit]))


def _is_usual(ahead: Ahead, most: float) -> bool:
    """Whether most units are expected to miss, so that one of them is no news."""
    chance = ahead.p_miss[np.isfinite(ahead.p_miss)]
    return len(chance) > 0 and float(np.median(chance)) >= most


def _relative_drop(rule: WarningRule, outlook: Outlook) -> Iterator[Candidate]:
    swings = rule.number("swings")
    trend = outlook.trend
    if trend is not None:
        worse = trend.probability_worse(outlook.indicator.direction, swings=swings)
        for unit in _where(_known(worse) >= rule.number("least_probability_seen")):
            yield _moved(rule, outlook, trend, "seen", unit, float(worse[unit]))
    ahead = outlook.next
    if ahead is not None:
        for unit in _where(_known(ahead.p_drop) >= rule.number("least_probability_ahead")):
            yield _expected(rule, outlook, ahead, "ahead", unit, float(ahead.p_drop[unit]))


def _sudden_jump(rule: WarningRule, outlook: Outlook) -> Iterator[Candidate]:
    trend = outlook.trend
    if trend is None:
        return
    swings, least = rule.number("swings"), rule.number("least_probability")
    direction = outlook.indicator.direction
    for variant, chance in (
        ("worse", trend.probability_worse(direction, swings=swings)),
        ("better", trend.probability_better(direction, swings=swings)),
    ):
        for unit in _where(_known(chance) >= least):
            yield _moved(rule, outlook, trend, variant, unit, float(chance[unit]), swings=f"{swings:g}")


def _system_shift(rule: WarningRule, outlook: Outlook) -> Iterator[Candidate]:
    trend = outlook.trend
    if trend is None or outlook.spread <= 0:
        return
    goodness = outlook.sign * trend.shift
    share = trend.share_of_units(up=trend.shift > 0)
    step = rule.number("spreads") * _spread_on_scale(outlook, trend)
    chance = trend.probability_shift_worse(outlook.indicator.direction, than=step)
    if goodness >= 0 or share < rule.number("least_share") or chance < rule.number("least_probability"):
        return
    system = _system_words(outlook, trend)
    words = {**_unit_words(outlook.indicator), **system, "of": str(trend.compared)}
    words["count"] = str(round(share * trend.compared))
    numbers = {"shift": trend.shift, "share": share, "compared": trend.compared, "scale": trend.scale.value}
    size = -goodness / step if step else 0.0
    severity = graded(size, high=3, medium=1.5)
    yield _candidate(rule, outlook, "seen", SYSTEM, chance, severity, size, words, numbers)


_FINDERS: Mapping[RuleKind, Callable[[WarningRule, Outlook], Iterator[Candidate]]] = {
    RuleKind.WILL_MISS_TARGET: _will_miss,
    RuleKind.NEW_BREACH: _new_breach,
    RuleKind.RELATIVE_DROP: _relative_drop,
    RuleKind.SUDDEN_JUMP: _sudden_jump,
    RuleKind.SYSTEM_SHIFT: _system_shift,
}


def _expected(
    rule: WarningRule, outlook: Outlook, ahead: Ahead, variant: str, unit: int, probability: float
) -> Candidate:
    """A candidate that rests on a forecast."""
    gap, said = _gap(outlook, ahead.mean, ahead.target, unit), round_words(ahead.round)
    forecast = {"expected": ahead.mean, "low": ahead.low, "high": ahead.high, "target": ahead.target}
    words = {
        **_seen_words(outlook, unit),
        **{name: _shown(outlook, values[unit]) for name, values in forecast.items()},
        "ahead_th": said.th,
        "ahead_en": said.en,
    }
    numbers = {
        **_seen_numbers(outlook, unit),
        **{name: _number(values[unit]) for name, values in forecast.items()},
        "ahead": str(ahead.round),
        "ahead_shift": ahead.shift,
    }
    if rule.kind is RuleKind.RELATIVE_DROP and ahead.swing > 0:
        gap = abs(float(ahead.own[unit])) / ahead.swing
    return _made(rule, outlook, variant, unit, probability, gap, words, numbers)


def _moved(
    rule: WarningRule, outlook: Outlook, trend: Trend, variant: str, unit: int, probability: float, *, swings: str = ""
) -> Candidate:
    """A candidate that rests on a change already seen."""
    size = abs(float(trend.own[unit])) / trend.usual if trend.usual > 0 else 0.0
    rising = trend.own[unit] > 0
    words = {
        **_seen_words(outlook, unit),
        "own": figure(abs(float(trend.own_in_unit[unit])), decimals=max(outlook.indicator.decimals, 1)),
        "worse_th": "เพิ่มขึ้น" if rising else "ลดลง",
        "worse_en": "rose" if rising else "fell",
        "swings": swings,
    }
    severity = Severity.LOW if variant == "better" else graded(size, high=3, medium=2)
    return _candidate(
        rule, outlook, variant, outlook.units[unit], probability, severity, size, words, _seen_numbers(outlook, unit)
    )


def _made(
    rule: WarningRule,
    outlook: Outlook,
    variant: str,
    unit: int,
    probability: float,
    gap: float,
    words: Mapping[str, str],
    numbers: Mapping[str, float | str | None],
) -> Candidate:
    severity = graded(gap, high=_HIGH_GAP, medium=_MEDIUM_GAP)
    return _candidate(rule, outlook, variant, outlook.units[unit], probability, severity, gap, words, numbers)


def _candidate(
    rule: WarningRule,
    outlook: Outlook,
    variant: str,
    unit: str,
    probability: float,
    severity: Severity,
    size: float,
    words: Mapping[str, str],
    numbers: Mapping[str, float | str | None],
) -> Candidate:
    told = {**words, "probability": percent(probability)}
    return Candidate(
        rule=rule,
        variant=variant,
        indicator=outlook.indicator.code,
        unit=unit,
        probability=round(min(max(probability, 0.0), 1.0), 4),
        severity=severity,
        size=round(float(size), 4),
        reason=in_one_line(rule.reasons[variant].filled(told)),
        numbers=numbers,
        words=told,
    )


def graded(size: float, *, high: float, medium: float) -> Severity:
    """How soon a person should look at something of this size, by the sizes from which it is high and medium."""
    return Severity.HIGH if size >= high else Severity.MEDIUM if size >= medium else Severity.LOW


def in_one_line(words: Words) -> Words:
    """A sentence without the doubled spaces that an empty placeholder leaves."""
    return Words(" ".join(words.th.split()), " ".join(words.en.split()))


def percent(probability: float) -> str:
    """A probability in whole percent that never says certain: 1 to 99."""
    return str(min(max(round(100 * probability), 1), 99))


def round_words(key: RoundKey) -> Words:
    """A round as sentences name it."""
    return Words(f"รอบ {key.month} เดือน ปี {key.fiscal_year}", f"month {key.month} of {key.fiscal_year} B.E.")


def _seen_words(outlook: Outlook, unit: int) -> dict[str, str]:
    change = change_unit(outlook.indicator)
    return {
        **_unit_words(outlook.indicator),
        **(_system_words(outlook, outlook.trend) if outlook.trend else {"system_th": "", "system_en": ""}),
        "value": _shown(outlook, outlook.value[unit]),
        "before": _shown(outlook, outlook.before[unit]),
        "known": str(int(np.isfinite(outlook.value).sum())),
        "change_unit_th": change.th,
        "change_unit_en": change.en,
    }


def _unit_words(indicator: Indicator) -> dict[str, str]:
    """The indicator in words; a level needs no unit behind it."""
    words = indicator_words(indicator)
    return {**words, "unit_th": "", "unit_en": ""} if indicator.kind is Kind.LEVEL else words


def _seen_numbers(outlook: Outlook, unit: int) -> dict[str, float | str | None]:
    numbers: dict[str, float | str | None] = {
        "value": _number(outlook.value[unit]),
        "before": _number(outlook.before[unit]),
        "part": _number(outlook.part[unit]),
        "n": _number(outlook.n[unit]),
    }
    trend = outlook.trend
    if trend is not None:
        numbers |= {
            "shift": trend.shift,
            "own": _number(trend.own[unit]),
            "own_in_unit": _number(trend.own_in_unit[unit]),
            "usual": trend.usual,
            "scale": trend.scale.value,
        }
    return numbers


def _system_words(outlook: Outlook, trend: Trend) -> dict[str, str]:
    said = system_sentence(outlook.indicator, scale=trend.scale, shift=trend.shift, usual=trend.usual)
    return {"system_th": said.th, "system_en": said.en}


def _spread_on_scale(outlook: Outlook, trend: Trend) -> float:
    return robust_sd(trend.scale.to(outlook.value))


def _gap(outlook: Outlook, values: FloatArray, target: FloatArray, unit: int) -> float:
    """How far a value is on the wrong side of a target, in spreads of units."""
    gap = -outlook.sign * float(values[unit] - target[unit])
    return max(gap, 0.0) / outlook.spread if outlook.spread > 0 else 0.0


def _shown(outlook: Outlook, value: float) -> str:
    return figure(_number(value), decimals=outlook.indicator.decimals)


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _known(values: FloatArray) -> FloatArray:
    return np.where(np.isfinite(values), values, -1.0)


def _where(which: BoolArray) -> list[int]:
    return [int(index) for index in np.flatnonzero(which)]
