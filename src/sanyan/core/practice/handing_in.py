"""When a practice report is handed in and where it stands, with what a reviewer wrote when sending it back."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.core.practice.areas import PracticeArea
from sanyan.core.practice.seeding import stream
from sanyan.core.rounds import RoundKey

CERTIFIED = "certified"
SUBMITTED = "submitted"
RETURNED = "returned"
IN_PROGRESS = "in_progress"
NOT_STARTED = "not_started"
STATES = (CERTIFIED, SUBMITTED, RETURNED, IN_PROGRESS, NOT_STARTED)
HANDED_IN = frozenset({CERTIFIED, SUBMITTED, RETURNED})

# Share of areas in each state: in the newest round work is still under way, in older ones nearly all is done.
_NEWEST = (0.78, 0.10, 0.05, 0.05, 0.02)
_OLDER = (0.983, 0.0, 0.0, 0.010, 0.007)

_COMMENTS = (
    "โปรดตรวจสอบตัวตั้งและตัวหารอีกครั้ง ยังไม่สอดคล้องกับจำนวนโรงเรียนที่รายงานไว้ในตัวชี้วัดอื่น",
    "ขอให้แนบหลักฐานเพิ่มเติมในตัวชี้วัดที่รายงานว่าดำเนินการครบทุกแห่ง",
    "เนื้อหาการดำเนินงานใกล้เคียงกับรอบก่อนมาก โปรดเพิ่มสิ่งที่ดำเนินการใหม่ในรอบนี้",
    "ค่าที่รายงานต่างจากรอบเดียวกันของปีก่อนมาก โปรดอธิบายเหตุผลหรือแก้ไขให้ตรงกับข้อมูลจริง",
    "ยังไม่ได้ระบุผลเชิงปริมาณ โปรดเติมจำนวนผู้ได้รับประโยชน์ให้ครบ",
    "โปรดระบุเหตุผลของตัวชี้วัดที่เลือกว่าไม่มีข้อมูล และกำหนดเวลาที่คาดว่าจะได้ข้อมูล",
)


@dataclass(frozen=True)
class HandingIn:
    """`days_late` counts from the due date (below 0 is early); None when the report is not handed in."""

    state: str
    days_late: int | None = None
    comment: str = ""
    finished_share: float = 1.0


def handing_in(area: PracticeArea, key: RoundKey, *, newest: bool, seed: int) -> HandingIn:
    """How `area` hands in its report of the round; areas keep their habits from round to round."""
    habit = stream(seed, "habit", area.code).normal(0, 2.2)
    rng = stream(seed, "handing-in", area.code, str(key))
    state = str(rng.choice(STATES, p=_NEWEST if newest else _OLDER))
    days = int(min(30, max(-20, round(-2.5 + habit + 3.2 * rng.standard_t(5)))))
    comment = _COMMENTS[int(rng.integers(len(_COMMENTS)))]
    if state == NOT_STARTED:
        return HandingIn(state, finished_share=0.0)
    if state == IN_PROGRESS:
        return HandingIn(state, finished_share=float(rng.uniform(0.2, 0.8)))
    return HandingIn(state, days, comment if state == RETURNED else "")
