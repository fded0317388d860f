"""Deeds from a case's page and from the list of candidates."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.cases import actions
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web.addresses import id_of
from sanyan.interfaces.web.pages import try_to


def send(request: HttpRequest, viewer: Viewer, case_id: int) -> None:
    """Do what was sent from a case's page; the app refuses what may not be done."""
    now, sent = timezone.now(), request.POST
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "draft": (lambda: actions.draft_card(by=viewer, case_id=case_id, now=now), _("เติมบัตรจากต้นฉบับแล้ว")),
        "verify": (lambda: actions.verify(by=viewer, case_id=case_id, now=now), _("บันทึกว่าตรวจกับต้นฉบับแล้ว")),
        "publish": (lambda: actions.publish(by=viewer, case_id=case_id, now=now), _("เผยแพร่ในคลังแบบอย่างแล้ว")),
        "withdraw": (
            lambda: actions.withdraw(by=viewer, case_id=case_id, because=sent.get("because", ""), now=now),
            _("ถอนเรื่องนี้ออกแล้ว"),
        ),
        "assign": (
            lambda: actions.assign_reviewer(
                by=viewer, case_id=case_id, reviewer_id=id_of(sent.get("reviewer", "")) or 0, now=now
            ),
            _("มอบให้ผู้ตรวจทานแล้ว"),
        ),
    }
    deed = deeds.get(sent.get("deed", ""))
    if deed is None:
        raise NotFoundError("deed")
    try_to(request, deed[0], done=deed[1])


def look_again(request: HttpRequest, viewer: Viewer, info: RoundInfo) -> None:
    """Look over a round for candidates: in its figures, and in what reports offer as models; draft what is new."""
    try_to(
        request,
        lambda: actions.ask_to_look(by=viewer, round_id=info.id, now=timezone.now()),
        done=_("เริ่มค้นหาผู้สมัครและร่างบัตรแล้ว ดูความคืบหน้าได้ที่งานเบื้องหลัง"),
    )
