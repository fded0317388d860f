from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.audit.models import AuditEntry
from sanyan.apps.organisations import actions, queries
from sanyan.apps.organisations.actions import OrganisationRow
from sanyan.apps.organisations.models import Organisation
from sanyan.core.errors import BadInputError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 7, 2)


@pytest.fixture
def registry() -> None:
    actions.load_registry(by=SYSTEM, now=NOW)


def loaded(*rows: OrganisationRow, dry_run: bool = False) -> actions.ImportResult:
    return actions.import_organisations(by=SYSTEM, rows=rows, dry_run=dry_run, now=NOW)


@pytest.mark.usefixtures("registry")
def test_the_registry_has_245_areas_in_19_regions_below_obec() -> None:
    areas = queries.areas(on=TODAY)
    assert Counter(area.area_type for area in areas) == {"primary": 183, "secondary": 62}
    assert [region.code for region in queries.regions(on=TODAY)] == [f"R{n:02d}" for n in range(19)]
    (office,) = queries.offices(on=TODAY)
    assert {area.parent_id for area in areas} == {office.id}
    assert all(area.region_code and area.name_en and area.latitude and area.schools for area in areas)
    assert len({province for area in areas for province in area.provinces}) == 77
    assert queries.with_descendants(organisation_ids=frozenset({office.id})) == frozenset(
        Organisation.objects.values_list("pk", flat=True)
    )


@pytest.mark.usefixtures("registry")
def test_an_area_is_described_in_both_languages_with_its_region() -> None:
    area = queries.by_code(codes=["4001"], on=TODAY)["4001"]
    assert (area.short_th, area.name_en) == (
        "สพป.ขอนแก่น เขต 1",
        "Khon Kaen Primary Education Service Area Office 1",
    )
    assert (area.region_code, area.region_th, area.region_en) == (
        "R12",
        "เขตตรวจราชการที่ 12",
        "Inspection Region 12",
    )


@pytest.mark.usefixtures("registry")
def test_nothing_is_claimed_about_regions_before_the_registry_holds() -> None:
    assert queries.by_code(codes=["4001"], on=date(2021, 9, 30))["4001"].region_code == ""


@pytest.mark.usefixtures("registry")
def test_every_name_of_the_registry_leads_to_its_own_organisation_alone() -> None:
    for kind in (queries.areas, queries.regions):
        for info in kind(on=TODAY):
            for text in (info.code, info.name_th, info.short_th, info.name_en):
                assert [found.code for found in queries.find_by_name(text=text, on=TODAY)] == [info.code]


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("สพป. ขอนแก่น  เขต ๑", "4001"),
        ("สพป.ขอนแก่น 1", "4001"),
        ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษา ขอนแก่น เขต1", "4001"),
        ("1040010000", "4001"),
        ("สพม.เลย-หนองบัวลำภู", "S46"),
        ("s46", "S46"),
        ("สพป.กทม.", "1001"),
        ("เขตตรวจราชการที่ 12", "R12"),
    ],
)
def test_what_offices_write_is_found(text: str, code: str) -> None:
    assert [info.code for info in queries.find_by_name(text=text, on=TODAY)] == [code]


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("text", ["", "  ", "-", "โรงเรียนที่ไม่มี"])
def test_what_names_nothing_finds_nothing(text: str) -> None:
    assert queries.find_by_name(text=text, on=TODAY) == ()


@pytest.mark.usefixtures("registry")
def test_loading_again_changes_nothing_and_leaves_no_trace() -> None:
    before = AuditEntry.objects.count()
    again = actions.load_registry(by=SYSTEM, now=NOW)
    assert (again.created, again.changed, again.faults, len(again.unchanged)) == ((), (), (), 265)
    assert AuditEntry.objects.count() == before == 265


@pytest.mark.usefixtures("registry")
def test_a_change_names_the_parts_that_differ_and_an_empty_cell_wipes_nothing() -> None:
    result = loaded(OrganisationRow(code="4001", kind="area", name_th="ชื่อใหม่", region_code="R13"))
    (change,) = result.changed
    assert (change.code, set(change.parts)) == ("4001", {"name_th", "inspection", "aliases"})
    area = queries.by_code(codes=["4001"], on=TODAY)["4001"]
    assert (area.name_th, area.region_code, area.schools is None) == ("ชื่อใหม่", "R13", False)
    assert queries.by_code(codes=["4001"], on=date(2026, 7, 1))["4001"].region_code == "R12"
    assert queries.find_by_name(text="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาขอนแก่น เขต 1", on=TODAY)


