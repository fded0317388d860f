"""What keeps an answer out, and what only deserves a word, before checks compare it with anything else."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sanyan.core.errors import Fault
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState, Indicator, Kind, ScaleLevel
from sanyan.core.indicators.values import answer_value

LARGEST = 1e15  # some hundred times the budget of the state in baht
LONGEST_GROUP = 120


def faults_of(indicator: Indicator, answer: FilledAnswer, *, scale: Sequence[ScaleLevel]) -> tuple[Fault, ...]:
    """Faults of one answer taken alone: errors keep it out, warnings let it in.

    An answer that states an absence has none but for the name of its group. Values that are merely unlikely are the
    business of the checks.
    """
    if len(answer.disaggregation) > LONGEST_GROUP:
        return (_fault(indicator, "group-long", "ชื่อกลุ่มย่อยยาวเกินไป", "The name of the group is too long."),)
    if answer.state is not AnswerState.REPORTED:
        return ()
    faults = [*_number_faults(indicator, answer)]
    if indicator.kind is Kind.LEVEL:
        faults += _level_faults(indicator, answer, scale)
    if indicator.kind is Kind.YES_NO and answer.value not in (0, 1):
        faults.append(_fault(indicator, "yes-no-expected", "ตอบได้เพียง “ใช่” หรือ “ไม่ใช่”", "Answer yes or no."))
    if indicator.kind is Kind.NARRATIVE and not any(text.strip() for text in answer.text.values()):
        faults.append(_fault(indicator, "narrative-empty", "ยังไม่มีข้อความในเรื่องเล่า", "The report has no text yet."))
    return tuple(faults)


def doubts_of(indicator: Indicator, answer: FilledAnswer) -> tuple[Fault, ...]:
    """Warnings of one answer taken alone: it is kept, but whoever hands it in should look again.

    A part above its whole, and a value outside the indicator's bounds (`low`, `high`, in its own unit).
    """
    if answer.state is not AnswerState.REPORTED:
        return ()
    value = answer_value(indicator, numerator=answer.numerator, denominator=answer.denominator, value=answer.value)
    if indicator.kind is Kind.PERCENT and (answer.numerator or 0) > (answer.denominator or math.inf):
        return (
            _doubt(
                indicator,
                "part-above-whole",
                f"“{indicator.numerator_th}” มากกว่า “{indicator.denominator_th}”",
                "The part is larger than the whole.",
            ),
        )
    low, high = indicator.low, indicator.high
    if value is None or ((low is None or value >= low) and (high is None or value <= high)):
        return ()
    th = f"ค่า {value:,.4g} อยู่นอกช่วงที่เป็นไปได้ของตัวชี้วัดนี้"
    return (_doubt(indicator, "value-outside-bounds", th, f"The value {value:,.4g} lies outside what is possible."),)


def _doubt(indicator: Indicator, code: str, th: str, en: str) -> Fault:
    return Fault(
        code=code,
        th=f"{indicator.code}: {th}",
        en=f"{indicator.code}: {en}",
        next_th="ตรวจกับเอกสารอีกครั้งก่อนส่ง",
        next_en="Check it against the document before handing in.",
        subject=indicator.code,
        is_error=False,
    )


def _number_faults(indicator: Indicator, answer: FilledAnswer) -> list[Fault]:
    numbers = (answer.numerator, answer.denominator, answer.value)
    if any(number is not None and not math.isfinite(number) for number in numbers):
        return [_fault(indicator, "number-not-finite", "ค่าที่กรอกไม่ใช่ตัวเลข", "The value is not a number.")]
    made = answer_value(indicator, numerator=answer.numerator, denominator=answer.denominator, value=answer.value)
    if any(number is not None and abs(number) > LARGEST for number in (*numbers, made)):
        return [
            _fault(
                indicator,
                "number-too-large",
                "ค่าใหญ่เกินกว่าจะเป็นจริง",
                "The value is larger than any real one.",
                next_th="ตรวจว่าพิมพ์เลขหรือศูนย์เกินมาหรือไม่",
            )
        ]
    faults = []
    if indicator.has_parts:
        if (answer.numerator is None) != (answer.denominator is None):
            faults.append(
                _fault(
                    indicator,
                    "part-missing",
                    "ต้องกรอกทั้งตัวตั้งและตัวหาร",
                    "Both numerator and denominator are needed.",
                    next_th=f"กรอก “{indicator.numerator_th}” และ “{indicator.denominator_th}”",
                )
            )
        if answer.denominator is not None and answer.denominator < 0:
            faults.append(_fault(indicator, "denominator-negative", "ตัวหารติดลบไม่ได้", "A denominator is not negative."))
        if answer.numerator is not None and answer.numerator < 0:
            faults.append(_fault(indicator, "numerator-negative", "ตัวตั้งติดลบไม่ได้", "A numerator is not negative."))
    elif indicator.kind in (Kind.NUMBER, Kind.PERCENT, Kind.RATIO) and answer.value is None:
        faults.append(_fault(indicator, "value-missing", "ยังไม่มีค่า", "There is no value."))
    return faults


def _level_faults(indicator: Indicator, answer: FilledAnswer, scale: Sequence[ScaleLevel]) -> list[Fault]:
    levels = {step.level for step in scale} | {level for level, _ in indicator.rubric}
    if answer.value is not None and answer.value in levels:
        return []
    known = ", ".join(str(level) for level in sorted(levels))
    return [
        _fault(
            indicator,
            "level-outside-scale",
            f"ระดับต้องเป็นหนึ่งใน {known}",
            f"The level must be one of {known}.",
        )
    ]


def _fault(indicator: Indicator, code: str, th: str, en: str, *, next_th: str = "") -> Fault:
    return Fault(
        code=code,
        th=f"{indicator.code}: {th}",
        en=f"{indicator.code}: {en}",
        next_th=next_th or "แก้ค่าในช่องนี้ หรือเลือกสถานะ “ไม่มีข้อมูล”",
        next_en="Correct the value, or choose the state “not available”.",
        subject=indicator.code,
    )
