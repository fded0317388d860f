"""Whether a framework can be published: every fault by sheet and cell of its Excel form, in Thai and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from sanyan.core.errors import Fault
from sanyan.core.forms.framework_indicator_rules import indicator_faults
from sanyan.core.forms.framework_layout import Locate, written_place
from sanyan.core.forms.framework_rules import LONGEST_FRAMEWORK_CODE, Rules, is_code
from sanyan.core.indicators.definitions import Framework, Kind

BUDDHIST_YEARS = range(2500, 2700)
FIRST_BUDDHIST_YEAR = 2400
LONGEST_NAME = 300
LONGEST_ROUND_NAME = 80
LEAP_YEAR = 2024


def validate(framework: Framework, *, locate: Locate = written_place, today: date | None = None) -> tuple[Fault, ...]:
    """Every fault, errors and warnings; a framework whose faults are all warnings may be published.

    `locate` tells where a value stands in the workbook that was read (by default, in the one we write);
    `today`, where given, warns of a review that is overdue.
    """
    rules = Rules(locate)
    checks: Sequence[Callable[[Framework, Rules], Iterator[Fault]]] = (
        _names,
        _signatures,
        _fiscal_years,
        _rounds,
        _policy_areas,
        _scale,
        _scale_percents,
        _narrative_fields,
        indicator_faults,
    )
    found = [fault for check in checks for fault in check(framework, rules)]
    return (*found, *_overdue(framework, rules, today))


def errors_of(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults that stand in the way, without the warnings."""
    return tuple(fault for fault in faults if fault.is_error)


def _names(framework: Framework, rules: Rules) -> Iterator[Fault]:
    part = "framework"
    if not is_code(framework.code, LONGEST_FRAMEWORK_CODE):
        yield rules.bad_code(part, 0, "code", framework.code, LONGEST_FRAMEWORK_CODE)
    yield from rules.names(part, 0, framework.name_th, framework.name_en)
    for key, name in (("name_th", framework.name_th), ("name_en", framework.name_en)):
        if len(name) > LONGEST_NAME:
            yield rules.error(
                part,
                0,
                key,
                "name-too-long",
                ("ชื่อกรอบยาวเกิน 300 ตัวอักษร", "The framework's name is over 300 characters."),
                ("ย่อชื่อให้สั้นลง", "Shorten the name."),
            )
    if not framework.owner.strip():
        yield rules.empty(part, 0, "owner", "หน่วยงานเจ้าของ", "The owner")


def _signatures(framework: Framework, rules: Rules) -> Iterator[Fault]:
    signed = (
        ("authored_by", framework.authored_by, "ผู้จัดทำ", "The author"),
        ("checked_by", framework.checked_by, "ผู้ตรวจทาน", "The checker"),
    )
    for key, name, th, en in signed:
        if not name.strip():
            yield rules.empty("framework", 0, key, th, en)
    if framework.authored_by.strip() and framework.authored_by.strip() == framework.checked_by.strip():
        yield rules.warning(
            "framework",
            0,
            "checked_by",
            "checker-is-author",
            ("ผู้ตรวจทานเป็นคนเดียวกับผู้จัดทำ", "The checker is the author."),
            ("ให้ผู้อื่นตรวจทานอีกครั้งหากทำได้", "Have someone else check it where possible."),
        )
    if framework.next_review is None:
        yield rules.empty("framework", 0, "next_review", "วันที่ต้องทบทวนครั้งถัดไป", "The next review")
    elif framework.next_review.year >= FIRST_BUDDHIST_YEAR:
        yield rules.error(
            "framework",
            0,
            "next_review",
            "review-in-buddhist-era",
            ("ปีของวันทบทวนเป็น พ.ศ.", "The year of the next review is in the Buddhist era."),
            ("เขียนเป็นปี ค.ศ. ในไฟล์ YAML เช่น 2027-09-30", "Write the Christian-era year, such as 2027-09-30."),
        )


def _overdue(framework: Framework, rules: Rules, today: date | None) -> Iterator[Fault]:
    if today is not None and framework.next_review is not None and framework.next_review <= today:
        yield rules.warning(
            "framework",
            0,
            "next_review",
            "review-overdue",
            ("ถึงกำหนดทบทวนกรอบแล้ว", "The framework is due for review."),
            ("ทบทวนแล้วกำหนดวันครั้งถัดไป", "Review it and set the next date."),
        )


def _fiscal_years(framework: Framework, rules: Rules) -> Iterator[Fault]:
    years = framework.fiscal_years
    if not years:
        yield rules.empty("framework", 0, "fiscal_years", "ปีงบประมาณ", "The list of fiscal years")
    wrong = [year for year in years if year not in BUDDHIST_YEARS]
    if wrong or len(set(years)) < len(years):
        yield rules.error(
            "framework",
            0,
            "fiscal_years",
            "fiscal-year-wrong",
            (
                "ปีงบประมาณต้องเป็น พ.ศ. สี่หลักและไม่ซ้ำกัน",
                "Fiscal years are four digits of the Buddhist era, each once.",
            ),
            ("เขียนแบบ 2568; 2569", "Write them as 2568; 2569."),
        )


