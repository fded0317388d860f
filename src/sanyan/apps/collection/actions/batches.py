"""Many workbooks at once: kept first, then read and stored one by one in a job that can be watched and stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection.actions.workbooks import ReadWorkbook, UploadedFile, store_readings
from sanyan.apps.collection.queries.imports import ImportView
from sanyan.apps.collection.queries.workbooks import RoundForm, round_form
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.jobs.actions import JobRun
from sanyan.apps.jobs.queries import JobInfo
from sanyan.core.errors import BadInputError, SanyanError
from sanyan.engines.documents.workbooks import parse_opened

KIND = "collection.import_workbooks"
MOST_FILES = 300
AT_ONCE = 25


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
    """Import the files of a job, some at a time. Every file is listed as stored or with the reason it was not."""
    files = run.payload["files"]
    form = _form(by, int(run.payload["round_id"]))
    stored: list[dict[str, object]] = []
    refused: list[dict[str, object]] = []
    for start in range(0, len(files), AT_ONCE):
        run.check_cancelled()
        some = files[start : start + AT_ONCE]
        run.progress(start, len(files), some[0]["name"])
        imported = _import(by, form, [_held(file) for file in some], now)
        stored += [{"file": view.file_name, **_told(view)} for view in imported.stored]
        refused += [{"file": name, **error.as_dict()} for name, error in imported.refused]
    run.progress(len(files), len(files))
    return {"stored": stored, "refused": refused}


@dataclass(frozen=True)
class Imported:
    """What became of each file: stored, or refused with the reason."""

    stored: tuple[ImportView, ...]
    refused: tuple[tuple[str, SanyanError], ...]


def import_workbooks(*, by: Viewer, round_id: int, files: Sequence[tuple[str, bytes]], now: datetime) -> Imported:
    """Read workbooks of a round and store those that can be used, AT_ONCE of them together.

    Each says by itself, or by its name, whose it is. Two workbooks of one area in one call are stored one after the
    other, the later one last.
    """
    form = _form(by, round_id)
    parts = [_import(by, form, files[start : start + AT_ONCE], now) for start in range(0, len(files), AT_ONCE)]
    return Imported(
        tuple(view for part in parts for view in part.stored), tuple(each for part in parts for each in part.refused)
    )


def _form(by: Viewer, round_id: int) -> RoundForm:
    require(viewer=by, capability=Capability.MANAGE)
    return round_form(viewer=by, round_id=round_id)


def _import(by: Viewer, form: RoundForm, files: Sequence[tuple[str, bytes]], now: datetime) -> Imported:
    refused: list[tuple[str, SanyanError]] = []
    waiting: dict[int, ReadWorkbook] = {}
    stored: list[ImportView] = []
    for name, data in files:
        try:
            submission_id, context, opened = form.owner_of(name, data)
            reading = parse_opened(opened, context=context)
        except SanyanError as error:
            refused.append((name, error))
            continue
        if submission_id in waiting:
            stored += _store(by, list(waiting.values()), refused, now)
            waiting.clear()
        waiting[submission_id] = ReadWorkbook(submission_id, UploadedFile.of(name, data), reading)
    stored += _store(by, list(waiting.values()), refused, now)
    return Imported(tuple(stored), tuple(refused))


def _store(
    by: Viewer, readings: Sequence[ReadWorkbook], refused: list[tuple[str, SanyanError]], now: datetime
) -> list[ImportView]:
    """Store together; where one of them is closed for change, one by one, so that it costs no other."""
    if not readings:
        return []
    try:
        return list(store_readings(by=by, readings=readings, now=now))
    except SanyanError as error:
        if len(readings) == 1:
            refused.append((readings[0].file.name, error))
            return []
        return [view for item in readings for view in _store(by, [item], refused, now)]


def _held(file: dict[str, str]) -> tuple[str, bytes]:
    with default_storage.open(file["path"]) as kept:
        return file["name"], kept.read()


def _told(view: ImportView) -> dict[str, object]:
    return {"accepted": view.report.get("accepted"), "faults": view.report.get("faults")}
