"""Areas that wrote something, read and ready for pages. Imported by tests once Django is set up."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from tests.factories import AREAS, NOW, World, certify, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.narratives import actions
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState

NAMED = "ครูไม่ครบชั้น ผู้ประสานงาน นายสมชาย ใจดี โทร 081-234-5678"
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
OFFICER = viewer("me_officer")


T = TypeVar("T")


@contextmanager
def for_a_module(blocker: Any, make: Callable[[], T]) -> Iterator[T]:
    """What `make` puts into the database, for all tests of a module: each undoes its own changes alone."""
    with blocker.unblock():
        held = transaction.atomic()
        held.__enter__()
        made = make()
    try:
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            held.__exit__(None, None, None)


def wrote(**fields: str) -> FilledAnswer:
    return FilledAnswer("QUA-04", AnswerState.REPORTED, text=fields)


def read_all() -> None:
    actions.read_certified(by=SYSTEM, now=NOW)


def searchable_world() -> World:
    """A1 names a person, A2 has the same trouble, B1 another; markup in B2."""
    made = small_world()
    certify(made, "A1", wrote(title="แก้ปัญหาครู", problem=NAMED))
    certify(made, "A2", wrote(title="จัดครูหมุนเวียน", problem="ครูไม่ครบชั้นในโรงเรียนขนาดเล็ก จึงใช้ครูหมุนเวียนระหว่างโรงเรียน"))
    certify(made, "B1", wrote(title="อินเทอร์เน็ตโรงเรียน", problem="สัญญาณอินเทอร์เน็ตไม่เสถียร เรียนออนไลน์ไม่ได้"))
    certify(made, "B2", wrote(title="งานของเขต", problem="ห้องสมุด <b>ชำรุด</b> หลังฝนตกหนัก ต้องย้ายหนังสือทั้งหมด"))
    read_all()
    return made


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


def sign(theme_set: int) -> None:
    """Sign a proposal and sort all passages by it."""
    actions.sign_themes(by=OFFICER, theme_set_id=theme_set, now=NOW)
    actions.apply_signed(by=SYSTEM, now=NOW)