def _rounds(framework: Framework, rules: Rules) -> Iterator[Fault]:
    part = "rounds"
    if not framework.rounds:
        yield rules.no_items(part, "month", "รอบ", "round")
    yield from _repeated(rules, part, "month", [str(plan.month) for plan in framework.rounds])
    for row, plan in enumerate(framework.rounds):
        yield from rules.names(part, row, plan.name_th, plan.name_en, subject=str(plan.month))
        if max(len(plan.name_th), len(plan.name_en)) > LONGEST_ROUND_NAME:
            yield rules.error(
                part,
                row,
                "name_th",
                "name-too-long",
                ("ชื่อรอบยาวเกิน 80 ตัวอักษร", "The round's name is over 80 characters."),
                ("ย่อชื่อให้สั้นลง", "Shorten the name."),
            )
        if not 1 <= plan.month <= 12:
            yield rules.error(
                part,
                row,
                "month",
                "month-outside-year",
                (f"เดือน {plan.month} ไม่อยู่ระหว่าง 1-12", f"Month {plan.month} is not within 1-12."),
                ("นับตุลาคมเป็นเดือนที่ 1", "Count October as month 1."),
            )
        if not _is_day(*plan.submit_by):
            yield rules.error(
                part,
                row,
                "submit_by",
                "submit-by-unknown",
                ("วันที่ส่งไม่มีในปฏิทิน", "The day to submit by is not in the calendar."),
                ("แก้เดือนและวันที่ส่ง", "Correct its month and day."),
            )


def _is_day(month: int, day: int) -> bool:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _policy_areas(framework: Framework, rules: Rules) -> Iterator[Fault]:
    part = "policy_areas"
    if not framework.policy_areas:
        yield rules.no_items(part, "code", "ด้าน", "policy area")
    yield from _repeated(rules, part, "code", [area.code for area in framework.policy_areas])
    used = {item.policy_area for item in framework.indicators}
    for row, area in enumerate(framework.policy_areas):
        if not is_code(area.code):
            yield rules.bad_code(part, row, "code", area.code)
        yield from rules.names(part, row, area.name_th, area.name_en, subject=area.code)
        if area.code not in used:
            yield rules.warning(
                part,
                row,
                "code",
                "policy-area-unused",
                (f"ด้าน {area.code} ยังไม่มีตัวชี้วัด", f"Policy area {area.code} has no indicator yet."),
                ("เพิ่มตัวชี้วัด หรือนำด้านนี้ออก", "Add an indicator, or take the area out."),
                subject=area.code,
            )


def _repeated(rules: Rules, part: str, key: str, names: Sequence[str]) -> Iterator[Fault]:
    times = Counter(names)
    seen: set[str] = set()
    for row, name in enumerate(names):
        if times[name] > 1 and name in seen:
            yield rules.repeated(part, row, key, name)
        seen.add(name)


def _scale(framework: Framework, rules: Rules) -> Iterator[Fault]:
    part = "scale"
    needs = any(item.kind is Kind.LEVEL for item in framework.indicators)
    if len(framework.scale) < 2 and (needs or framework.scale):
        yield rules.error(
            part,
            0,
            "level",
            "scale-too-short",
            ("มาตราส่วนต้องมีอย่างน้อย 2 ระดับ", "The scale needs at least two levels."),
            ("เพิ่มระดับในแผ่นมาตราส่วน", "Add levels to the scale."),
        )
    for row, step in enumerate(framework.scale):
        yield from rules.names(part, row, step.name_th, step.name_en, subject=str(step.level))
    for row, (before, step) in enumerate(pairwise(framework.scale), start=1):
        if step.level <= before.level:
            yield rules.error(
                part,
                row,
                "level",
                "scale-without-order",
                (
                    f"ระดับ {step.level} ต้องมากกว่าแถวก่อนหน้า ({before.level})",
                    f"Level {step.level} must be above the row before it ({before.level}).",
                ),
                ("เรียงระดับจากน้อยไปมากและไม่ซ้ำกัน", "Put levels from low to high, each once."),
                subject=str(step.level),
            )


def _scale_percents(framework: Framework, rules: Rules) -> Iterator[Fault]:
    starts = [step.percent_min for step in framework.scale]
    known = [start for start in starts if start is not None]
    rising = all(before < after for before, after in pairwise(known))
    if not known or (
        len(known) == len(starts) and rising and all(0 <= each <= 100 for each in known) and known[0] == 0
    ):
        return
    row = next((at for at, start in enumerate(starts) if start is None or not 0 <= start <= 100), 0)
    yield rules.error(
        "scale",
        row,
        "percent_min",
        "scale-percents-wrong",
        (
            "ร้อยละเริ่มต้นต้องมีทุกระดับ เริ่มที่ 0 และเพิ่มขึ้นตามระดับ ไม่เกิน 100",
            "Starting percents are needed at every level, from 0, rising, up to 100.",
        ),
        ("กรอกให้ครบทุกระดับ หรือเว้นว่างทั้งหมด", "Fill in every level, or leave them all blank."),
    )


def _narrative_fields(framework: Framework, rules: Rules) -> Iterator[Fault]:
    part = "narrative_fields"
    if not framework.narrative_fields and any(i.kind is Kind.NARRATIVE for i in framework.indicators):
        yield rules.error(
            part,
            0,
            "key",
            "narrative-fields-missing",
            ("มีตัวชี้วัดแบบเรื่องเล่า แต่ยังไม่มีช่องให้เล่า", "Narrative indicators have no fields to fill."),
            ("เพิ่มช่องในแผ่นช่องเรื่องเล่า", "Add fields to the sheet of narrative fields."),
        )
    yield from _repeated(rules, part, "key", [box.key for box in framework.narrative_fields])
    for row, box in enumerate(framework.narrative_fields):
        if not is_code(box.key):
            yield rules.bad_code(part, row, "key", box.key)
        yield from rules.names(part, row, box.name_th, box.name_en, subject=box.key)
        if box.max_length is not None and box.max_length < 1:
            yield rules.error(
                part,
                row,
                "max_length",
                "length-not-positive",
                ("ความยาวต้องมากกว่าศูนย์", "The longest length must be above zero."),
                ("ใส่จำนวนตัวอักษร หรือเว้นว่าง", "Give a number of characters, or leave it blank."),
                subject=box.key,
            )
