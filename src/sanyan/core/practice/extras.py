"""What goes with the figures: which are missing and why, short notes, and evidence."""

from __future__ import annotations

from collections.abc import Sequence

from sanyan.core.forms.answers import FilledEvidence
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator
from sanyan.core.practice.areas import PracticeArea
from sanyan.core.practice.narrative.writer import short_name
from sanyan.core.practice.seeding import Dice, stream
from sanyan.core.rounds import BUDDHIST_ERA, RoundKey

NOT_AVAILABLE_SHARE = 0.018
NOT_APPLICABLE_SHARE = 0.004

_WAITING = (
    "อยู่ระหว่างรวบรวมข้อมูลจากโรงเรียน คาดว่าจะครบภายใน {days} วัน",
    "รอผลจากระบบต้นทาง",
    "ผู้รับผิดชอบย้าย อยู่ระหว่างส่งมอบข้อมูล",
    "ระบบ {source} ยังไม่เปิดให้ดาวน์โหลด",
    "",
)
_NOT_OURS = ("ไม่มีกลุ่มเป้าหมายในเขตบริการ", "ไม่มีโรงเรียนที่จัดการศึกษาระดับนี้", "")
_SAID = (
    "ข้อมูล ณ วันที่ {date}",
    "ข้อมูลจาก {source}",
    "ใช้ข้อมูลเดียวกับที่รายงานใน {source}",
    "รวมโรงเรียนที่เปิดเรียนรวมแล้ว",
    "บูรณาการกับแผนปฏิบัติการตัวชี้วัดที่ {few}",
)
_SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_TITLES = {
    "IMAGE": ("ภาพกิจกรรมประกอบตัวชี้วัด {code} จำนวน {few} ภาพ", "ภาพการลงพื้นที่และการประชุม ({code})"),
    "ATTESTED": ("หนังสือรับรองข้อมูลตัวชี้วัด {code} ลงนามโดย ผอ.สพท.", "แบบรับรองข้อมูลตัวชี้วัด {code} รอบ {month} เดือน"),
}
_PAPERS = (
    "คำสั่ง {area} ที่ {number}/{year} เรื่อง แต่งตั้งคณะทำงาน ({code})",
    "รายงานผลการดำเนินงานตามตัวชี้วัด {code} รอบ {month} เดือน ปีงบประมาณ {year}",
    "แผนปฏิบัติการปีงบประมาณ {year} ส่วนที่เกี่ยวกับตัวชี้วัด {code}",
    "สรุปผลการนิเทศ ติดตาม ({code}) ครั้งที่ {few}/{year}",
    "บันทึกการประชุมผู้บริหารสถานศึกษา ครั้งที่ {few}/{year} ({code})",
)


def state_of(indicator: Indicator, carelessness: float, dice: Dice) -> AnswerState:
    """Reported, or why not. `carelessness` multiplies the usual share of what is not available."""
    draw = dice.uniform()
    if draw < NOT_APPLICABLE_SHARE and indicator.applies != ():
        return AnswerState.NOT_APPLICABLE
    if draw < NOT_APPLICABLE_SHARE + NOT_AVAILABLE_SHARE * carelessness:
        return AnswerState.NOT_AVAILABLE
    return AnswerState.REPORTED


def carelessness(area: PracticeArea, *, seed: int) -> float:
    """How often this area lacks data, against the usual area (1.0)."""
    return float(stream(seed, "gaps", area.code).gamma(1.5, 1 / 1.5))


def note_of(indicator: Indicator, state: AnswerState, key: RoundKey, dice: Dice) -> str:
    """A short note beside an answer; most have none."""
    if state is AnswerState.REPORTED and not dice.chance(0.07):
        return ""
    day = key.data_until
    date = f"{day.day} {_SHORT_MONTHS[day.month - 1]} {(day.year + BUDDHIST_ERA) % 100}"
    lines = {AnswerState.NOT_AVAILABLE: _WAITING, AnswerState.NOT_APPLICABLE: _NOT_OURS}.get(state, _SAID)
    return dice.pick(lines).format(
        days=dice.between(7, 30), date=date, source=indicator.prefill or "ระบบของ สพท.", few=dice.between(2, 30)
    )


def evidence_of(
    items: Sequence[Indicator], framework: Framework, area: PracticeArea, key: RoundKey, dice: Dice
) -> tuple[FilledEvidence, ...]:
    """What stands behind reported answers; what is worked out from other systems needs none."""
    groups = {p.code: p.group for p in framework.policy_areas}
    found = []
    for item in items:
        for kind in item.evidence:
            if kind == "DERIVED" or not dice.chance(0.82):
                continue
            title = dice.pick(_TITLES.get(kind, _PAPERS)).format(
                area=short_name(area.name_th),
                code=item.code,
                month=key.month,
                year=key.fiscal_year,
                number=dice.between(20, 480),
                few=dice.between(2, 9),
            )
            place = f"{groups.get(item.policy_area) or 'สพท.'} / แฟ้มรอบ {key.month} เดือน ปี {key.fiscal_year}"
            found.append(FilledEvidence(item.code, kind, title, place))
    return tuple(found)
