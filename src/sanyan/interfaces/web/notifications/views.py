from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.notifications import actions, queries
from sanyan.apps.notifications.queries import NotificationInfo
from sanyan.core.errors import NothingToDoError
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.addresses import id_of
from sanyan.interfaces.web.notifications.forms import SubscriptionForm
from sanyan.interfaces.web.pages import page, show, try_to

A_PAGE = 40


@dataclass(frozen=True)
class Day:
    """What was told on one day."""

    day: date
    items: tuple[NotificationInfo, ...]


@dataclass(frozen=True)
class Part:
    """The unread or the read, by days."""

    is_read: bool
    days: tuple[Day, ...]


@page
def inbox(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer was told: the unread first, the latest day first."""
    unread_only = request.GET.get("show") == "unread"
    unread = queries.inbox_size(viewer=viewer, unread_only=True)
    total = queries.inbox_size(viewer=viewer)
    shown = Paginator(range(unread if unread_only else total), A_PAGE).get_page(request.GET.get("page"))
    offset = max(0, shown.start_index() - 1)
    items = queries.inbox(viewer=viewer, unread_only=unread_only, limit=A_PAGE, offset=offset)
    context = {
        "parts": _parts(items),
        "shown": shown,
        "unread_only": unread_only,
        "unread": unread,
        "total": total,
        "newest": max((item.id for item in items), default=0) if not offset else None,
        "today": timezone.localdate(),
        "answer": _answer(unread, total),
    }
    return show(request, "notifications/inbox.html", context)


@require_safe
@page
def follow(request: HttpRequest, viewer: Viewer, notification_id: int) -> HttpResponse:
    """Go where a notification points, which is to have read it."""
    found = queries.notification(viewer=viewer, id=notification_id)
    with suppress(NothingToDoError):
        actions.mark_read(by=viewer, notification_id=notification_id, now=timezone.now())
    return HttpResponseRedirect(found.link)


@require_POST
@page
def read(request: HttpRequest, viewer: Viewer, notification_id: int) -> HttpResponse:
    with suppress(NothingToDoError):
        actions.mark_read(by=viewer, notification_id=notification_id, now=timezone.now())
    return _back_to_inbox(request)


@require_POST
@page
def read_all(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All that the page showed as unread; what came since stays so."""
    with suppress(NothingToDoError):
        actions.mark_all_read(by=viewer, up_to=id_of(request.POST.get("newest", "")), now=timezone.now())
    return _back_to_inbox(request)


@page
def settings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer wishes to hear of each topic, and how."""
    chosen = queries.subscriptions(viewer=viewer)
    forms = []
    for wish in chosen:
        is_sent = request.method == "POST" and request.POST.get("topic") == wish.topic
        held = {"in_app": wish.in_app, "email": wish.email, "minimum": wish.minimum}
        form = SubscriptionForm(request.POST if is_sent else None, prefix=wish.topic, initial=held)
        if is_sent and form.is_valid():
            try_to(
                request,
                partial(actions.subscribe, by=viewer, topic=wish.topic, **form.cleaned_data, now=timezone.now()),
                done=_("บันทึกการแจ้งเตือนแล้ว"),
            )
            return HttpResponseRedirect(reverse("notifications:settings"))
        forms.append((wish, form))
    context = {
        "forms": forms,
        "mailing": queries.mailing(viewer=viewer),
        "manages": may(viewer=viewer, capability=Capability.MANAGE),
    }
    return show(request, "notifications/settings.html", context)


@page
def deliveries(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What went out by mail lately, and what did not; for those who manage the system."""
    found = queries.deliveries(viewer=viewer)
    context = {"deliveries": found, "answer": _standing_of_mail(found, is_on=queries.mailing(viewer=viewer).is_on)}
    return show(request, "notifications/deliveries.html", context)


def _standing_of_mail(found: Sequence[queries.DeliveryInfo], *, is_on: bool) -> str:
    if not is_on:
        return _("ระบบนี้ยังไม่ได้เปิดใช้อีเมล ผู้ดูแลเครื่องเปิดได้ด้วยค่าตั้ง SANYAN_EMAIL_URL")
    troubled = sum(bool(row.error) for row in found)
    if not troubled:
        return _("ฉบับล่าสุดส่งได้ทุกฉบับ") if found else ""
    return _("ส่งไม่ได้ %(troubled)s จาก %(all)s ฉบับล่าสุด") % {
        "troubled": formats.count(troubled),
        "all": formats.count(len(found)),
    }


def _parts(items: Iterable[NotificationInfo]) -> list[Part]:
    """Items in the order of the inbox, as parts of days."""
    return [
        Part(
            is_read,
            tuple(
                Day(day, tuple(told)) for day, told in groupby(part, key=lambda it: timezone.localdate(it.created_at))
            ),
        )
        for is_read, part in groupby(items, key=lambda item: item.read_at is not None)
    ]


def _answer(unread: int, total: int) -> str:
    if not total:
        return _("ยังไม่มีเรื่องแจ้งเตือน")
    if not unread:
        return _("อ่านครบทุกเรื่องแล้ว")
    return _("ยังไม่อ่าน %(unread)s จาก %(total)s เรื่อง") % {
        "unread": formats.count(unread),
        "total": formats.count(total),
    }


def _back_to_inbox(request: HttpRequest) -> HttpResponse:
    kept = "?show=unread" if request.POST.get("show") == "unread" else ""
    return HttpResponseRedirect(reverse("notifications:inbox") + kept)
