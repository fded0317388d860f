from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.frameworks import access
from sanyan.apps.frameworks.models import Framework as FrameworkRow
from sanyan.apps.frameworks.models import FrameworkVersion
from sanyan.apps.frameworks.queries import FrameworkFile, read_framework_file
from sanyan.core.errors import Fault, NothingToDoError
from sanyan.core.forms.framework_codec import to_dict
from sanyan.core.forms.framework_faults import FrameworkFaultsError
from sanyan.core.forms.framework_rules import LONGEST_FRAMEWORK_CODE, is_code
from sanyan.core.forms.framework_validation import validate
from sanyan.core.indicators.definitions import Framework


@dataclass(frozen=True)
class SavedDraft:
    """A draft as it was stored. `faults` are what must (errors) or might (warnings) be put right before
    it is published."""

    framework_code: str
    version_id: int
    number: int
    faults: tuple[Fault, ...] = ()


def save_draft(*, by: Viewer, definition: Framework, now: datetime) -> SavedDraft:
    """Store a definition as the draft of its framework, in place of any draft there is.

    A draft may be unfinished; raise FrameworkFaultsError only where its code cannot name a framework, and
    NothingToDoError where the same text is stored already.
    """
    return _store(by, definition, now, validate(definition, today=timezone.localdate(now)))


def import_framework_workbook(*, by: Viewer, data: bytes, file_name: str, now: datetime) -> SavedDraft:
    """Store an Excel workbook as a draft; raise BadInputError with all faults where it cannot be read."""
    return import_framework_file(by=by, data=data, file_name=file_name, now=now)


def import_framework_yaml(*, by: Viewer, data: bytes, file_name: str, now: datetime) -> SavedDraft:
    """Store a YAML file as a draft; raise BadInputError with all faults where it cannot be read."""
    return import_framework_file(by=by, data=data, file_name=file_name, now=now, as_yaml=True)


def import_framework_file(
    *, by: Viewer, data: bytes, file_name: str, now: datetime, as_yaml: bool = False
) -> SavedDraft:
    """Store a YAML file (by its name) or a workbook as a draft, with faults at the places of that file."""
    require(viewer=by, capability=Capability.MANAGE)
    read = read_framework_file(
        viewer=by, data=data, file_name=file_name, as_yaml=as_yaml, today=timezone.localdate(now)
    )
    return _store(by, _readable(read, file_name), now, read.faults, source=file_name)


def discard_draft(*, by: Viewer, framework_code: str, now: datetime) -> None:
    """Throw the draft away; a framework that never had another version goes with it."""
    with transaction.atomic():
        draft = access.draft(viewer=by, code=framework_code)
        framework, number = draft.framework, draft.number
        draft.delete()
        if not framework.versions.exists() and not framework.rounds.exists():
            framework.delete()
        record(by=by, trace=_trace("frameworks.draft_discarded", framework_code, number=number), now=now)


def _readable(read: FrameworkFile, file_name: str) -> Framework:
    if read.framework is None:
        raise FrameworkFaultsError(
            [fault for fault in read.faults if fault.is_error], code="framework-unreadable", place=file_name
        )
    return read.framework


def _store(by: Viewer, definition: Framework, now: datetime, faults: tuple[Fault, ...], source: str = "") -> SavedDraft:
    require(viewer=by, capability=Capability.MANAGE)
    if not is_code(definition.code, LONGEST_FRAMEWORK_CODE):
        raise FrameworkFaultsError([fault for fault in faults if fault.code in ("code-wrong", "name-too-long")])
    with transaction.atomic():
        framework = _framework_for(definition)
        draft = framework.versions.filter(state=FrameworkVersion.State.DRAFT).first()
        _refuse_the_same(framework, draft, definition)
        draft = draft or FrameworkVersion(framework=framework, number=_next_number(framework), created_at=now)
        draft.definition = to_dict(definition)
        draft.authored_by = definition.authored_by
        draft.checked_by = definition.checked_by
        draft.next_review = definition.next_review
        draft.save()
        detail = {"number": draft.number, "source": source}
        record(by=by, trace=_trace("frameworks.draft_saved", framework.code, **detail), now=now)
    return SavedDraft(framework.code, draft.pk, draft.number, faults)


def _framework_for(definition: Framework) -> FrameworkRow:
    """The row that holds the versions; its names follow the draft until something is published."""
    framework = FrameworkRow.objects.select_for_update().filter(code=definition.code).first()
    if framework is None:
        framework = FrameworkRow(code=definition.code)
    elif framework.versions.exclude(state=FrameworkVersion.State.DRAFT).exists():
        return framework
    framework.name_th = definition.name_th
    framework.name_en = definition.name_en
    framework.is_example = definition.is_example
    framework.save()
    return framework


def _refuse_the_same(framework: FrameworkRow, draft: FrameworkVersion | None, definition: Framework) -> None:
    """The checker is left aside against a published version: publishing may have named another."""
    published = framework.versions.filter(state=FrameworkVersion.State.PUBLISHED).first()
    same = (
        draft.definition == to_dict(definition)
        if draft is not None
        else published is not None
        and {**published.definition, "checked_by": ""}
        == {**to_dict(replace(definition, checked_by="")), "checked_by": ""}
    )
    if same:
        raise NothingToDoError(
            "framework-unchanged",
            "เนื้อหาเหมือนฉบับที่เก็บไว้แล้ว จึงไม่มีอะไรเปลี่ยน",
            "The content is the same as what is stored; nothing changed.",
            next_th="ใช้ฉบับที่มีอยู่ต่อได้ทันที",
            next_en="Go on with what is there.",
            place=framework.code,
        )


def _next_number(framework: FrameworkRow) -> int:
    latest: int | None = framework.versions.aggregate(latest=Max("number"))["latest"]
    return (latest or 0) + 1


def _trace(action: str, code: str, **detail: Any) -> Trace:
    return Trace(action=action, object_type="framework", object_id=code, detail=detail)
