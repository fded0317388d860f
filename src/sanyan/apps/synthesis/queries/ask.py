"""A question in Thai or English, answered from what the viewer may see."""

from __future__ import annotations

from datetime import date

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.synthesis.asking.answering import answered
from sanyan.apps.synthesis.asking.parts import Answer, Corrections
from sanyan.core.signed_documents import Words

NO_CORRECTIONS = Corrections()


def answer(
    *, viewer: Viewer, question: str, round_id: int, today: date, corrections: Corrections = NO_CORRECTIONS
) -> Answer:
    """The answer to a question asked while looking at a round. It never guesses: what cannot be told is "not found",
    with the reason. NotFoundError for an unknown round, or a viewer who may see nothing."""
    base = frameworks.round_info(viewer=viewer, round_id=round_id)
    return answered(viewer, question, base, today=today, corrections=corrections)


def examples(*, viewer: Viewer) -> tuple[Words, ...]:
    """Questions worth asking, for the roles of a viewer."""
    if viewer.has("area_officer", "area_director", "school_staff"):
        return _FOR_AREAS
    return _FOR_REGIONS if viewer.has("region_director") else _FOR_ALL


_FOR_AREAS = (
    Words("ภาพรวมของเขตเราเป็นอย่างไร", "How is our area doing overall?"),
    Words("จุดแข็งของเขตเรา", "Strengths of our area"),
    Words("เขตเราควรพัฒนาเรื่องอะไร", "What should our area improve?"),
    Words("ตัวชี้วัดใดของเขตเราแย่ลงจากปีก่อน", "Which indicators of our area got worse since last year?"),
    Words("สิ้นปีเขตเราจะเบิกจ่ายงบภาพรวมถึงเป้าไหม", "Will our area's overall disbursement meet the target by year-end?"),
    Words("อัตราการออกกลางคันคิดอย่างไร", "How is the drop-out rate calculated?"),
)
_FOR_REGIONS = (
    Words("เขตใดต้องการความช่วยเหลือก่อน", "Which areas need help first?"),
    Words("มีสัญญาณเตือนอะไรที่ต้องรีบดู", "What signals need attention?"),
    Words("เขตไหนยังไม่ส่งรายงาน", "Who has not reported yet?"),
    Words("เขตใดมีจุดแข็งด้านการอ่าน", "Which areas are strong in reading?"),
    Words("เขตเจอปัญหาอะไรเรื่องครูขาด", "What problems do areas report about teacher shortage?"),
    Words("โรงเรียนแบบใดควรต่อยอด", "Which school models are worth extending?"),
)
_FOR_ALL = (
    Words("เขตใดมีจุดแข็งด้านการอ่าน", "Which areas are strong in reading?"),
    Words("เด็กหลุดจากระบบเพิ่มขึ้นที่ไหน", "Where have out-of-school children increased?"),
    Words("ปัญหาที่พบบ่อยของโรงเรียนขนาดเล็กในภาคเหนือรอบ 9 เดือน", "What problems do small schools in the north report?"),
    Words("โรงเรียนแบบใดควรต่อยอด", "Which school models are worth extending?"),
    Words("เทียบภาคเหนือกับภาคใต้เรื่องการเบิกจ่ายงบลงทุน", "Compare the north and the south in investment budget disbursement"),
    Words("กี่เขตถึงเป้าเรื่องการส่ง SAR", "How many areas meet the target on SAR?"),
    Words("สิ้นปีจะเบิกจ่ายงบภาพรวมถึงเป้าไหม", "Will overall disbursement meet the target by year-end?"),
    Words("เขตไหนยังไม่ส่งรายงาน", "Who has not reported yet?"),
)
