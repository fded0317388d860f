"""Changes that stand out from the changes of everyone else, and values that stand out from everyone's values.

One score serves all: the distance on a scale where equal steps mean equal surprise (logit for percents, log-like for
counts), over a robust width that holds both how much organisations differ and how much a small one wobbles by chance.
A shift that all share moves the centre and flags nobody.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanyan.core.checking.definitions import Against, CheckDefinition
from sanyan.core.checking.robust import Spread, spread_of, standing
from sanyan.core.checking.values import (
    Answers,
    CheckedAnswer,
    CheckInput,
    FindingDraft,
    Found,
    NotRun,
    finding,
    is_bounded_percent,
    reported_value,
)
from sanyan.core.indicators.definitions import Indicator, Kind
from sanyan.core.indicators.wording import figure, indicator_words
from sanyan.core.signed_documents import Words

CONTINUITY = 0.5
BARE_PERCENT = 2.0  # points: a percent without its parts may stand for a few pupils, so 0 and 1 % lie close together
PRIOR_WIDTH, LEAST_WIDTH = 0.3, 0.1
LEVEL_PRIOR, LEVEL_LEAST = 0.75, 0.75
ENOUGH_TO_COMPARE = 8
ENOUGH_OF_A_TYPE = 20


@dataclass(frozen=True)
class Scaled:
    """A value on the scale of surprise, with the variance that chance alone gives it there."""

    place: float
    noise: float


@dataclass(frozen=True)
class Scale:
    """How one indicator's answers are laid on the scale of surprise, and back."""

    indicator: Indicator
    is_count: bool
    unit: float

    def lay(self, answer: CheckedAnswer | None) -> Scaled | None:
        """Where an answer lies; None where it has no figure or an impossible one, which has a check of its own."""
        value = reported_value(self.indicator, answer)
        if answer is None or value is None or not math.isfinite(value):
            return None
        if self.indicator.kind is Kind.LEVEL:
            return Scaled(value, 0.0)
        if self.indicator.has_parts and answer.denominator:
            return self._lay_parts(answer.numerator or 0.0, answer.denominator)
        if is_bounded_percent(self.indicator):
            inside = 0 <= value <= 100
            return Scaled(math.log((value + BARE_PERCENT) / (100 - value + BARE_PERCENT)), 0.0) if inside else None
        noise = max(abs(value), CONTINUITY) / (value**2 + 1) if self.is_count else 0.0
        return Scaled(math.asinh(value / self.unit), noise)

    def _lay_parts(self, numerator: float, denominator: float) -> Scaled | None:
        if is_bounded_percent(self.indicator):
            if not 0 <= numerator <= denominator:
                return None
            yes, no = numerator + CONTINUITY, denominator - numerator + CONTINUITY
            return Scaled(math.log(yes / no), 1 / yes + 1 / no)
        if numerator < 0:
            return None
        return Scaled(math.log((numerator + CONTINUITY) / denominator), 1 / (numerator + CONTINUITY))

    def value_at(self, place: float, answer: CheckedAnswer) -> float:
        """The value, in the indicator's unit, that lies at a place, for an organisation of this size."""
        if self.indicator.kind is Kind.LEVEL:
            return place
        if is_bounded_percent(self.indicator):
            edge = 0.0 if self.indicator.has_parts else BARE_PERCENT
            return min(max((100 + 2 * edge) / (1 + math.exp(-place)) - edge, 0.0), 100.0)
        if self.indicator.has_parts and answer.denominator:
            return math.exp(place) * self.indicator.per
        return math.sinh(place) * self.unit


