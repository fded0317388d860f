"""The gates to frameworks and rounds for those who may change them."""

from __future__ import annotations

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.frameworks.models import Framework, FrameworkVersion, Round
from sanyan.core.errors import NotFoundError, NothingToDoError


def framework(*, viewer: Viewer, code: str) -> Framework:
    """A framework to change, its row locked for the transaction; raise NotFoundError where there is none."""
    require(viewer=viewer, capability=Capability.MANAGE)
    found = Framework.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFoundError(code)
    return found


def draft(*, viewer: Viewer, code: str) -> FrameworkVersion:
    """The draft of a framework; raise NothingToDoError where it has none."""
    held = framework(viewer=viewer, code=code)
    found = held.versions.filter(state=FrameworkVersion.State.DRAFT).first()
    if found is None:
        raise NothingToDoError(
            "no-draft",
            "กรอบนี้ไม่มีฉบับร่าง อาจประกาศใช้หรือยกเลิกไปแล้ว",
            "This framework has no draft: it may have been published or discarded.",
            next_th="นำเข้าหรือบันทึกฉบับร่างก่อน",
            next_en="Import or save a draft first.",
            place=code,
        )
    return found


def published(*, viewer: Viewer, code: str) -> FrameworkVersion:
    """The version in force; raise NothingToDoError where none is published."""
    held = framework(viewer=viewer, code=code)
    found = held.versions.filter(state=FrameworkVersion.State.PUBLISHED).first()
    if found is None:
        raise NothingToDoError(
            "not-published",
            "กรอบนี้ยังไม่มีฉบับที่ประกาศใช้",
            "This framework has no published version.",
            next_th="ประกาศใช้ฉบับร่างก่อน",
            next_en="Publish the draft first.",
            place=code,
        )
    return found


def round_(*, viewer: Viewer, id: int) -> Round:
    """A round to change, its row locked; raise NotFoundError where there is none."""
    require(viewer=viewer, capability=Capability.MANAGE)
    found = Round.objects.select_for_update().select_related("framework").filter(pk=id).first()
    if found is None:
        raise NotFoundError(f"round {id}")
    return found
