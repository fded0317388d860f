"""Evidence files of certified reports become source texts, page by page; what cannot be read is listed with its reason.

A file is read once: one of the same bytes is the same file.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection import queries as collection
from sanyan.apps.collection.queries import CertifiedFile
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.jobs.actions import Progress
from sanyan.apps.narratives.actions.reading import Place, only_system, renew_state, save, store
from sanyan.apps.narratives.models import FileReading, SourceText, Unread
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import BadInputError, SanyanError
from sanyan.core.signed_documents import Words
from sanyan.core.text.intake import take_in
from sanyan.engines.documents.reading import ReadDocument, read_document

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FilesRead:
    """What a reading of files did: files read, pages with text, parts that could not be read (listed)."""

    files: int
    pages: int
    unread: int


def read_files(
    *, by: Viewer, certification_ids: Collection[int] | None = None, now: datetime, progress: Progress | None = None
) -> FilesRead:
    """Read the evidence files of these certified reports that were not read yet. A bad file never stops the others."""
    only_system(by)
    _withdraw_removed(now)
    if certification_ids is None:
        certification_ids = [item.certification_id for item in collection.latest_certifications(viewer=SYSTEM)]
    files = collection.files_of_certified(viewer=SYSTEM, certification_ids=certification_ids)
    done = set(FileReading.objects.values_list("evidence_file_id", flat=True))
    waiting = [item for item in files if item.evidence_file_id not in done]
    pages = unread = 0
    for number, item in enumerate(waiting):
        tell = _Telling(progress, number, len(waiting), item.file_name)
        found = _read(by, item, now, tell)
        pages, unread = pages + found[0], unread + found[1]
        if progress is not None:
            progress(number + 1, len(waiting), f"อ่านไฟล์ {item.file_name}")
    return FilesRead(len(waiting), pages, unread)


@dataclass(frozen=True)
class _Telling:
    """Tells how far it is within one file."""

    progress: Progress | None
    number: int
    files: int
    file_name: str

    def __call__(self, page: int, pages: int) -> None:
        if self.progress is not None:
            self.progress(self.number, self.files, f"อ่านไฟล์ {self.file_name} หน้า {page} จาก {pages}")


def _read(by: Viewer, item: CertifiedFile, now: datetime, tell: _Telling) -> tuple[int, int]:
    try:
        document = read_document(Path(item.path).read_bytes(), file_name=item.file_name, progress=tell)
    except OSError:
        return _refuse(by, item, _lost(item), now)
    except SanyanError as error:
        return _refuse(by, item, error, now)
    except Exception:  # whatever a library stumbles over in one file, the other files are read
        logger.exception("evidence file %s could not be read", item.evidence_file_id)
        return _refuse(by, item, _stumbled(item), now)
    try:
        return _keep(by, item, document, now)
    except IntegrityError:
        logger.warning("evidence file %s was taken away while it was read", item.evidence_file_id)
        return 0, 0


def _keep(by: Viewer, item: CertifiedFile, document: ReadDocument, now: datetime) -> tuple[int, int]:
    place = _place(item)
    made = [
        store(take_in(page.text), replace(place, page=page.number, how=page.how.value), now)
        for page in document.pages
        if page.text.strip()
    ]
    hidden = {page.number: [item.why.value for item in page.hidden] for page in document.pages if page.hidden}
    for source, _ in made:
        source.hidden += hidden.get(source.page or 0, [])
    kept = [(source, passages) for source, passages in made if passages]
    with transaction.atomic():
        if FileReading.objects.filter(evidence_file_id=item.evidence_file_id).exists():
            return 0, 0  # another worker was quicker, such as one that was taken for dead
        save(kept)
        unread = [
            _unread(item, now, place=part.place, code=part.code, reason=part.words, after=part.next_step)
            for part in document.unread
        ]
        Unread.objects.bulk_create(unread, ignore_conflicts=True)
        _note_read(by, item, pages=len(document.pages), unread=len(unread), now=now)
    return len(kept), len(unread)


def _refuse(by: Viewer, item: CertifiedFile, error: SanyanError, now: datetime) -> tuple[int, int]:
    with transaction.atomic():
        if FileReading.objects.filter(evidence_file_id=item.evidence_file_id).exists():
            return 0, 0
        row = _unread(
            item,
            now,
            place=Words("", ""),
            code=error.code,
            reason=Words(error.th, error.en),
            after=Words(error.next_th, error.next_en),
        )
        Unread.objects.bulk_create([row], ignore_conflicts=True)
        _note_read(by, item, pages=0, unread=1, now=now)
    return 0, 1


def _unread(item: CertifiedFile, now: datetime, *, place: Words, code: str, reason: Words, after: Words) -> Unread:
    return Unread(
        submission_id=item.submission_id,
        organisation_id=item.organisation_id,
        round_id=item.round_id,
        evidence_file_id=item.evidence_file_id,
        file_name=item.file_name,
        place=place.th,
        place_en=place.en,
        code=code,
        reason_th=reason.th,
        reason_en=reason.en,
        next_th=after.th,
        next_en=after.en,
        found_at=now,
    )


def _note_read(by: Viewer, item: CertifiedFile, *, pages: int, unread: int, now: datetime) -> None:
    FileReading.objects.create(evidence_file_id=item.evidence_file_id, sha256=item.sha256, pages=pages, read_at=now)
    trace = Trace(
        "narratives.read_file",
        "evidence_file",
        str(item.evidence_file_id),
        organisation_id=item.organisation_id,
        detail={"pages": pages, "unread": unread},
    )
    record(by=by, trace=trace, now=now)


def _place(item: CertifiedFile) -> Place:
    info = frameworks.round_info(viewer=SYSTEM, round_id=item.round_id)
    framework = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id).definition
    return Place(
        submission_id=item.submission_id,
        info=info,
        organisation=organisations.organisation(organisation_id=item.organisation_id, on=info.data_until),
        indicator=framework.indicator(item.indicator_code),
        evidence_file_id=item.evidence_file_id,
        file_name=item.file_name,
        page=1,
    )


def _withdraw_removed(now: datetime) -> None:
    """Pages of files that were taken away from their report are no longer found."""
    pages = SourceText.objects.filter(kind=SourceText.Kind.PAGE, evidence_file__isnull=True, gone_at__isnull=True)
    if pages.update(gone_at=now):
        renew_state()


def _stumbled(item: CertifiedFile) -> BadInputError:
    return BadInputError(
        "document-unreadable",
        f"ระบบอ่านไฟล์ {item.file_name} ไม่สำเร็จ ไฟล์ยังเก็บไว้ครบ",
        f"The file {item.file_name} could not be read; it is kept as it is.",
        next_th="เปิดไฟล์ในโปรแกรมเดิม บันทึกใหม่เป็น PDF แล้วแนบอีกครั้ง",
        next_en="Open the file in its program, save it as PDF and attach it again.",
    )


def _lost(item: CertifiedFile) -> BadInputError:
    return BadInputError(
        "evidence-file-lost",
        f"ไม่พบไฟล์ {item.file_name} ในที่เก็บของระบบ",
        f"The file {item.file_name} is not in the system's store.",
        next_th="แนบไฟล์อีกครั้ง หรือแจ้งผู้ดูแลระบบให้ตรวจที่เก็บไฟล์",
        next_en="Attach the file again, or ask the administrator to look at the store.",
    )
