"""How people of the practice world answer a warning, decided by a draw of its own."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.core.practice.seeding import Dice, stream

ACTED, CLOSED, LEFT = "acted", "closed", "left"
_RESPONSES = (
    "ประชุมผู้รับผิดชอบกับโรงเรียนที่ยังค้าง ตกลงเป้ารายเดือน และติดตามทุกสองสัปดาห์",
    "ส่งศึกษานิเทศก์ลงพื้นที่โรงเรียนที่ต่ำสุดห้าแห่ง และให้โรงเรียนที่ทำได้ดีเป็นพี่เลี้ยง",
    "ทบทวนวิธีนับกับกลุ่มนโยบายและแผน แล้วปรับแผนการใช้งบประมาณไตรมาสที่เหลือ",
)
_HELPED = ("รอบถัดมากลับมาอยู่ในเกณฑ์ หลังดำเนินการตามที่ตกลง", "ข้อมูลรอบใหม่ดีขึ้นชัดเจน โรงเรียนที่ค้างทำครบแล้ว")
_DID_NOT_HELP = ("ทำตามแผนแล้ว แต่รอบถัดมายังไม่ดีขึ้น จะปรับวิธี", "ดำเนินการได้เพียงบางส่วน ยังไม่เห็นผล")
_FALSE_ALARM = ("ตรวจกับเอกสารแล้ว ตัวเลขปีก่อนนับต่างวิธี ไม่ใช่การลดลงจริง",)
_EXPLAINED = ("เป็นไปตามปฏิทินงาน งานส่วนใหญ่อยู่ไตรมาสสุดท้าย", "มีเหตุเฉพาะในพื้นที่ซึ่งรายงานไว้แล้ว")
_ACT, _FALSE, _EXPLAIN, _GIVE_UP = 0.6, 0.1, 0.1, 0.5


@dataclass(frozen=True)
class Reaction:
    """What is done: acted (`words` are the response), closed (`outcome` and why), or left."""

    kind: str
    words: str = ""
    outcome: str = ""


def reaction(seed: int, *path: str | int, acted: bool, is_gone: bool) -> Reaction:
    """What is done about a signal: `acted` if something was done before, `is_gone` if the data no longer shows it. The
    same path always reacts alike."""
    dice = Dice(stream(seed, "reaction", *path))
    draw = dice.uniform()
    if acted and is_gone:
        return Reaction(CLOSED, _pick(dice, _HELPED), "helped")
    if acted:
        return Reaction(CLOSED, _pick(dice, _DID_NOT_HELP), "did_not_help") if draw < _GIVE_UP else Reaction(LEFT)
    if draw < _ACT:
        return Reaction(ACTED, _pick(dice, _RESPONSES))
    if draw < _ACT + _FALSE:
        return Reaction(CLOSED, _pick(dice, _FALSE_ALARM), "false_alarm")
    if draw < _ACT + _FALSE + _EXPLAIN:
        return Reaction(CLOSED, _pick(dice, _EXPLAINED), "explained")
    return Reaction(LEFT)


def _pick(dice: Dice, words: tuple[str, ...]) -> str:
    return words[int(dice.uniform() * len(words))]
