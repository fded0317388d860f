from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.factories import NOW, World, certify, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.audit import queries as audit
from sanyan.apps.collection import actions, queries
from sanyan.apps.collection.actions import evidence_files as files
from sanyan.apps.collection.models import EvidenceFile
from sanyan.apps.collection.queries import EvidenceFileRow
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError, SanyanError
from sanyan.core.forms.answers import FilledEvidence

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> World:
    settings.AFTER_CERTIFICATION = []
    settings.MEDIA_ROOT = tmp_path
    return small_world()


def attach(
    world: World,
    *,
    by: Viewer | None = None,
    data: bytes = PDF,
    name: str = "คำสั่ง 12-2568.pdf",
    title: str = "คำสั่ง 12/2568",
    location: str = "",
) -> None:
    actions.add_evidence_file(
        by=by or world.officer("A1"),
        submission_id=world.submissions["A1"],
        item=FilledEvidence("SAF-01", "DOCUMENTARY", title, location),
        data=data,
        file_name=name,
        now=NOW,
    )


def held(world: World) -> tuple[EvidenceFileRow, ...]:
    return queries.evidence_files(viewer=SYSTEM, submission_id=world.submissions["A1"])


def content(world: World) -> queries.EvidenceContent:
    return queries.evidence_file_content(viewer=SYSTEM, id=held(world)[0].id)


def remove(world: World, title: str = "คำสั่ง 12/2568") -> None:
    actions.remove_evidence(
        by=world.officer("A1"),
        submission_id=world.submissions["A1"],
        indicator="SAF-01",
        kind="DOCUMENTARY",
        title=title,
        now=NOW,
    )


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def trace(world: World, action: str) -> audit.EntryInfo:
    entries = audit.entries(object_type="submission", object_id=str(world.submissions["A1"]))
    (entry,) = [entry for entry in entries if entry.action == action]
    return entry


