"""Areas that wrote something, read and ready for pages. Imported by tests once Django is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from tests.apps.narratives.problems_world import OFFICER
from tests.apps.narratives.written import read_all, wrote
from tests.factories import NOW, World, certify, small_world

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.narratives import actions

NAMED = "ครูไม่ครบชั้น ผู้ประสานงาน นายสมชาย ใจดี โทร 081-234-5678"
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


def searchable_world() -> World:
    """A1 names a person, A2 has the same trouble, B1 another; markup in B2."""
    made = small_world()
    certify(made, "A1", wrote(title="แก้ปัญหาครู", problem=NAMED))
    certify(made, "A2", wrote(title="จัดครูหมุนเวียน", problem="ครูไม่ครบชั้นในโรงเรียนขนาดเล็ก จึงใช้ครูหมุนเวียนระหว่างโรงเรียน"))
    certify(made, "B1", wrote(title="อินเทอร์เน็ตโรงเรียน", problem="สัญญาณอินเทอร์เน็ตไม่เสถียร เรียนออนไลน์ไม่ได้"))
    certify(made, "B2", wrote(title="งานของเขต", problem="ห้องสมุด <b>ชำรุด</b> หลังฝนตกหนัก ต้องย้ายหนังสือทั้งหมด"))
    read_all()
    return made


def sign(theme_set: int) -> None:
    """Sign a proposal and sort all passages by it."""
    actions.sign_themes(by=OFFICER, theme_set_id=theme_set, now=NOW)
    actions.apply_signed(by=SYSTEM, now=NOW)
