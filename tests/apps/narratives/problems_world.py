"""Areas with two problems between them, read and ready to be sorted into themes."""

from __future__ import annotations

import random

from tests.apps.narratives.written import read_all, wrote
from tests.factories import AREAS, NOW, World, certify, small_world, viewer

from sanyan.apps.narratives import actions

OFFICER = viewer("me_officer")
TEACHERS = (
    "ครูไม่ครบชั้น",
    "ขาดแคลนครูวิชาเอก",
    "ต้องสอนควบชั้น",
    "ครูเกษียณไม่ได้อัตราคืน",
    "ครูย้ายกลางปี",
    "อัตรากำลังครูต่ำกว่าเกณฑ์",
    "ครูคนเดียวสอนทุกวิชา",
    "ต้องจ้างครูอัตราจ้าง",
)
NETWORK = (
    "สัญญาณอินเทอร์เน็ตไม่เสถียร",
    "คอมพิวเตอร์เก่าชำรุด",
    "ค่าเช่าสัญญาณไม่พอ",
    "เรียนออนไลน์ไม่ได้",
    "ไฟฟ้าดับบ่อย",
    "แท็บเล็ตไม่ครบคน",
    "เครือข่ายไร้สายครอบคลุมอาคารเดียว",
    "ซ่อมอุปกรณ์ดิจิทัลล่าช้า",
)


def world_of_problems() -> World:
    """Six areas, each with four passages on one of two problems, in words of its own."""
    made, drawn = small_world(), random.Random(1)
    for place, code in enumerate(AREAS):
        phrases = TEACHERS if place % 2 else NETWORK
        text = "\n\n".join(" และ".join(drawn.sample(phrases, 3)) + " ในหลายพื้นที่ของเขต" for _ in range(4))
        certify(made, code, wrote(title=f"เรื่องของเขต {code}", problem=text))
    read_all()
    return made


def proposed_themes() -> int:
    """Two themes, proposed in an officer's name."""
    question = actions.Question("SMALL", is_practice=False, stance="problem")
    return actions.propose_themes(by=OFFICER, question=question, groups=2, now=NOW)
