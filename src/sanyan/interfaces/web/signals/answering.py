"""Deeds from a signal's page: one form each, refused in words beside the field, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.signals import actions
from sanyan.apps.signals.queries import SignalDetail
from sanyan.core.errors import BadInputError, NotFoundError, SanyanError
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.addresses import id_of
from sanyan.interfaces.web.pages import told
from sanyan.interfaces.web.signals.forms import ActForm, AssignForm, CloseForm, ReopenForm

DONE = {
    "acknowledge": _("บันทึกว่ารับทราบแล้ว"),
    "act": _("บันทึกสิ่งที่ทำแล้ว"),
    "assign": _("มอบหมายแล้ว และแจ้งผู้รับผิดชอบแล้ว"),
    "close": _("ปิดเรื่องแล้ว ขอบคุณที่บันทึกผล"),
    "reopen": _("เปิดเรื่องอีกครั้งแล้ว"),
}


@dataclass
class Answering:
    """The forms that a viewer has for a signal as it stands; `sent` is the one that came back refused."""

    may_acknowledge: bool = False
    act: ActForm | None = None
    assign: AssignForm | None = None
    close: CloseForm | None = None
    reopen: ReopenForm | None = None
    sent: str = ""
    lost: list[str] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether what was sent came back with something to put right."""
        form = getattr(self, self.sent, None) if self.sent in DONE else None
        return form is not None and bool(form.errors)

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return self.may_acknowledge or any((self.act, self.assign, self.close, self.reopen))


def forms_for(viewer: Viewer, detail: SignalDetail, request: HttpRequest) -> Answering:
    """Which forms there are; the one that was sent holds what was typed."""
    signal, sent = detail.signal, request.POST.get("deed", "")
    typed = {name: request.POST if name == sent else None for name in DONE}
    open_, may_answer = signal.state != "closed", detail.may_answer
    first = {"owner": str(signal.owner_id or ""), "due_on": signal.due_on}
    answering = Answering(sent=sent)
    if open_ and may_answer:
        answering.may_acknowledge = signal.state == "raised"
        answering.act = ActForm(typed["act"], initial={"response": signal.response, "due_on": signal.due_on})
        answering.close = CloseForm(typed["close"])
        if detail.owners:
            answering.assign = AssignForm(typed["assign"], people=detail.owners, initial=first, auto_id="assign_%s")
    elif not open_ and may(viewer=viewer, capability=Capability.REVIEW):
        answering.reopen = ReopenForm(typed["reopen"])
    if sent and sent != "acknowledge" and getattr(answering, sent, None) is None:
        names = ("response", "explanation", "reason")
        answering.lost = [request.POST[name] for name in names if request.POST.get(name, "").strip()]
    return answering


def answer(request: HttpRequest, viewer: Viewer, signal_id: int, answering: Answering) -> bool:
    """Do what was sent; False where it was refused, with the reason beside its field or as a notice."""
    deed = answering.sent
    if deed not in DONE:
        raise NotFoundError(f"deed {deed}")
    form = None if deed == "acknowledge" else getattr(answering, deed)
    if form is not None and not form.is_valid():
        return False
    try:
        held = form.cleaned_data if form is not None else _typed(request)
        _do(deed, viewer, signal_id, held, timezone.now())
    except NotFoundError:
        raise
    except SanyanError as error:
        if form is not None and isinstance(error, BadInputError) and error.place in form.fields:
            form.add_error(error.place, _sentence(error))
        else:
            told(request, error)
        return False
    messages.success(request, DONE[deed])
    return True


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed into a form that is no longer there; its days are left out."""
    return {name: value for name, value in request.POST.items() if name != "due_on"}


def _do(deed: str, viewer: Viewer, signal_id: int, held: Mapping[str, Any], now: datetime) -> None:
    """One deed with what was typed; the app refuses what may not be done."""

    def text(name: str) -> str:
        return str(held.get(name) or "")

    if deed == "acknowledge":
        actions.acknowledge(by=viewer, signal_id=signal_id, now=now)
    elif deed == "act":
        due_on = held.get("due_on")
        actions.act(by=viewer, signal_id=signal_id, response=text("response"), due_on=due_on, now=now)
    elif deed == "assign":
        actions.assign(
            by=viewer, signal_id=signal_id, owner_id=id_of(text("owner")) or 0, due_on=held.get("due_on"), now=now
        )
    elif deed == "close":
        outcome, explanation = text("outcome"), text("explanation")
        actions.close(by=viewer, signal_id=signal_id, outcome=outcome, explanation=explanation, now=now)
    else:
        actions.reopen(by=viewer, signal_id=signal_id, reason=text("reason"), now=now)


def _sentence(error: SanyanError) -> str:
    return f"{error.th} {error.next_th}".strip() if formats.in_thai() else f"{error.en} {error.next_en}".strip()
