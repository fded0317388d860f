"""Many workbooks at once: kept first, then read and stored one by one in a job that can be watched and stopped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection.actions.workbooks import import_workbook
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.jobs.actions import JobRun
from sanyan.apps.jobs.queries import JobInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import BadInputError, SanyanError
from sanyan.core.forms.workbook_identity import read_identity
from sanyan.engines.documents.excel import read_workbook

KIND = "collection.import_workbooks"
MOST_FILES = 300


def queue_workbooks(*, by: Viewer, round_id: int, files: Iterable[tuple[str, bytes]], now: datetime) -> JobInfo:
    """Keep the files and queue the job that imports them. Raise BadInputError for none, or for too many."""
    require(viewer=by, capability=Capability.MANAGE)
    info = frameworks.round_info(viewer=by, round_id=round_id)
    given = list(files)
    if not 0 < len(given) <= MOST_FILES:
        raise BadInputError(
            "batch-size",
            f"เลือกได้ครั้งละ 1 ถึง {MOST_FILES} ไฟล์ (เลือกมา {len(given)} ไฟล์)",
            f"Choose 1 to {MOST_FILES} files at a time ({len(given)} were chosen).",
            next_th="แบ่งส่งเป็นหลายครั้ง",
            next_en="Send them in several parts.",
        )
    folder = f"batches/{uuid4().hex}"
    kept = [
        {"name": PurePath(name).name, "path": default_storage.save(f"{folder}/{number}.xlsx", ContentFile(data))}
        for number, (name, data) in enumerate(given)
    ]
    with transaction.atomic():
        trace = Trace("collection.queue_workbooks", "round", str(round_id), detail={"files": len(kept)})
        record(by=by, trace=trace, now=now)
        return jobs.enqueue(
            kind=KIND,
            title=f"นำเข้าแฟ้มของเขต {len(kept)} ไฟล์ · {info.name_th} {info.key.fiscal_year}",
            payload={"round_id": round_id, "files": kept},
            asked_by=by,
            now=now,
        )


def import_queued(*, by: Viewer, run: JobRun, now: datetime) -> dict[str, object]:
    """Import the files of a job, one by one. Every file is listed as stored or with the reason it was not."""
    round_id, files = int(run.payload["round_id"]), run.payload["files"]
    stored, refused = [], []
    for number, file in enumerate(files):
        run.check_cancelled()
        run.progress(number, len(files), file["name"])
        with default_storage.open(file["path"]) as held:
            data = held.read()
        try:
            stored.append({"file": file["name"], **_import_one(by, round_id, file["name"], data, now)})
        except SanyanError as error:
            refused.append({"file": file["name"], **error.as_dict()})
    run.progress(len(files), len(files))
    return {"stored": stored, "refused": refused}


def _import_one(by: Viewer, round_id: int, name: str, data: bytes, now: datetime) -> dict[str, object]:
    info = frameworks.round_info(viewer=by, round_id=round_id)
    code = read_identity(read_workbook(data, file_name=name)).organisation or PurePath(name).stem.partition("_")[0]
    found = organisations.by_code(codes=[code], on=info.data_until).get(code)
    if found is None:
        raise BadInputError(
            "workbook-owner-unknown",
            "ไม่รู้ว่าเป็นแฟ้มของเขตใด",
            "It is not clear which area the workbook belongs to.",
            next_th="ใช้แฟ้มที่ดาวน์โหลดจากระบบ หรือตั้งชื่อแฟ้มขึ้นต้นด้วยรหัสเขต เช่น 4001.xlsx",
            next_en="Use a workbook downloaded from the system, or begin its name with the area's code.",
            place=name,
        )
    view = import_workbook(by=by, round_id=round_id, organisation_id=found.id, file_name=name, data=data, now=now)
    why = view.report.get("refused")
    if isinstance(why, dict):
        raise BadInputError(
            why["code"], why["th"], why["en"], next_th=why["next_th"], next_en=why["next_en"], place=name
        )
    return {
        "area": found.short_th,
        "accepted": view.report.get("accepted"),
        "faults": view.report.get("faults"),
    }
