"""Answers that cannot be true as they stand: more than the whole, outside the possible, parts that do not fit."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator

from sanyan.core.checking.definitions import CheckDefinition
from sanyan.core.checking.robust import spread_of, standing
from sanyan.core.checking.values import (
    CheckedAnswer,
    CheckInput,
    FindingDraft,
    Found,
    NotRun,
    finding,
    is_bounded_percent,
    reported_value,
)
from sanyan.core.indicators.definitions import AnswerState, Indicator, Kind, Rollup
from sanyan.core.indicators.wording import figure, indicator_words
from sanyan.core.signed_documents import Words

CERTAIN = 0.3
ROUNDING = 0.51
USUAL_SHARE = 0.8


def contradiction_score(excess: float) -> float:
    """0.3 for a value only just impossible, towards 1 as it lies further out; `excess` in widths of the usual."""
    return CERTAIN + (1 - CERTAIN) * standing(excess)


def check_parts(check: CheckDefinition, data: CheckInput) -> Found:
    """Numerators and denominators that contradict each other or the percent beside them."""
    return Found(tuple(_parts_findings(check, data)))


def _parts_findings(check: CheckDefinition, data: CheckInput) -> Iterator[FindingDraft]:
    for indicator, organisation, answer in reported(data):
        if not indicator.has_parts:
            continue
        variant, excess = _parts_fault(indicator, answer)
        if variant:
            words = {
                **indicator_words(indicator),
                "numerator": figure(answer.numerator, decimals=2),
                "denominator": figure(answer.denominator, decimals=2),
                "numerator_th": indicator.numerator_th,
                "denominator_th": indicator.denominator_th,
                "numerator_en": indicator.numerator_en or "numerator",
                "denominator_en": indicator.denominator_en or "denominator",
                "value": figure(answer.value, decimals=2),
            }
            numbers = {
                "numerator": answer.numerator,
                "denominator": answer.denominator,
                "value": answer.value,
            }
            yield finding(
                check,
                variant=variant,
                organisation=organisation,
                indicator=indicator.code,
                score=contradiction_score(10 * excess),
                words=words,
                numbers=numbers,
            )


def _parts_fault(indicator: Indicator, answer: CheckedAnswer) -> tuple[str, float]:
    """Which rule the parts break and by what share of the whole; an empty name where they break none."""
    numerator, denominator = answer.numerator, answer.denominator
    if numerator is None or denominator is None:
        return "", 0.0
    if numerator < 0 or denominator < 0:
        return "negative", 1.0
    if denominator == 0:
        return ("nothing-to-divide-by", 1.0) if numerator > 0 else ("", 0.0)
    if is_bounded_percent(indicator) and numerator > denominator * (1 + 1e-9):
        return "more-than-whole", numerator / denominator - 1
    if answer.value is not None:
        computed = numerator / denominator * indicator.per
        allowed = ROUNDING * 10**-indicator.decimals + 0.001 * abs(computed)
        if abs(computed - answer.value) > allowed:
            return "percent-differs", abs(computed - answer.value) / max(abs(computed), indicator.per / 100)
    return "", 0.0


def check_impossible_percent(check: CheckDefinition, data: CheckInput) -> Found:
    """Percents above 100 or below 0 that were reported without parts."""

    def bounds(indicator: Indicator) -> tuple[float | None, float | None]:
        return (0.0, 100.0) if is_bounded_percent(indicator) and not indicator.has_parts else (None, None)

    return Found(tuple(_outside(check, data, bounds)))


def check_range(check: CheckDefinition, data: CheckInput) -> Found:
    """Values outside the lowest and highest that the framework allows; a percent's own 0-100 is left to its check."""

    def bounds(indicator: Indicator) -> tuple[float | None, float | None]:
        if is_bounded_percent(indicator):
            low = indicator.low if indicator.low is not None and indicator.low > 0 else None
            high = indicator.high if indicator.high is not None and indicator.high < 100 else None
            return low, high
        return indicator.low, indicator.high

    return Found(tuple(_outside(check, data, bounds)))


Bounds = Callable[[Indicator], tuple[float | None, float | None]]


