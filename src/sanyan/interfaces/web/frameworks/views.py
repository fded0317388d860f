from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.frameworks import queries
from sanyan.apps.frameworks.queries import FrameworkSummary, FrameworkVersionView
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.frameworks.forms import FrameworkUploadForm
from sanyan.interfaces.web.pages import page, show
from sanyan.interfaces.web.rounds.uploads import XLSX, download


@page
def framework_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every framework with its versions and rounds."""
    found = queries.frameworks(viewer=viewer)
    rounds = queries.rounds(viewer=viewer)
    context = {
        "frameworks": [(item, [info for info in rounds if info.framework_code == item.code]) for item in found],
        "can_manage": may(viewer=viewer, capability=Capability.MANAGE),
        "form": FrameworkUploadForm(),
        "answer": _answer(found),
    }
    return show(request, "frameworks/list.html", context)


def _answer(found: tuple[FrameworkSummary, ...]) -> str:
    used = [item for item in found if any(version.state == "published" for version in item.versions)]
    if not used:
        return _("ยังไม่มีกรอบที่ประกาศใช้")
    names = ", ".join(
        formats.digits(item.name_th if formats.in_thai() else item.name_en or item.name_th) for item in used
    )
    return _("ใช้อยู่: %(names)s") % {"names": names}


@page
def version(request: HttpRequest, viewer: Viewer, version_id: int) -> HttpResponse:
    """One version: what it asks, by policy area."""
    found = queries.framework_version(viewer=viewer, version_id=version_id)
    definition = found.definition
    sections = [
        (area, [item for item in definition.indicators if item.policy_area == area.code])
        for area in definition.policy_areas
    ]
    context = {
        "version": found,
        "definition": definition,
        "sections": sections,
        "can_manage": may(viewer=viewer, capability=Capability.MANAGE),
        "earlier": _versions(viewer, found.framework_code, before=found.number),
        "minutes": {plan.month: _minutes(found, plan.month) for plan in definition.rounds},
        "answer": _("%(count)s ตัวชี้วัดใน %(areas)s ด้าน ผู้เขียน %(author)s")
        % {
            "count": formats.count(len(definition.indicators)),
            "areas": formats.count(len(definition.policy_areas)),
            "author": found.authored_by or formats.MISSING,
        },
    }
    return show(request, "frameworks/version.html", context)


def _minutes(found: FrameworkVersionView, month: int) -> float:
    """Usual hours for an area to answer a round."""
    return sum(item.minutes for item in found.definition.asked(month=month)) / 60


def _versions(viewer: Viewer, code: str, *, before: int) -> list[int]:
    found = next((item for item in queries.frameworks(viewer=viewer) if item.code == code), None)
    return [version.number for version in (found.versions if found else ()) if version.number < before]


@page
def workbook(request: HttpRequest, viewer: Viewer, version_id: int) -> HttpResponse:
    found = queries.framework_version(viewer=viewer, version_id=version_id)
    data = queries.export_workbook(viewer=viewer, version_id=version_id)
    return download(f"{found.framework_code}_v{found.number}.xlsx", data, XLSX)


@page
def yaml(request: HttpRequest, viewer: Viewer, version_id: int) -> HttpResponse:
    found = queries.framework_version(viewer=viewer, version_id=version_id)
    text = queries.export_yaml(viewer=viewer, version_id=version_id)
    return download(f"{found.framework_code}_v{found.number}.yaml", text, "application/yaml; charset=utf-8")


@page
def differences(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """What changed between two versions; by default the latest and the one before it."""
    found = next((item for item in queries.frameworks(viewer=viewer) if item.code == code), None)
    if found is None:
        raise NotFoundError(code)
    numbers = [version.number for version in found.versions]
    new, old = _number(request.GET.get("new"), numbers, 0), _number(request.GET.get("old"), numbers, 1)
    rows = queries.differences(viewer=viewer, framework_code=code, old=old, new=new) if old and new else ()
    context = {"framework": found, "numbers": numbers, "old": old, "new": new, "rows": rows}
    return show(request, "frameworks/differences.html", context)


def _number(text: str | None, numbers: list[int], place: int) -> int | None:
    """The version asked for, else the one at a place in the list (latest first)."""
    if text and text.isdecimal():
        found = next((number for number in numbers if str(number) == text), None)
        if found is None:
            raise NotFoundError(f"version {text}")
        return found
    return numbers[place] if len(numbers) > place else None