def scale_for(indicator: Indicator, answers: list[CheckedAnswer]) -> Scale | None:
    """The scale that suits an indicator, seen what is reported; None where order and distance mean nothing."""
    if indicator.kind in (Kind.YES_NO, Kind.NARRATIVE):
        return None
    values = [value for answer in answers if (value := reported_value(indicator, answer)) is not None]
    is_count = indicator.kind is Kind.NUMBER and all(value == int(value) for value in values)
    typical = sorted(abs(value) for value in values)[len(values) // 2] if values else 1.0
    return Scale(indicator, is_count, 1.0 if is_count else max(0.04 * typical, 1e-6))


def check_jump(check: CheckDefinition, data: CheckInput) -> Found:
    """Changes since an earlier round that stand out from everyone's changes in the same indicator."""
    before = data.before(check.against)
    if not before:
        return Found(not_run=(no_history(check),))
    findings: list[FindingDraft] = []
    too_few: list[str] = []
    now = by_indicator(data.answers)
    then = by_indicator(before)
    for indicator in data.asked():
        both = _laid_twice(indicator, now.get(indicator.code, {}), then.get(indicator.code, {}))
        if both is None:
            continue
        scale, pairs = both
        if len(pairs) < ENOUGH_TO_COMPARE:
            if pairs:
                too_few.append(indicator.code)
            continue
        findings += _jumps(check, data, scale, pairs)
    return Found(tuple(findings), few(check, too_few))


@dataclass(frozen=True)
class _Pair:
    before: CheckedAnswer
    after: CheckedAnswer
    start: Scaled
    end: Scaled

    @property
    def change(self) -> float:
        return self.end.place - self.start.place

    @property
    def noise(self) -> float:
        return self.end.noise + self.start.noise


def _laid_twice(
    indicator: Indicator, now: Mapping[str, CheckedAnswer], then: Mapping[str, CheckedAnswer]
) -> tuple[Scale, dict[str, _Pair]] | None:
    scale = scale_for(indicator, [*now.values(), *then.values()])
    if scale is None:
        return None
    pairs = {}
    for organisation, after in now.items():
        before = then.get(organisation)
        start, end = scale.lay(before), scale.lay(after)
        if before is not None and start is not None and end is not None:
            pairs[organisation] = _Pair(before, after, start, end)
    return scale, pairs


def _jumps(check: CheckDefinition, data: CheckInput, scale: Scale, pairs: dict[str, _Pair]) -> Iterator[FindingDraft]:
    spread = _spread(scale.indicator, [p.change for p in pairs.values()], [p.noise for p in pairs.values()])
    threshold = check.number("threshold", 5)
    for organisation, pair in pairs.items():
        distance = (pair.change - spread.centre) / math.hypot(spread.width, math.sqrt(pair.noise))
        if abs(distance) >= threshold:
            usual = scale.value_at(pair.start.place + spread.centre, pair.after)
            yield _jump(check, data, scale.indicator, organisation, pair, distance, usual)


def _jump(
    check: CheckDefinition,
    data: CheckInput,
    indicator: Indicator,
    organisation: str,
    pair: _Pair,
    distance: float,
    usual: float,
) -> FindingDraft:
    after, before = reported_value(indicator, pair.after), reported_value(indicator, pair.before)
    assert after is not None
    assert before is not None
    words = {
        **indicator_words(indicator),
        **earlier_round(data, check.against),
        "value": figure(after, decimals=indicator.decimals),
        "before": figure(before, decimals=indicator.decimals),
        "change": figure(abs(after - before), decimals=indicator.decimals),
        "usual": figure(usual, decimals=indicator.decimals),
    }
    return finding(
        check,
        variant="rise" if distance > 0 else "fall",
        organisation=organisation,
        indicator=indicator.code,
        score=standing(abs(distance)),
        words=words,
        numbers={"value": after, "before": before, "usual": usual, "distance": distance},
    )


def check_outlier(check: CheckDefinition, data: CheckInput) -> Found:
    """Values that stand far from those of all other organisations of the type; needs no history."""
    findings: list[FindingDraft] = []
    too_few: list[str] = []
    now = by_indicator(data.answers)
    for indicator in data.asked():
        answers = now.get(indicator.code, {})
        scale = scale_for(indicator, list(answers.values()))
        if scale is None:
            continue
        laid = {key: (answer, place) for key, answer in answers.items() if (place := scale.lay(answer))}
        if laid and len(laid) < ENOUGH_OF_A_TYPE:
            too_few.append(indicator.code)
        for group in _by_type(data, laid):
            findings += _outliers(check, scale, group)
    return Found(tuple(findings), few(check, too_few))


_Laid = dict[str, tuple[CheckedAnswer, Scaled]]


def _by_type(data: CheckInput, laid: _Laid) -> list[_Laid]:
    """Organisations by area type where each type is large enough, else all together if that is."""
    groups: dict[str, _Laid] = {}
    for key, held in laid.items():
        expected = data.expected.get(key)
        groups.setdefault(expected.area_type if expected else "", {})[key] = held
    if all(len(group) >= ENOUGH_OF_A_TYPE for group in groups.values()):
        return list(groups.values())
    return [laid] if len(laid) >= ENOUGH_OF_A_TYPE else []


def _outliers(check: CheckDefinition, scale: Scale, group: _Laid) -> Iterator[FindingDraft]:
    indicator = scale.indicator
    places = [laid.place for _, laid in group.values()]
    noise = [laid.noise for _, laid in group.values()]
    spread = spread_of(places, noise=noise, floor=LEAST_WIDTH)
    threshold = check.number("threshold", 6)
    for organisation, (answer, laid) in group.items():
        distance = (laid.place - spread.centre) / math.hypot(spread.width, math.sqrt(laid.noise))
        value = reported_value(indicator, answer)
        if abs(distance) < threshold or value is None:
            continue
        usual = scale.value_at(spread.centre, answer)
        yield finding(
            check,
            variant="high" if distance > 0 else "low",
            organisation=organisation,
            indicator=indicator.code,
            score=standing(abs(distance)),
            words={
                **indicator_words(indicator),
                "value": figure(value, decimals=indicator.decimals),
                "usual": figure(usual, decimals=indicator.decimals),
            },
            numbers={"value": value, "usual": usual, "distance": distance},
        )


def check_fall(check: CheckDefinition, data: CheckInput) -> Found:
    """Counts that fell although, in nearly every organisation, they only grow from round to round.

    Rounds are cumulative, but a framework does not say which counts are: what everyone else's did decides.
    """
    before = data.before(check.against)
    if not before:
        return Found(not_run=(no_history(check),))
    findings: list[FindingDraft] = []
    now, then = by_indicator(data.answers), by_indicator(before)
    for indicator in data.asked():
        if indicator.kind is not Kind.NUMBER and not indicator.has_parts:
            continue
        pairs = {}
        for organisation, after in now.get(indicator.code, {}).items():
            ends = _count(indicator, then.get(indicator.code, {}).get(organisation)), _count(indicator, after)
            if ends[0] is not None and ends[1] is not None:
                pairs[organisation] = (ends[0], ends[1])
        findings += _falls(check, data, indicator, pairs)
    return Found(tuple(findings))


def _count(indicator: Indicator, answer: CheckedAnswer | None) -> float | None:
    if answer is not None and indicator.has_parts:
        return answer.numerator
    return reported_value(indicator, answer)


def _falls(
    check: CheckDefinition, data: CheckInput, indicator: Indicator, pairs: dict[str, tuple[float, float]]
) -> Iterator[FindingDraft]:
    grew = sum(after > before for before, after in pairs.values())
    fell = {key: ends for key, ends in pairs.items() if ends[1] < ends[0]}
    may_fall = max(1.0, check.number("share_that_may_fall", 0.02) * len(pairs))
    grows_only = len(fell) <= may_fall and grew >= len(pairs) / 2
    if len(pairs) < ENOUGH_OF_A_TYPE or not grows_only:
        return
    for organisation, (before, after) in fell.items():
        drop = (before - after) / before if before > 0 else 1.0
        if drop < check.number("least_drop", 0.1):
            continue
        yield finding(
            check,
            variant="fall",
            organisation=organisation,
            indicator=indicator.code,
            score=standing(15 * drop),
            words={
                **indicator_words(indicator),
                **earlier_round(data, check.against),
                "counted_th": indicator.numerator_th or indicator.name_th,
                "counted_en": indicator.numerator_en or indicator.name_en,
                "value": figure(after, decimals=2),
                "before": figure(before, decimals=2),
            },
            numbers={"value": after, "before": before},
        )


def by_indicator(answers: Answers) -> dict[str, dict[str, CheckedAnswer]]:
    """Answers by indicator, then by organisation."""
    grouped: dict[str, dict[str, CheckedAnswer]] = {}
    for (organisation, code), answer in answers.items():
        grouped.setdefault(code, {})[organisation] = answer
    return grouped


def earlier_round(data: CheckInput, against: Against | None) -> dict[str, str]:
    """What to call the round compared with."""
    if against is Against.PREVIOUS:
        return {"earlier_th": "รอบที่แล้ว", "earlier_en": "the last round"}
    year = data.round.same_last_year.fiscal_year
    return {"earlier_th": f"รอบเดียวกันของปี {year}", "earlier_en": f"the same round of {year}"}


def no_history(check: CheckDefinition) -> NotRun:
    """Say that there is no earlier round to compare with."""
    if check.against is Against.PREVIOUS:
        words = Words("ยังไม่มีรอบก่อนหน้าในปีงบประมาณนี้ให้เทียบ", "There is no earlier round in this fiscal year.")
    else:
        words = Words("ยังไม่มีข้อมูลรอบเดียวกันของปีก่อนให้เทียบ", "There is no data of the same round last year.")
    return NotRun(check.code, words)


def few(check: CheckDefinition, codes: list[str]) -> tuple[NotRun, ...]:
    """Say which indicators too few organisations answered to tell the usual from the unusual."""
    if not codes:
        return ()
    words = Words("มีเขตที่ตอบน้อยเกินกว่าจะบอกได้ว่าค่าใดผิดปกติ", "Too few organisations answered to tell what is unusual.")
    return (NotRun(check.code, words, tuple(codes)),)


def _spread(indicator: Indicator, changes: list[float], noise: list[float]) -> Spread:
    is_level = indicator.kind is Kind.LEVEL
    return spread_of(
        changes,
        noise=noise,
        prior=LEVEL_PRIOR if is_level else PRIOR_WIDTH,
        floor=LEVEL_LEAST if is_level else LEAST_WIDTH,
    )