def _outside(check: CheckDefinition, data: CheckInput, bounds: Bounds) -> Iterator[FindingDraft]:
    for indicator, values in values_by_indicator(data):
        low, high = bounds(indicator)
        if low is None and high is None:
            continue
        spread = spread_of(list(values.values()))
        for organisation, value in values.items():
            above = high is not None and value > high + 1e-9
            if not above and not (low is not None and value < low - 1e-9):
                continue
            bound = high if above else low
            assert bound is not None
            yield finding(
                check,
                variant="above" if above else "below",
                organisation=organisation,
                indicator=indicator.code,
                score=contradiction_score(abs(value - bound) / spread.width),
                words={
                    **indicator_words(indicator),
                    "value": figure(value, decimals=2),
                    "bound": figure(bound, decimals=2),
                },
                numbers={"value": value, "bound": bound},
            )


def check_whole(check: CheckDefinition, data: CheckInput) -> Found:
    """Wholes that their parts contradict, by `Indicator.part_of`.

    Counts: parts must not add up to more than the whole and, where they do add up to it in most organisations,
    not to less either. Percents and means: the whole must lie between its least and greatest part.
    """
    parts_of: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in data.asked():
        if indicator.part_of:
            parts_of[indicator.part_of].append(indicator)
    findings: list[FindingDraft] = []
    not_run: list[NotRun] = []
    asked = {item.code: item for item in data.asked()}
    for code, parts in parts_of.items():
        if code not in asked:
            reason = Words(f"รอบนี้ไม่ได้ถามตัวชี้วัดรวม {code}", f"The whole, {code}, is not asked in this round.")
            not_run.append(NotRun(check.code, reason, tuple(item.code for item in parts)))
        else:
            findings += _whole_findings(check, data, asked[code], parts)
    return Found(tuple(findings), tuple(not_run))


def _whole_findings(
    check: CheckDefinition, data: CheckInput, whole: Indicator, parts: list[Indicator]
) -> Iterator[FindingDraft]:
    sets: dict[str, tuple[float, list[float]]] = {}
    for organisation in {key for key, _ in data.answers}:
        total = reported_value(whole, data.answers.get((organisation, whole.code)))
        values = [reported_value(part, data.answers.get((organisation, part.code))) for part in parts]
        held = [value for value in values if value is not None]
        if total is not None and len(held) == len(parts):
            sets[organisation] = (total, held)
    adds_up = whole.kind is Kind.NUMBER and whole.rollup is Rollup.SUM
    usual = sum(math.isclose(math.fsum(held), total, rel_tol=1e-6) for total, held in sets.values())
    is_exhaustive = len(sets) >= 5 and usual >= USUAL_SHARE * len(sets)
    for organisation, (total, held) in sets.items():
        if adds_up:
            least, most = math.fsum(held), math.fsum(held) if is_exhaustive else math.inf
        else:
            least, most = min(held), max(held)
        slack = 1e-6 * max(abs(total), 1) if adds_up else ROUNDING * 10**-whole.decimals
        gap = max(least - total, total - most)
        if gap > slack:
            yield _whole_finding(check, organisation, whole, total, held, parts, gap, adds_up=adds_up)


def _whole_finding(
    check: CheckDefinition,
    organisation: str,
    whole: Indicator,
    total: float,
    held: list[float],
    parts: list[Indicator],
    gap: float,
    *,
    adds_up: bool,
) -> FindingDraft:
    words = {
        **indicator_words(whole),
        "whole": figure(total, decimals=2),
        "sum": figure(math.fsum(held), decimals=2),
        "least": figure(min(held), decimals=2),
        "most": figure(max(held), decimals=2),
        "parts": ", ".join(part.code for part in parts),
    }
    return finding(
        check,
        variant="sum" if adds_up else "between",
        organisation=organisation,
        indicator=whole.code,
        score=contradiction_score(20 * gap / max(abs(total), abs(math.fsum(held)), 1)),
        words=words,
        numbers={"whole": total, "sum": math.fsum(held), "least": min(held), "most": max(held)},
    )


def reported(data: CheckInput) -> Iterator[tuple[Indicator, str, CheckedAnswer]]:
    """Reported answers of this round that the framework asks for, with their indicator and organisation."""
    asked = {item.code: item for item in data.asked()}
    for (organisation, code), answer in data.answers.items():
        if code in asked and answer.state is AnswerState.REPORTED:
            yield asked[code], organisation, answer


def values_by_indicator(data: CheckInput) -> list[tuple[Indicator, dict[str, float]]]:
    """Each indicator with its values of this round by organisation; answers without a figure are left out."""
    values: dict[str, dict[str, float]] = defaultdict(dict)
    asked = {item.code: item for item in data.asked()}
    for indicator, organisation, answer in reported(data):
        value = reported_value(indicator, answer)
        if value is not None and math.isfinite(value):
            values[indicator.code][organisation] = value
    return [(asked[code], held) for code, held in values.items()]
