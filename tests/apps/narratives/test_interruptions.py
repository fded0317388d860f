"""What two do at once, or one does twice, ends as if it had been done once and in order."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.apps.narratives import problems_world
from tests.factories import NOW, World, certify, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import actions as collection
from sanyan.apps.narratives import actions, queries
from sanyan.apps.narratives.actions import files, signing
from sanyan.apps.narratives.models import FileReading, SourceText, ThemeSet
from sanyan.core.forms.answers import FilledEvidence

pytestmark = pytest.mark.django_db


def test_a_set_that_learns_while_it_is_applied_is_applied_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    problems_world.world_of_problems()
    proposed = problems_world.proposed_themes()
    actions.sign_themes(by=problems_world.OFFICER, theme_set_id=proposed, now=NOW)
    given, learnt = signing._vectors, []

    def learns_meanwhile(passages: Sequence[Any], model_id: str) -> Any:
        if not learnt:
            row = ThemeSet.objects.get(pk=proposed)
            learnt.append(ThemeSet.objects.filter(pk=proposed).update(classifier={**(row.classifier or {}), "new": 1}))
        return given(passages, model_id)

    monkeypatch.setattr(signing, "_vectors", learns_meanwhile)
    assert actions.apply_signed(by=SYSTEM, now=NOW) == 0
    assert ThemeSet.objects.get(pk=proposed).basis["applied_through"] == 0
    assert actions.apply_signed(by=SYSTEM, now=NOW) > 0


@pytest.fixture
def reported(settings: Any, tmp_path: Path) -> World:
    """A1 certified a report with a document of one page behind it."""
    settings.MEDIA_ROOT = tmp_path
    made = small_world()
    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph("ครูพี่เลี้ยงฝึกอ่านทุกสัปดาห์ นักเรียนอ่านคล่องขึ้นทั้งห้อง")
    document.save(data)
    collection.add_evidence_file(
        by=made.officer("A1"),
        submission_id=made.submissions["A1"],
        item=FilledEvidence("SAF-01", "DOCUMENTARY", "รายงานผล"),
        data=data.getvalue(),
        file_name="รายงาน.docx",
        now=NOW,
    )
    certify(made, "A1")
    return made


def test_a_file_is_read_once_however_often_it_is_asked_for(reported: World) -> None:
    assert [actions.read_files(by=SYSTEM, now=NOW).pages for _ in range(2)] == [1, 0]
    assert SourceText.objects.filter(kind="page").count() == 1


def test_a_file_that_another_worker_read_meanwhile_is_not_kept_twice(
    reported: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = files.read_document

    def slowly(*args: Any, **options: Any) -> Any:
        with monkeypatch.context() as quick:
            quick.setattr(files, "read_document", given)
            actions.read_files(by=SYSTEM, now=NOW)
        return given(*args, **options)

    monkeypatch.setattr(files, "read_document", slowly)
    assert actions.read_files(by=SYSTEM, now=NOW).pages == 0
    assert (SourceText.objects.filter(kind="page").count(), FileReading.objects.count()) == (1, 1)


def test_a_file_that_a_library_stumbles_over_is_listed_and_the_rest_goes_on(
    reported: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(*given: Any, **named: Any) -> Any:
        raise RuntimeError("not foreseen")

    monkeypatch.setattr(files, "read_document", stumbles)
    read = actions.read_files(by=SYSTEM, now=NOW)
    assert (read.files, read.pages, read.unread) == (1, 0, 1)
    listed = queries.unread(viewer=viewer("me_officer"))
    assert [item.code for item in listed] == ["document-unreadable"]
    assert listed[0].after.th
