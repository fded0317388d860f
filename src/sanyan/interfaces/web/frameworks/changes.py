from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.frameworks import actions, queries
from sanyan.core.errors import SanyanError
from sanyan.core.forms.framework_faults import FrameworkFaultsError
from sanyan.interfaces.web.frameworks.forms import FrameworkUploadForm, PublishForm
from sanyan.interfaces.web.pages import page, told


@page
def upload(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Take in a framework as a draft, or say by sheet and cell what to put right."""
    require(viewer=viewer, capability=Capability.MANAGE)
    form = FrameworkUploadForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "faults": ()}
    if request.method != "POST" or not form.is_valid():
        return render(request, "frameworks/upload.html", context, status=400 if request.method == "POST" else 200)
    sent = form.cleaned_data["file"]
    try:
        saved = actions.import_framework_file(by=viewer, data=sent.read(), file_name=sent.name, now=timezone.now())
    except FrameworkFaultsError as error:
        context |= {"faults": error.faults, "file_name": sent.name}
        return render(request, "frameworks/upload.html", context, status=400)
    except SanyanError as error:
        told(request, error)
        return HttpResponseRedirect(reverse("frameworks:upload"))
    if saved.faults:
        context |= {"faults": saved.faults, "saved": saved, "file_name": sent.name}
        return render(request, "frameworks/upload.html", context)
    messages.success(request, _("เก็บเป็นฉบับร่างแล้ว ตรวจดูแล้วประกาศใช้ได้"))
    return HttpResponseRedirect(reverse("frameworks:version", args=[saved.version_id]))


@page
def publish(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Ask who checked the draft, then put it in force; every fault is listed where it is not ready."""
    require(viewer=viewer, capability=Capability.MANAGE)
    draft = queries.find_version(viewer=viewer, framework_code=code, state="draft")
    form = PublishForm(request.POST or None, initial={"checked_by": draft.checked_by})
    context: dict[str, object] = {"form": form, "draft": draft, "faults": ()}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.publish(
                by=viewer, framework_code=code, checked_by=form.cleaned_data["checked_by"], now=timezone.now()
            )
        except FrameworkFaultsError as error:
            context["faults"] = error.faults
            return render(request, "frameworks/publish.html", context, status=400)
        except SanyanError as error:
            told(request, error)
            return HttpResponseRedirect(reverse("frameworks:publish", args=[code]))
        messages.success(request, _("ประกาศใช้แล้ว ฉบับก่อนหน้าเลิกใช้ รอบที่เปิดไปแล้วไม่เปลี่ยน"))
        return HttpResponseRedirect(reverse("frameworks:version", args=[made]))
    return render(request, "frameworks/publish.html", context)
