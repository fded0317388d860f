"""The boxes of one question, and what was written in them read back as an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sanyan.apps.collection.queries import AnswerRow
from sanyan.core.errors import BadInputError
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, Kind
from sanyan.core.thai.marks import Mark
from sanyan.core.thai.numbers import parse_number
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.entry.held_evidence import HeldEvidence
from sanyan.interfaces.web.figures.indicator import unit_of

_MARKED = {
    Mark.NO_VALUE: AnswerState.NOT_AVAILABLE,
    Mark.NOT_APPLICABLE: AnswerState.NOT_APPLICABLE,
    Mark.NOT_YET_DUE: AnswerState.NOT_YET_DUE,
}


@dataclass(frozen=True)
class Box:
    """One input. `kind` is number, choice or text."""

    name: str
    label: str
    kind: str
    unit: str = ""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    limit: int | None = None
    required: bool = False


@dataclass(frozen=True)
class Question:
    """An indicator as it is asked, with what is stored and what was said last round."""

    indicator: Indicator
    boxes: tuple[Box, ...]
    state: str
    note: str
    last: str
    answer: AnswerRow | None
    states: tuple[tuple[str, words.Text], ...]
    target: str = ""
    evidence: tuple[HeldEvidence, ...] = ()


def question_of(
    framework: Framework, indicator: Indicator, *, month: int, answer: AnswerRow | None, last: AnswerRow | None
) -> Question:
    """A question with its boxes filled with what is stored."""
    target = indicator.target_in(month)
    goal = "" if target is None else _target_words(indicator, target.value, target.better_than_last_year)
    return Question(
        indicator=indicator,
        boxes=_boxes(framework, indicator, answer),
        state=answer.state if answer else "",
        note=answer.note if answer else "",
        last=_last_words(indicator, last),
        answer=answer,
        states=tuple((code, word.text) for code, word in words.ANSWER.items() if code),
        target=goal,
    )


def _target_words(indicator: Indicator, value: float | None, better: bool) -> str:
    if better:
        return _("ดีกว่าปีก่อน")
    return formats.measured(value, unit_of(indicator), 0 if value is None or value == round(value) else 1)


def _last_words(indicator: Indicator, last: AnswerRow | None) -> str:
    """What was said last round, short; for text only that something was written."""
    if last is None:
        return ""
    if last.state != AnswerState.REPORTED:
        return str(words.word("answer", last.state).text)
    if indicator.kind is Kind.NARRATIVE:
        return _("มีข้อความแล้ว")
    if indicator.kind is Kind.YES_NO:
        return _("ใช่") if last.value else _("ไม่ใช่")
    said = formats.measured(last.value, unit_of(indicator), indicator.decimals)
    if indicator.has_parts and last.denominator is not None:
        said += f" ({formats.plain(last.numerator)} / {formats.plain(last.denominator)})"
    return said


def _boxes(framework: Framework, indicator: Indicator, answer: AnswerRow | None) -> tuple[Box, ...]:
    thai = formats.in_thai()
    if indicator.kind is Kind.NARRATIVE:
        held = answer.text if answer else {}
        return tuple(
            Box(
                f"text-{field.key}",
                field.name_th if thai or not field.name_en else field.name_en,
                "text",
                value=held.get(field.key, ""),
                limit=field.max_length,
                required=field.required,
            )
            for field in framework.narrative_fields
        )
    value = "" if answer is None or answer.value is None else f"{answer.value:g}"
    if indicator.kind is Kind.YES_NO:
        return (Box("value", _("คำตอบ"), "choice", value=value, choices=(("1", _("ใช่")), ("0", _("ไม่ใช่")))),)
    if indicator.kind is Kind.LEVEL:
        return (Box("value", _("ระดับ"), "choice", value=value, choices=_levels(framework, indicator)),)
    return _number_boxes(indicator, answer)


def _levels(framework: Framework, indicator: Indicator) -> tuple[tuple[str, str], ...]:
    if indicator.rubric:
        return tuple((str(level), f"{formats.digits(level)} {text}") for level, text in sorted(indicator.rubric))
    thai = formats.in_thai()
    steps = sorted(framework.scale, key=lambda step: step.level)
    return tuple(
        (str(step.level), f"{formats.digits(step.level)} {step.name_th if thai else step.name_en}") for step in steps
    )


def _number_boxes(indicator: Indicator, answer: AnswerRow | None) -> tuple[Box, ...]:
    thai = formats.in_thai()

    def kept(value: float | None) -> str:
        return "" if value is None else f"{value:.10g}"

    numerator = kept(answer.numerator if answer else None)
    denominator = kept(answer.denominator if answer else None)
    if indicator.has_parts:
        top = indicator.numerator_th if thai or not indicator.numerator_en else indicator.numerator_en
        bottom = indicator.denominator_th if thai or not indicator.denominator_en else indicator.denominator_en
        return (
            Box("numerator", top, "number", value=numerator),
            Box("denominator", bottom, "number", value=denominator),
        )
    boxes = [Box("value", _("ค่า"), "number", unit=unit_of(indicator), value=kept(answer.value if answer else None))]
    if indicator.mean_of:
        boxes.append(Box("denominator", _("จำนวนที่ใช้หาค่าเฉลี่ย"), "number", value=denominator))
    return tuple(boxes)


def answer_from(framework: Framework, indicator: Indicator, posted: Mapping[str, str]) -> FilledAnswer:
    """What was written, as an answer. A stated absence wins over figures; BadInputError for what cannot be read."""
    note = posted.get("note", "").strip()
    state = posted.get("state", "") or AnswerState.REPORTED
    if state not in {each.value for each in AnswerState}:
        state = AnswerState.REPORTED
    if state != AnswerState.REPORTED:
        return FilledAnswer(indicator.code, AnswerState(state), note=note)
    if indicator.kind is Kind.NARRATIVE:
        texts = {
            field.key: posted.get(f"text-{field.key}", "").strip()
            for field in framework.narrative_fields
            if posted.get(f"text-{field.key}", "").strip()
        }
        return FilledAnswer(indicator.code, AnswerState.REPORTED, text=texts, note=note)
    read = {name: _number(posted.get(name, "")) for name in ("numerator", "denominator", "value")}
    absent = next((mark for _value, mark in read.values() if mark is not None), None)
    if absent is not None:
        return FilledAnswer(indicator.code, absent, note=note)
    figures = {name: value for name, (value, _mark) in read.items()}
    if all(figure is None for figure in figures.values()):
        raise _nothing()
    return FilledAnswer(
        indicator.code,
        AnswerState.REPORTED,
        numerator=figures["numerator"],
        denominator=figures["denominator"],
        value=figures["value"],
        note=note,
    )


def _number(text: str) -> tuple[float | None, AnswerState | None]:
    """A figure as a Thai office types it, or the absence it states."""
    parsed = parse_number(text)
    if parsed.is_blank or parsed.mark is None:
        return parsed.value, None
    if parsed.mark in _MARKED:
        return None, _MARKED[parsed.mark]
    raise BadInputError(
        "number-unreadable",
        f"อ่าน “{text}” เป็นตัวเลขไม่ได้",
        f"“{text}” could not be read as a number.",
        next_th="พิมพ์เฉพาะตัวเลข เช่น 85 หรือ 85.5",
        next_en="Type digits only, such as 85 or 85.5.",
    )


def _nothing() -> BadInputError:
    return BadInputError(
        "answer-empty",
        "ยังไม่ได้กรอกตัวเลข",
        "No figure was given.",
        next_th="กรอกตัวเลข หรือเลือกเหตุผลที่ยังไม่มี",
        next_en="Give a figure, or choose why there is none.",
    )
