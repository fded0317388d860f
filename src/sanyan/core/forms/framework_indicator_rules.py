"""The rules that an indicator of a framework keeps, one function a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sanyan.core.errors import Fault
from sanyan.core.forms.framework_layout import AREA_TYPES, EVIDENCE, HOLDERS, KINDS, ROLLUPS
from sanyan.core.forms.framework_rules import Rules, Words, is_code
from sanyan.core.indicators.definitions import Direction, Framework, Indicator, Kind, Rollup, Target

PARTED = (Kind.PERCENT, Kind.RATIO)
MOST_DECIMALS = 6
LONGEST_MINUTES = 600.0


@dataclass(frozen=True)
class _Case:
    """One indicator among the others, and where its row, targets and level criteria begin."""

    item: Indicator
    framework: Framework
    rules: Rules
    row: int
    first_target: int
    first_step: int

    def error(self, key: str, code: str, said: Words, then: Words) -> Fault:
        return self.rules.error("indicators", self.row, key, code, said, then, subject=self.item.code)

    def warning(self, key: str, code: str, said: Words, then: Words) -> Fault:
        return self.rules.warning("indicators", self.row, key, code, said, then, subject=self.item.code)

    def empty(self, key: str, th: str, en: str) -> Fault:
        return self.rules.empty("indicators", self.row, key, th, en, subject=self.item.code)


def indicator_faults(framework: Framework, rules: Rules) -> Iterator[Fault]:
    """Every fault of every indicator, in the order of the sheet."""
    if not framework.indicators:
        yield rules.no_items("indicators", "code", "ตัวชี้วัด", "indicator")
    seen: set[str] = set()
    targets = steps = 0
    for row, item in enumerate(framework.indicators):
        if item.code in seen:
            yield rules.repeated("indicators", row, "code", item.code)
        seen.add(item.code)
        case = _Case(item, framework, rules, row, targets, steps)
        for rule in _RULES:
            yield from rule(case)
        targets += len(item.targets)
        steps += len(item.rubric)


def _naming(case: _Case) -> Iterator[Fault]:
    item, rules = case.item, case.rules
    if not is_code(item.code):
        yield rules.bad_code("indicators", case.row, "code", item.code)
    yield from rules.names("indicators", case.row, item.name_th, item.name_en, subject=item.code)
    if not item.unit_th.strip():
        yield case.empty("unit_th", "หน่วยนับ", "The unit")
    english = (
        ("unit_en", item.unit_th, item.unit_en, "หน่วยนับ"),
        ("numerator_en", item.numerator_th, item.numerator_en, "ตัวตั้ง"),
        ("denominator_en", item.denominator_th, item.denominator_en, "ตัวหาร"),
    )
    for key, thai, text, th in english:
        if thai.strip() and not text.strip():
            yield rules.no_english("indicators", case.row, key, th, subject=item.code)


def _belonging(case: _Case) -> Iterator[Fault]:
    item, framework = case.item, case.framework
    if item.policy_area not in {area.code for area in framework.policy_areas}:
        yield case.error(
            "policy_area",
            "policy-area-unknown",
            (f"ไม่พบด้านรหัส “{item.policy_area}”", f"There is no policy area {item.policy_area!r}."),
            ("ใช้รหัสที่มีในแผ่นด้าน", "Use a code from the sheet of policy areas."),
        )
    if not item.part_of:
        return
    whole = {each.code: each.part_of for each in framework.indicators}
    if item.part_of not in whole:
        yield case.error(
            "part_of",
            "whole-unknown",
            (f"ไม่พบตัวชี้วัดรหัส “{item.part_of}”", f"There is no indicator {item.part_of!r}."),
            ("ใช้รหัสตัวชี้วัดในกรอบนี้", "Use the code of an indicator of this framework."),
        )
    elif _goes_round(item.code, whole):
        yield case.error(
            "part_of",
            "whole-goes-round",
            ("ตัวชี้วัดเป็นส่วนหนึ่งของตัวเองวนกลับมา", "The indicator is, in the end, a part of itself."),
            ("แก้ให้ไม่วนกลับ", "Break the circle."),
        )


def _goes_round(code: str, whole: dict[str, str]) -> bool:
    seen: set[str] = set()
    above = whole.get(code, "")
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = whole.get(above, "")
    return False


def _months(case: _Case) -> Iterator[Fault]:
    item = case.item
    if not item.months:
        yield case.empty("months", "รอบที่ถาม", "The list of rounds")
    planned = {plan.month for plan in case.framework.rounds}
    for month in sorted(set(item.months) - planned):
        yield case.error(
            "months",
            "round-unknown",
            (f"รอบ {month} เดือนไม่มีในแผ่นรอบ", f"Month {month} is not among the rounds."),
            ("เพิ่มรอบ หรือแก้เดือนที่ถาม", "Add the round, or correct the months."),
        )
    if len(set(item.months)) < len(item.months):
        yield case.error(
            "months",
            "round-repeated",
            ("มีรอบซ้ำกัน", "A round is given twice."),
            ("เหลือไว้รอบละครั้งเดียว", "Keep each round once."),
        )


def _parts(case: _Case) -> Iterator[Fault]:
    item = case.item
    numerator, denominator = bool(item.numerator_th.strip()), bool(item.denominator_th.strip())
    if item.kind not in PARTED:
        return
    if item.kind is Kind.RATIO and not denominator:
        yield case.empty("denominator_th", "ตัวหาร", "The denominator")
    if not item.mean_of and numerator != denominator and (denominator or item.kind is Kind.PERCENT):
        key, th, en = (
            ("denominator_th", "ตัวหาร", "The denominator") if numerator else ("numerator_th", "ตัวตั้ง", "The numerator")
        )
        yield case.empty(key, th, en)
    if item.kind is Kind.PERCENT and not item.mean_of and not numerator and not denominator:
        yield case.warning(
            "denominator_th",
            "percent-without-parts",
            (
                "ไม่มีตัวตั้งและตัวหาร จึงรวมค่าได้เพียงเฉลี่ยของเขต",
                "Without numerator and denominator, only a mean of areas can be shown.",
            ),
            ("เพิ่มตัวตั้งและตัวหารหากเก็บได้", "Add numerator and denominator where they can be collected."),
        )


def _figures(case: _Case) -> Iterator[Fault]:
    item = case.item
    wanted = 100 if item.kind is Kind.PERCENT else 1
    if (item.kind is not Kind.RATIO and item.per != wanted) or item.per <= 0:
        yield case.error(
            "per",
            "per-does-not-fit",
            (f"ค่าคูณ {item.per:g} ไม่เข้ากับชนิดคำตอบ", f"Per {item.per:g} does not fit the kind."),
            (
                "ร้อยละใช้ 100 อัตราส่วนใช้ค่ามากกว่าศูนย์ ชนิดอื่นใช้ 1",
                "Use 100 for a percent, above zero for a ratio, 1 for the others.",
            ),
        )
    if not 0 <= item.decimals <= MOST_DECIMALS:
        yield case.error(
            "decimals",
            "decimals-wrong",
            (f"ทศนิยม {item.decimals} ตำแหน่งใช้ไม่ได้", f"{item.decimals} decimals cannot be shown."),
            (f"ใช้ 0 ถึง {MOST_DECIMALS} ตำแหน่ง", f"Use 0 to {MOST_DECIMALS}."),
        )
    if not 0 < item.minutes <= LONGEST_MINUTES:
        yield case.error(
            "minutes",
            "minutes-wrong",
            ("เวลาที่ใช้ตอบต้องมากกว่า 0 และไม่เกิน 600 นาที", "Minutes must be above 0 and at most 600."),
            ("ประมาณเวลาที่คนหนึ่งใช้ตอบข้อนี้", "Estimate how long one person takes."),
        )


def _bounds(case: _Case) -> Iterator[Fault]:
    low, high = case.item.low, case.item.high
    if low is not None and high is not None and low >= high:
        yield case.error(
            "low",
            "bounds-crossed",
            ("ค่าต่ำสุดต้องน้อยกว่าค่าสูงสุด", "The lowest value must be below the highest."),
            ("แก้ค่าต่ำสุดหรือค่าสูงสุด", "Correct one of the two."),
        )
    if case.item.kind is not Kind.PERCENT:
        return
    for key, bound in (("low", low), ("high", high)):
        if bound is not None and not 0 <= bound <= 100:
            yield case.error(
                key,
                "percent-bounds",
                (f"ขอบเขตของร้อยละคือ 0-100 ไม่ใช่ {bound:g}", f"A percent lies in 0-100, not {bound:g}."),
                (
                    "แก้ขอบเขต หรือใช้ชนิดจำนวนหากค่าเกินร้อยละร้อยได้",
                    "Correct it, or use a number where it may pass 100.",
                ),
            )


def _rolling(case: _Case) -> Iterator[Fault]:
    fits = _fitting_rollups(case.item)
    if case.item.rollup not in fits:
        named = sorted(each.value for each in fits)
        yield case.error(
            "rollup",
            "rollup-does-not-fit",
            (
                f"วิธีรวมค่า “{ROLLUPS[case.item.rollup]}” ไม่เข้ากับชนิดคำตอบ “{KINDS[case.item.kind]}”",
                f"Roll-up {case.item.rollup} does not fit kind {case.item.kind}.",
            ),
            ("ใช้ได้: " + " / ".join(ROLLUPS[each] for each in named), f"It can be: {', '.join(named)}."),
        )


def _fitting_rollups(item: Indicator) -> frozenset[Rollup]:
    if item.kind in PARTED:
        return frozenset({Rollup.RATIO if item.has_parts else Rollup.MEAN})
    return {
        Kind.NUMBER: frozenset({Rollup.SUM, Rollup.MEAN}),
        Kind.LEVEL: frozenset({Rollup.DISTRIBUTION}),
        Kind.YES_NO: frozenset({Rollup.SHARE}),
    }.get(item.kind, frozenset({Rollup.NONE}))


def _known_words(case: _Case) -> Iterator[Fault]:
    item = case.item
    given = (
        ("level", (item.level,), HOLDERS, "ผู้ถือข้อมูล"),
        ("applies", item.applies, AREA_TYPES, "ประเภทเขต"),
        ("evidence", item.evidence, EVIDENCE, "ประเภทหลักฐาน"),
    )
    for key, words, known, th in given:
        for word in dict.fromkeys(words):
            if word not in known:
                yield case.error(
                    key,
                    f"{key}-unknown",
                    (f"ไม่รู้จัก{th} “{word}”", f"{word!r} is not known here."),
                    ("เลือกจาก: " + " / ".join(known.values()), "Choose from: " + ", ".join(known)),
                )
        if len(set(words)) < len(words):
            yield case.error(
                key,
                f"{key}-repeated",
                (f"{th}ซ้ำกัน", "A word is given twice."),
                ("เหลือไว้อย่างละครั้งเดียว", "Keep each once."),
            )


def _targets(case: _Case) -> Iterator[Fault]:
    item = case.item
    times = Counter(target.month for target in item.targets)
    for place, target in enumerate(item.targets):
        for key, code, said, then in _target_troubles(item, target, times[target.month], case.framework):
            row = case.first_target + place
            yield case.rules.error("targets", row, key, code, said, then, subject=item.code)


def _target_troubles(
    item: Indicator, target: Target, times: int, framework: Framework
) -> Iterator[tuple[str, str, Words, Words]]:
    correct = ("แก้หรือนำเป้าหมายนี้ออก", "Correct this target or take it out.")
    if item.kind is Kind.NARRATIVE or item.direction is Direction.NONE:
        said = ("ตัวชี้วัดที่ไม่ตัดสินตั้งเป้าหมายไม่ได้", "An indicator that is not judged takes no target.")
        yield "value", "target-on-unjudged", said, correct
        return
    if target.month not in item.months:
        said = (
            f"ตัวชี้วัดนี้ไม่ได้ถามในรอบ {target.month} เดือน",
            f"The indicator is not asked in month {target.month}.",
        )
        yield "month", "target-month-not-asked", said, correct
    if times > 1:
        said = (f"มีเป้าหมายรอบ {target.month} เดือนซ้ำกัน", f"Month {target.month} has more than one target.")
        yield "month", "target-repeated", said, correct
    if (target.value is None) != target.better_than_last_year:
        said = (
            "ระบุค่าเป้าหมาย หรือดีกว่าปีก่อน อย่างใดอย่างหนึ่ง",
            "Give either a value or better than last year.",
        )
        yield "value", "target-unclear", said, correct
    if target.value is not None and not _can_be(item, target.value, framework):
        said = (
            f"ค่าเป้าหมาย {target.value:g} อยู่นอกค่าที่เป็นไปได้",
            f"The target {target.value:g} is outside what is possible.",
        )
        yield "value", "target-outside-bounds", said, correct


def _can_be(item: Indicator, value: float, framework: Framework) -> bool:
    if item.kind is Kind.LEVEL:
        return value in {step.level for step in framework.scale}
    if item.kind is Kind.YES_NO:
        return value in (0, 1)
    low, high = (0.0, 100.0) if item.kind is Kind.PERCENT else (float("-inf"), float("inf"))
    low, high = low if item.low is None else item.low, high if item.high is None else item.high
    return low <= value <= high


def _criteria(case: _Case) -> Iterator[Fault]:
    item, rules = case.item, case.rules
    levels = {step.level for step in case.framework.scale}
    times = Counter(level for level, _ in item.rubric)
    correct = ("แก้หรือนำแถวนี้ออก", "Correct this row or take it out.")
    for place, (level, text) in enumerate(item.rubric):
        row = case.first_step + place
        if item.kind is not Kind.LEVEL or level not in levels or times[level] > 1:
            said = (
                f"เกณฑ์ระดับ {level} ไม่มีในมาตราส่วน ซ้ำ หรือตัวชี้วัดนี้ไม่ใช่ระดับคุณภาพ",
                f"Level {level} is not on the scale, is repeated, or this indicator takes no level.",
            )
            yield rules.error("rubric", row, "level", "criterion-wrong", said, correct, subject=item.code)
        if not text.strip():
            yield rules.empty("rubric", row, "text", "ความหมายของระดับ", "The meaning", subject=item.code)
    if item.kind is Kind.LEVEL and item.rubric and set(times) < levels:
        yield case.warning(
            "code",
            "criteria-incomplete",
            ("เกณฑ์ยังไม่ครบทุกระดับ", "Not every level has its criterion."),
            ("เพิ่มในแผ่นเกณฑ์ระดับ", "Add the rest to the sheet of level criteria."),
        )


_RULES: tuple[Callable[[_Case], Iterator[Fault]], ...] = (
    _naming,
    _belonging,
    _months,
    _parts,
    _figures,
    _bounds,
    _rolling,
    _known_words,
    _targets,
    _criteria,
)
