"""One organisation at a time: made, named, moved, closed. What was true before stays on record with its dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sanyan.apps.audit import actions as audit
from sanyan.apps.audit.actions import Actor, Trace
from sanyan.apps.organisations import queries
from sanyan.apps.organisations.actions.importing import import_organisations
from sanyan.apps.organisations.aliases import normalised
from sanyan.apps.organisations.checking import stands_above
from sanyan.apps.organisations.models import Alias, Organisation, Tie
from sanyan.apps.organisations.registry import OrganisationRow
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError


def create_organisation(
    *, by: Actor, row: OrganisationRow, valid_from: date, now: datetime
) -> queries.OrganisationInfo:
    """Make one organisation with its ties and aliases; raise BadInputError when it is known or cannot be."""
    if Organisation.objects.filter(code=row.code).exists():
        raise BadInputError(
            "code-taken",
            "มีหน่วยงานที่ใช้รหัสนี้แล้ว",
            "An organisation has this code already.",
            next_th="ใช้รหัสอื่น หรือแก้ไขหน่วยงานเดิม",
            next_en="Use another code, or change the one there is.",
            place=row.code,
        )
    result = import_organisations(by=by, rows=[row], valid_from=valid_from, now=now)
    for fault in result.faults:
        raise BadInputError(
            fault.code, fault.th, fault.en, next_th=fault.next_th, next_en=fault.next_en, place=fault.subject
        )
    return queries.by_code(codes=[row.code], on=timezone.localdate(now))[row.code]


def add_alias(
    *,
    by: Actor,
    organisation_id: int,
    text: str,
    is_code: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
    now: datetime,
) -> None:
    """Let an organisation be found by another name or code; raise NothingToDoError when it is kept already."""
    kind = Alias.Kind.CODE if is_code else Alias.Kind.NAME
    if not normalised(text, kind) or (valid_from and valid_to and valid_from >= valid_to):
        raise BadInputError(
            "alias-unusable",
            "ชื่อหรือรหัสว่าง หรือวันที่สลับกัน",
            "The name or code is empty, or its dates are the wrong way round.",
            next_th="แก้ชื่อหรือวันที่แล้วลองอีกครั้ง",
            next_en="Correct the name or the dates.",
            place=text,
        )
    with transaction.atomic():
        organisation = _organisation(organisation_id)
        _, made = Alias.objects.get_or_create(
            organisation=organisation,
            kind=kind,
            text=text,
            defaults={
                "normalised": normalised(text, kind),
                "valid_from": valid_from,
                "valid_to": valid_to,
            },
        )
        if not made:
            raise _alias_kept()
        _record(by, "organisations.add_alias", organisation, {"text": text, "kind": kind.value}, now)


def move(*, by: Actor, child_id: int, parent_id: int, scheme: str, on: date, now: datetime) -> None:
    """Close the tie that holds and open the next on a day, today at the latest: sight follows open ties."""
    with transaction.atomic():
        child, parent = _organisation(child_id), _organisation(parent_id)
        _refuse_future(on, now)
        region_wanted = scheme == Tie.Scheme.INSPECTION and parent.kind != Organisation.Kind.REGION
        if scheme not in Tie.Scheme.values or region_wanted or not stands_above(parent.kind, child.kind):
            raise BadInputError(
                "parent-not-above",
                "หน่วยงานที่เลือกเป็นต้นสังกัดแบบนี้ไม่ได้",
                "The organisation chosen cannot be the parent in this scheme.",
                next_th="เลือกหน่วยงานระดับที่สูงกว่า และเขตตรวจราชการสำหรับสายการตรวจราชการ",
                next_en="Choose one of a higher kind, and an inspection region for inspection.",
                place=parent.code,
            )
        tie = Tie.objects.filter(child=child, scheme=scheme, valid_to__isnull=True).first()
        if tie is not None:
            if tie.parent_id == parent.pk:
                raise NothingToDoError(
                    "tie-held",
                    "หน่วยงานนี้อยู่ในสังกัดนั้นแล้ว",
                    "The organisation stands there already.",
                    next_th="ไม่ต้องย้าย หรือเลือกต้นสังกัดอื่น",
                    next_en="Nothing to move; or choose another parent.",
                )
            _close_tie(tie, on)
        Tie.objects.create(child=child, parent=parent, scheme=scheme, valid_from=on)
        detail = {"scheme": scheme, "to": parent.code, "on": on.isoformat()}
        _record(by, "organisations.move", child, detail, now)


def close_organisation(*, by: Actor, organisation_id: int, on: date, now: datetime) -> None:
    """Close an organisation and its ties on a day; raise BadInputError while others stand below it."""
    with transaction.atomic():
        organisation = _organisation(organisation_id)
        _refuse_future(on, now)
        if organisation.closed_on is not None:
            raise NothingToDoError(
                "organisation-closed",
                "หน่วยงานนี้ปิดไปแล้ว",
                "The organisation is closed already.",
                next_th="ไม่ต้องปิดอีก ตรวจว่าเลือกหน่วยงานถูกแห่ง",
                next_en="Nothing to close; check that it is the one you mean.",
            )
        if Tie.objects.filter(parent=organisation, valid_to__isnull=True).exists():
            raise BadInputError(
                "organisation-has-children",
                "ยังมีหน่วยงานในสังกัดอยู่",
                "Other organisations still stand below it.",
                next_th="ย้ายหน่วยงานในสังกัดไปที่ใหม่ก่อน",
                next_en="Move them first.",
                place=organisation.code,
            )
        for tie in Tie.objects.filter(child=organisation, valid_to__isnull=True):
            _close_tie(tie, on)
        organisation.closed_on = on
        organisation.save(update_fields=["closed_on"])
        _record(by, "organisations.close", organisation, {"on": on.isoformat()}, now)


def _organisation(organisation_id: int) -> Organisation:
    found = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if found is None:
        raise NotFoundError
    return found


def _close_tie(tie: Tie, on: date) -> None:
    if on <= tie.valid_from:
        raise BadInputError(
            "tie-began-later",
            f"สังกัดเดิมเริ่มวันที่ {tie.valid_from.isoformat()} วันที่ย้ายต้องอยู่หลังวันนั้น",
            f"The tie that holds began on {tie.valid_from.isoformat()}; choose a later day.",
            next_th="เลือกวันที่ใหม่",
            next_en="Choose another day.",
            place=on.isoformat(),
        )
    tie.valid_to = on
    tie.save(update_fields=["valid_to"])


def _refuse_future(on: date, now: datetime) -> None:
    if on > timezone.localdate(now):
        raise BadInputError(
            "day-in-future",
            "วันที่มีผลต้องไม่เกินวันนี้",
            "The day cannot lie in the future.",
            next_th="กลับมาทำรายการเมื่อถึงวันนั้น",
            next_en="Come back on that day.",
            place=on.isoformat(),
        )


def _record(by: Actor, action: str, organisation: Organisation, detail: Mapping[str, object], now: datetime) -> None:
    trace = Trace(action, "organisation", str(organisation.pk), organisation.pk, detail)
    audit.record(by=by, trace=trace, now=now)


def _alias_kept() -> NothingToDoError:
    return NothingToDoError(
        "alias-kept",
        "มีชื่อหรือรหัสนี้อยู่แล้ว",
        "The name or code is kept already.",
        next_th="ไม่ต้องเพิ่มอีก ค้นหาหน่วยงานด้วยชื่อหรือรหัสนี้ได้เลย",
        next_en="Nothing to add: the organisation is found by it.",
    )