def test_a_file_is_kept_whole_under_a_name_of_its_own_and_leaves_a_trace(world: World, tmp_path: Path) -> None:
    attach(world, location="แฟ้ม 3")

    (row,) = held(world)
    assert (row.indicator_code, row.title, row.file_name) == ("SAF-01", "คำสั่ง 12/2568", "คำสั่ง 12-2568.pdf")
    assert (row.kind, row.size, row.uploaded_at) == ("pdf", len(PDF), NOW)
    (path,) = on_disk(tmp_path)
    assert path.read_bytes() == PDF
    assert "คำสั่ง" not in path.name
    assert path == content(world).path
    assert path.relative_to(tmp_path).parts[0] == "evidence"
    detail = trace(world, "collection.add_evidence_file").detail
    assert (detail["file"], detail["size"], detail["indicator"]) == ("คำสั่ง 12-2568.pdf", len(PDF), "SAF-01")
    (evidence,) = queries.evidence_of_submission(viewer=SYSTEM, submission_id=world.submissions["A1"])
    assert evidence.location == "แฟ้ม 3"
    assert queries.submission_row(viewer=SYSTEM, submission_id=world.submissions["A1"]).state == "in_progress"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "ว่าง.pdf", "file-empty"),
        (b"hello", "จดหมาย.pdf", "file-unknown"),
        (PDF, "ใบ.docx", "file-name-disagrees"),
        (PDF + bytes(2 * 1024 * 1024), "ใหญ่.pdf", "file-too-large"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_the_next_step_and_nothing_is_kept(
    world: World, settings: Any, tmp_path: Path, data: bytes, name: str, code: str
) -> None:
    settings.EVIDENCE_LIMIT_BYTES = 2 * 1024 * 1024
    with pytest.raises(BadInputError, match=code) as error:
        attach(world, data=data, name=name)
    assert error.value.next_th
    assert held(world) == ()
    assert queries.evidence_of_submission(viewer=SYSTEM, submission_id=world.submissions["A1"]) == ()
    assert on_disk(tmp_path) == []


def test_a_file_of_just_the_limit_is_kept(world: World, settings: Any) -> None:
    settings.EVIDENCE_LIMIT_BYTES = len(PDF)
    attach(world)
    assert held(world)[0].size == len(PDF)


def test_a_good_file_with_evidence_that_cannot_be_kept_is_not_kept_either(world: World, tmp_path: Path) -> None:
    for title, location in (("  ", ""), ("คำสั่ง", "javascript:alert(1)")):
        with pytest.raises(BadInputError):
            attach(world, title=title, location=location)
    assert on_disk(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\ลับ\\คำสั่ง.pdf", "คำสั่ง.pdf"),
        ("/etc/คำสั่ง.pdf", "คำสั่ง.pdf"),
        ("คำ\r\nสั่ง\0.pdf", "คำ สั่ง.pdf"),
        ("fdp.\u202ecod.pdf", "fdp.cod.pdf"),
        ("=1+1.pdf", "=1+1.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        ("คำสั่ง", "คำสั่ง.pdf"),
        ("", "file.pdf"),
        ("ก" * 300 + ".pdf", "ก" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_misleads(world: World, name: str, kept: str) -> None:
    attach(world, name=name)
    assert held(world)[0].file_name == kept


def test_a_file_is_given_later_to_evidence_that_has_none(world: World) -> None:
    item = FilledEvidence("SAF-01", "DOCUMENTARY", "คำสั่ง 12/2568", "แฟ้ม 3")
    actions.add_evidence(by=world.officer("A1"), submission_id=world.submissions["A1"], item=item, now=NOW)
    with pytest.raises(NothingToDoError, match="evidence-there-already"):
        attach(world, location="แฟ้ม 4")
    attach(world)
    (evidence,) = queries.evidence_of_submission(viewer=SYSTEM, submission_id=world.submissions["A1"])
    assert (evidence.location, len(held(world))) == ("แฟ้ม 3", 1)
    with pytest.raises(NothingToDoError, match="evidence-there-already"):
        attach(world, data=PDF + b"\n")
    assert content(world).path.read_bytes() == PDF


def test_a_removed_file_leaves_the_disk_once_that_is_certain_and_stays_in_the_trace(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    attach(world)
    with django_capture_on_commit_callbacks(execute=True):
        remove(world)
        assert len(on_disk(tmp_path)) == 1
    assert held(world) == ()
    assert on_disk(tmp_path) == []
    detail = trace(world, "collection.remove_evidence").detail
    assert detail["file"] == "คำสั่ง 12-2568.pdf"
    assert len(str(detail["sha256"])) == 64


def test_a_file_that_another_piece_of_evidence_shares_stays(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    attach(world)
    attach(world, title="อีกชื่อ")
    first, second = EvidenceFile.objects.order_by("pk")
    EvidenceFile.objects.filter(pk=second.pk).update(file=first.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove(world)
    assert Path(first.file.path).is_file()


def test_a_file_whose_row_is_undone_does_not_stay_behind(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**_: object) -> None:
        raise RuntimeError("the trace could not be written")

    monkeypatch.setattr(files, "record", breaks)
    with pytest.raises(RuntimeError), transaction.atomic():
        attach(world)
    assert on_disk(tmp_path) == []
    assert held(world) == ()


def test_only_who_answers_for_the_area_may_attach(world: World, tmp_path: Path) -> None:
    for by, error in ((viewer("executive"), NotAllowedError), (world.officer("B1"), NotFoundError)):
        with pytest.raises(error):
            attach(world, by=by)
    assert on_disk(tmp_path) == []


def test_a_report_that_was_handed_in_takes_no_file_and_loses_none(world: World) -> None:
    attach(world)
    certify(world, "A1")
    with pytest.raises(NotAllowedError, match="submission-closed"):
        attach(world, title="อีกฉบับ")
    with pytest.raises(NotAllowedError, match="submission-closed"):
        remove(world)
    assert len(held(world)) == 1


def test_only_who_sees_the_report_gets_the_file(world: World) -> None:
    attach(world)
    id, submission = held(world)[0].id, world.submissions["A1"]
    for sees in (world.officer("A1"), world.director("A1"), viewer("executive"), viewer("me_officer")):
        found = queries.evidence_file_content(viewer=sees, id=id)
        assert (found.file_name, found.media_type) == ("คำสั่ง 12-2568.pdf", "application/pdf")
        assert len(queries.evidence_files(viewer=sees, submission_id=submission)) == 1
    with pytest.raises(NotFoundError):
        queries.evidence_file_content(viewer=world.officer("B1"), id=id)
    with pytest.raises(NotFoundError):
        queries.evidence_files(viewer=world.officer("B1"), submission_id=submission)
    with pytest.raises(NotFoundError):
        queries.evidence_file_content(viewer=SYSTEM, id=id + 99)


def test_a_file_that_is_gone_from_the_disk_is_said_in_words(world: World) -> None:
    attach(world)
    content(world).path.unlink()
    with pytest.raises(SanyanError, match="evidence-file-lost") as error:
        content(world)
    assert error.value.next_th


def test_the_files_of_certified_reports_are_listed_and_no_others(world: World) -> None:
    attach(world)
    actions.add_evidence_file(
        by=world.officer("A2"),
        submission_id=world.submissions["A2"],
        item=FilledEvidence("SAF-01", "IMAGE", "ภาพ"),
        data=PDF,
        file_name="a.pdf",
        now=NOW,
    )
    certify(world, "A1")
    ids = [item.certification_id for item in queries.latest_certifications(viewer=SYSTEM)]
    (found,) = queries.files_of_certified(viewer=SYSTEM, certification_ids=ids)
    assert (found.evidence_file_id, found.submission_id) == (held(world)[0].id, world.submissions["A1"])
    assert (found.round_id, found.organisation_id) == (world.round.id, world.ids["A1"])
    assert (found.indicator_code, found.title, found.kind) == ("SAF-01", "คำสั่ง 12/2568", "pdf")
    assert found.path.read_bytes() == PDF
    assert queries.files_of_certified(viewer=world.officer("B1"), certification_ids=ids) == ()
    assert queries.files_of_certified(viewer=SYSTEM, certification_ids=[]) == ()