@pytest.mark.usefixtures("registry")
def test_a_dry_run_tells_the_same_and_stores_nothing() -> None:
    row = OrganisationRow(code="40010001", kind="school", name_th="บ้านทดลอง", parent_code="4001")
    before = AuditEntry.objects.count()
    dry = loaded(row, dry_run=True)
    assert queries.by_code(codes=["40010001"], on=TODAY) == {}
    assert AuditEntry.objects.count() == before
    wet = loaded(row)
    assert (dry.created, dry.dry_run) == (wet.created, True) == (("40010001",), not wet.dry_run)


@pytest.mark.usefixtures("registry")
def test_a_school_stands_in_the_region_of_its_area() -> None:
    loaded(OrganisationRow(code="40010001", kind="school", name_th="บ้านทดลอง", parent_code="4001"))
    school = queries.by_code(codes=["40010001"], on=TODAY)["40010001"]
    assert school.region_code == "R12"
    region = queries.by_code(codes=["R12"], on=TODAY)["R12"]
    assert school.id in queries.with_descendants(organisation_ids=frozenset({region.id}))


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (OrganisationRow(code="", kind="area", name_th="ก"), "code-or-name-missing"),
        (OrganisationRow(code="9", kind="area", name_th=""), "code-or-name-missing"),
        (OrganisationRow(code="9", kind="planet", name_th="ก"), "kind-unknown"),
        (OrganisationRow(code="4001", kind="school", name_th="ก"), "kind-differs"),
        (OrganisationRow(code="9" * 41, kind="area", name_th="ก"), "text-too-long"),
        (OrganisationRow(code="9", kind="area", name_th="ก", latitude=1.0), "point-half"),
        (OrganisationRow(code="9", kind="area", name_th="ก", latitude=91.0, longitude=0.0), "point-outside"),
        (OrganisationRow(code="9", kind="area", name_th="ก", parent_code="8"), "parent-unknown"),
        (OrganisationRow(code="9", kind="area", name_th="ก", parent_code="9"), "parent-not-above"),
        (OrganisationRow(code="9", kind="area", name_th="ก", parent_code="4001"), "parent-not-above"),
        (OrganisationRow(code="9", kind="area", name_th="ก", region_code="OBEC"), "region-not-a-region"),
    ],
)
def test_a_bad_row_is_listed_with_its_reason_and_the_good_ones_are_kept(row: OrganisationRow, reason: str) -> None:
    good = OrganisationRow(code="7", kind="area", name_th="ดี", parent_code="OBEC")
    result = loaded(row, good)
    assert [fault.code for fault in result.faults] == [reason]
    assert all(fault.th and fault.next_th for fault in result.faults)
    assert result.created == ("7",)


def test_a_row_below_a_bad_row_is_listed_too_and_a_code_counts_once() -> None:
    result = loaded(
        OrganisationRow(code="O", kind="office", name_th="ก", latitude=1.0),
        OrganisationRow(code="A", kind="area", name_th="ข", parent_code="O"),
        OrganisationRow(code="B", kind="area", name_th="ค"),
        OrganisationRow(code="B", kind="area", name_th="ง"),
    )
    assert [(fault.subject, fault.code) for fault in result.faults] == [
        ("O", "point-half"),
        ("B", "code-twice"),
        ("A", "parent-unknown"),
    ]
    assert result.created == ("B",)


@pytest.mark.usefixtures("registry")
def test_a_file_is_read_under_thai_headings_wherever_they_stand() -> None:
    text = 'ทะเบียนของเรา,,,\nรหัส,ชื่อหน่วยงาน,ชนิด,จำนวนโรงเรียน\n9901,เขตใหม่,area,"1,200"\n,,,\n9902,ข,area,มาก\n'
    result = actions.import_file(by=SYSTEM, data=text.encode("cp874"), file_name="ใหม่.csv", dry_run=False, now=NOW)
    assert result.created == ("9901",)
    assert queries.by_code(codes=["9901"], on=TODAY)["9901"].schools == 1200
    assert [(fault.code, fault.cell) for fault in result.faults] == [("number-unreadable", "D5")]


def test_a_file_without_the_headings_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInputError) as refused:
        actions.import_file(by=SYSTEM, data=b"a,b\n1,2\n", file_name="x.csv", dry_run=True, now=NOW)
    assert refused.value.code == "headings-not-found"
    assert refused.value.next_th
