"""What can be kept as evidence behind an answer, and what is there already."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection.models import Evidence, Submission
from sanyan.apps.collection.queries.asked import asked_of
from sanyan.core.errors import BadInputError, NothingToDoError
from sanyan.core.forms.answers import FilledEvidence
from sanyan.core.forms.framework_layout import EVIDENCE
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.thai.characters import writable

LONGEST_TITLE, LONGEST_PLACE = 300, 500
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?=\S)", re.IGNORECASE)
_DRIVE = re.compile(r"[a-z]:[\\/](?![\\/])", re.IGNORECASE)  # a folder on an office's own disk is a plain place


def trimmed(item: FilledEvidence) -> FilledEvidence:
    """The same as any database can hold it, without blanks around its name and its place."""
    return FilledEvidence(item.indicator, item.kind, writable(item.title).strip(), writable(item.location).strip())


def there_already(item: FilledEvidence) -> NothingToDoError:
    """The error for evidence of a name that is taken."""
    return NothingToDoError(
        "evidence-there-already",
        "มีหลักฐานชื่อนี้อยู่แล้ว",
        "Evidence of this name is there already.",
        next_th="ใช้รายการเดิม หรือตั้งชื่อให้ต่างกัน",
        next_en="Keep the one there is, or give it another name.",
        place=item.indicator,
    )


def asked_indicator(by: Viewer, row: Submission, code: str) -> Indicator:
    """The indicator of this code that the submission is asked. Raise BadInputError where it is not."""
    asked = asked_of(viewer=by, submission_ids=[row.pk])[row.pk]
    found = next((item for item in asked if item.code == code), None)
    if found is None:
        raise BadInputError(
            "indicator-unknown",
            f"ไม่มีตัวชี้วัด {code} ในกรอบของรอบนี้",
            f"Indicator {code} is not part of this round's framework.",
        )
    return found


def held_evidence(row: Submission, code: str, kind: str, title: str) -> Evidence | None:
    """The evidence of this name and kind that a submission holds behind an indicator."""
    return Evidence.objects.filter(submission=row, indicator__code=code, kind=kind, title=title).first()


def require_fit(indicator: Indicator, item: FilledEvidence) -> None:
    """Raise BadInputError for evidence that cannot be kept."""
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
