"""The database itself refuses what must never be."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories import NOW, small_world

from sanyan.apps.collection.models import Answer, Certification, Evidence, EvidenceFile, Submission, WorkbookImport
from sanyan.apps.frameworks.models import Indicator

pytestmark = pytest.mark.django_db


def answer(world: Any, **fields: Any) -> Answer:
    version = Indicator.objects.get(code="SAF-01", version_id=world.round.version_id)
    given = {"state": "reported", "value": 1.0, "origin": "web", "changed_at": NOW, "changed_by": "x", **fields}
    return Answer(submission_id=world.submissions["A1"], indicator=version, **given)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "not_available", "value": 0.0},
        {"state": "not_applicable", "value": None, "level": 3},
        {"state": "reported", "value": None},
        {"denominator": -1.0},
    ],
)
def test_a_missing_value_holds_no_number_and_a_reported_one_holds_something(fields: dict[str, Any]) -> None:
    world = small_world()

    with pytest.raises(IntegrityError), transaction.atomic():
        answer(world, **fields).save()


def test_text_alone_is_something() -> None:
    answer(small_world(), value=None, text={"title": "พาน้องกลับมาเรียน"}).save()


def test_one_answer_an_indicator() -> None:
    world = small_world()
    answer(world).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        answer(world).save()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "submitted"},
        {"state": "certified", "revision": 1},
        {"state": "certified", "certified_at": NOW, "certified_by": "x", "revision": 0},
        {"state": "returned", "returned_at": NOW, "returned_by": "x", "comment": ""},
        {"state": "locked", "certified_at": NOW, "certified_by": "x", "revision": 1},
        {"submitted_at": NOW},
        {"certified_by": "x"},
        {"returned_at": NOW},
    ],
)
def test_a_submission_state_has_its_date_and_name(fields: dict[str, Any]) -> None:
    world = small_world()

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=world.submissions["A1"]).update(**fields)


def test_a_stored_workbook_has_its_date() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkbookImport.objects.create(
            file_name="a.xlsx", sha256="0" * 64, size=1, state="stored", uploaded_at=NOW, uploaded_by="x"
        )


def test_a_sequence_is_used_once() -> None:
    world = small_world()
    fields = {"submission_id": world.submissions["A1"], "sequence": 1, "certified_at": NOW, "certified_by": "x"}
    Certification.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Certification.objects.create(**fields)


@pytest.mark.parametrize(
    "fields",
    [{"kind": "exe"}, {"size": 0}, {"file": ""}, {"file_name": ""}, {"sha256": ""}, {"uploaded_by": ""}],
)
def test_a_file_of_evidence_is_of_a_known_kind_and_whole(fields: dict[str, Any]) -> None:
    world = small_world()
    indicator = Indicator.objects.get(code="SAF-01", version_id=world.round.version_id)
    evidence = Evidence.objects.create(
        submission_id=world.submissions["A1"], indicator=indicator, kind="DOCUMENTARY", title="คำสั่ง"
    )
    given = {"file_name": "a.pdf", "kind": "pdf", "sha256": "0" * 64, "size": 1, "file": "evidence/x.pdf"}

    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceFile.objects.create(evidence=evidence, **(given | {"uploaded_at": NOW, "uploaded_by": "x"} | fields))
