"""What stands behind an answer, added and taken away one by one. Workbooks bring theirs with `store_report`."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection import access
from sanyan.apps.collection.actions.answers import Provenance, require_editable, store_report
from sanyan.apps.collection.models import Answer, Evidence, Submission
from sanyan.apps.collection.queries.asked import asked_of
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError
from sanyan.core.forms.answers import FilledEvidence
from sanyan.core.forms.framework_layout import EVIDENCE
from sanyan.core.indicators.definitions import Indicator

LONGEST_TITLE, LONGEST_PLACE = 300, 500
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?=\S)", re.IGNORECASE)
_DRIVE = re.compile(r"[a-z]:[\\/](?![\\/])", re.IGNORECASE)  # a folder on an office's own disk is a plain place


def add_evidence(*, by: Viewer, submission_id: int, item: FilledEvidence, now: datetime) -> None:
    """Add one piece of evidence while the submission may still be changed.

    Raise BadInputError for what cannot be kept, NothingToDoError where it is there already.
    """
    item = FilledEvidence(item.indicator, item.kind, item.title.strip(), item.location.strip())
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.ANSWER)
        require_editable(row)
        _check(_asked(by, row, item.indicator), item)
        if _held(row, item.indicator, item.kind, item.title) is not None:
            raise NothingToDoError(
                "evidence-there-already",
                "มีหลักฐานชื่อนี้อยู่แล้ว",
                "Evidence of this name is there already.",
                next_th="ใช้รายการเดิม หรือตั้งชื่อให้ต่างกัน",
                next_en="Keep the one there is, or give it another name.",
                place=item.indicator,
            )
        given = Provenance(Answer.Origin.WEB)
        store_report(by=by, submission=row, answers=(), provenance=given, now=now, evidence=(item,))


def remove_evidence(*, by: Viewer, submission_id: int, indicator: str, kind: str, title: str, now: datetime) -> None:
    """Take one piece of evidence away; the trace keeps what it was. Raise NotFoundError where there is none."""
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.ANSWER)
        require_editable(row)
        held = _held(row, indicator, kind, title)
        if held is None:
            raise NotFoundError(f"evidence {title}")
        detail = {"indicator": indicator, "kind": kind, "title": title, "location": held.location}
        held.delete()
        row.saved_at = now
        row.save(update_fields=["saved_at"])
        trace = Trace(
            "collection.remove_evidence",
            "submission",
            str(row.pk),
            organisation_id=row.assignment.organisation_id,
            detail=detail,
        )
        record(by=by, trace=trace, now=now)


def _asked(by: Viewer, row: Submission, code: str) -> Indicator:
    asked = asked_of(viewer=by, submission_ids=[row.pk])[row.pk]
    found = next((item for item in asked if item.code == code), None)
    if found is None:
        raise BadInputError(
            "indicator-unknown",
            f"ไม่มีตัวชี้วัด {code} ในกรอบของรอบนี้",
            f"Indicator {code} is not part of this round's framework.",
        )
    return found


def _held(row: Submission, code: str, kind: str, title: str) -> Evidence | None:
    return Evidence.objects.filter(submission=row, indicator__code=code, kind=kind, title=title).first()


def _check(indicator: Indicator, item: FilledEvidence) -> None:
    if item.kind not in (indicator.evidence or tuple(EVIDENCE)):
        raise BadInputError(
            "evidence-kind-unknown",
            "ตัวชี้วัดนี้ไม่ใช้หลักฐานชนิดที่เลือก",
            "This indicator does not take evidence of that kind.",
            next_th="เลือกชนิดหลักฐานจากรายการ",
            next_en="Choose a kind from the list.",
            place=item.indicator,
        )
    if not item.title or len(item.title) > LONGEST_TITLE or len(item.location) > LONGEST_PLACE:
        raise BadInputError(
            "evidence-title",
            f"ชื่อหลักฐานต้องมี และยาวไม่เกิน {LONGEST_TITLE} ตัวอักษร ที่เก็บไม่เกิน {LONGEST_PLACE}",
            f"Evidence needs a name of at most {LONGEST_TITLE} characters, and a place of at most {LONGEST_PLACE}.",
            next_th="พิมพ์ชื่อสั้น ๆ ที่บอกว่าเป็นเอกสารใด",
            next_en="Type a short name that tells which document it is.",
            place=item.indicator,
        )
    if not _is_place(item.location):
        raise BadInputError(
            "evidence-link",
            "ลิงก์ของหลักฐานต้องขึ้นต้นด้วย http:// หรือ https://",
            "A link to evidence must begin with http:// or https://.",
            next_th="คัดลอกลิงก์จากเบราว์เซอร์ หรือเขียนที่เก็บ เช่น แฟ้ม 3 ห้องธุรการ",
            next_en="Copy the link from the browser, or write where it is kept, such as file 3, office.",
            place=item.indicator,
        )


def _is_place(location: str) -> bool:
    """Whether it is a plain place, or a link that is safe to follow."""
    scheme = _SCHEME.match(location)
    if scheme is None or _DRIVE.match(location):
        return True
    if scheme[1].lower() not in ("http", "https"):
        return False
    try:
        return bool(urlsplit(location).hostname)
    except ValueError:
        return False
