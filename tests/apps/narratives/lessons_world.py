"""Areas with two problems between them, sorted into a signed set of themes, so that there are lessons."""

from __future__ import annotations

import random

from tests.apps.narratives.written import read_all, wrote
from tests.factories import AREAS, NOW, World, certify, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.narratives import actions
from sanyan.core.forms.answers import FilledAnswer

PHRASES = (
    (
        "สัญญาณอินเทอร์เน็ตไม่เสถียร",
        "คอมพิวเตอร์เก่าชำรุด",
        "ค่าเช่าสัญญาณไม่พอ",
        "เรียนออนไลน์ไม่ได้",
        "ไฟฟ้าดับบ่อย",
        "แท็บเล็ตไม่ครบคน",
    ),
    (
        "ครูไม่ครบชั้น",
        "ขาดแคลนครูวิชาเอก",
        "ต้องสอนควบชั้น",
        "ครูเกษียณไม่ได้อัตราคืน",
        "ครูย้ายกลางปี",
        "ครูคนเดียวสอนทุกวิชา",
    ),
)


def problems(matter: int, seed: int, *, more: str = "") -> FilledAnswer:
    """A narrative of four passages on one of the two matters, in words of its own; `more` stands at its end."""
    drawn = random.Random(seed)
    text = "\n\n".join(" และ".join(drawn.sample(PHRASES[matter], 3)) + " ในหลายพื้นที่ของเขต" for _ in range(4))
    return wrote(title=f"เรื่องที่ {seed}", problem=text + more)


def signed_world(areas: tuple[str, ...] = AREAS) -> World:
    """Areas whose problems, by turns of the two matters, make two signed themes applied to every passage."""
    made = small_world()
    for place, code in enumerate(areas):
        certify(made, code, problems(place % 2, place))
    read_all()
    officer = viewer("me_officer")
    question = actions.Question("SMALL", is_practice=False, stance="problem")
    proposed = actions.propose_themes(by=officer, question=question, groups=2, now=NOW)
    actions.sign_themes(by=officer, theme_set_id=proposed, now=NOW)
    actions.apply_signed(by=SYSTEM, now=NOW)
    return made
