from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from click.testing import CliRunner

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.errors import BadInputError
from sanyan.core.forms.panel import PanelMapping
from sanyan.interfaces.cli.panels import panel

pytestmark = pytest.mark.django_db

TABLE = "unit,year,a,b\n001,2567,1,2\n001,2568,-,x\n"
MAPPING = "framework: f\nunit: unit\nperiod: {column: year}\nindicators: [{code: a}, {code: b}]\n"
MAKING_UNITS = MAPPING + "organisations: {create: true, prefix: x-}\n"


def run(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(panel, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ตาราง.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(MAKING_UNITS, encoding="utf-8")
    return path


def test_a_dry_run_tells_the_counts_and_the_first_faults(table: Path, mapping: Path) -> None:
    told = run(table, "--mapping", mapping, "--dry-run", code=2)
    assert "รับได้ 2" in told
    assert "D3" in told
    assert "ยังไม่ได้บันทึก" in told


def test_the_result_can_be_json(table: Path, mapping: Path) -> None:
    told = json.loads(run(table, "--mapping", mapping, "--dry-run", "--json", code=2))
    assert (told["accepted"], told["marked"], told["refused"]) == (2, 1, 1)
    assert [fault["cell"] for fault in told["faults"]] == ["D3"]


def test_a_file_of_the_time_before_unicode_is_read(table: Path, mapping: Path) -> None:
    table.write_bytes("unit,year,a,b\nน่าน,๒๕๖๗,1,2\n".encode("cp874"))
    assert "รับได้ 2" in run(table, "--mapping", mapping, "--dry-run")


def test_a_guess_is_a_mapping_that_reads(table: Path, tmp_path: Path) -> None:
    guess = yaml.safe_load(run(table, "--suggest"))
    assert PanelMapping.from_dict(guess).unit == ("unit",)


def test_a_workbook_sheet_is_found_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("ปก").write(0, 0, "รายงาน")
    sheet = book.add_worksheet("ข้อมูล")
    for row, line in enumerate((("unit", "year", "a", "b"), ("1", 2567, 1, 2))):
        sheet.write_row(row, 0, line)
    book.close()
    mapping = tmp_path / "map.yaml"
    mapping.write_text(MAKING_UNITS + "sheet: ข้อมูล\n", encoding="utf-8")
    assert "รับได้ 2" in run(path, "--mapping", mapping, "--dry-run")
    mapping.write_text(MAPPING + "sheet: อื่น\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="panel-sheet-missing"):
        run(path, "--mapping", mapping, "--dry-run")


@pytest.mark.parametrize("text", ["[1, 2", "just text", "framework: f"])
def test_a_mapping_that_cannot_be_used_is_refused(table: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match="panel-mapping"):
        run(table, "--mapping", path, "--dry-run")


def test_an_unknown_mapping_names_those_that_ship(table: Path) -> None:
    with pytest.raises(BadInputError) as refused:
        run(table, "--mapping", "nowhere", "--dry-run")
    assert "mi_districts" in refused.value.next_en


def test_without_a_mapping_one_to_start_from_is_printed(table: Path, tmp_path: Path) -> None:
    printed = run(table)
    assert printed == run(table, "--suggest")
    assert printed.startswith("# ผังที่ระบบเดา")
    (tmp_path / "guess.yaml").write_text(printed, encoding="utf-8")
    assert "ช่องที่อ่าน 2" in run(table, "--mapping", tmp_path / "guess.yaml", "--dry-run", code=2)


def test_a_mapping_and_a_guess_are_not_asked_for_at_once(table: Path, mapping: Path) -> None:
    assert "--suggest" in run(table, "--mapping", mapping, "--suggest", code=2)


@pytest.mark.django_db
def test_a_panel_is_stored_and_the_same_file_again_changes_nothing(table: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(MAPPING + "organisations: {create: true, prefix: t-}\n", encoding="utf-8")
    first = json.loads(run(table, "--mapping", path, "--json", code=2).splitlines()[-1])
    assert (first["dry_run"], first["created"], first["rounds"]) == (False, 2, ["2567-12"])
    again = json.loads(run(table, "--mapping", path, "--json", code=2).splitlines()[-1])
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_a_dry_run_tells_units_that_the_registry_does_not_know_and_stores_nothing(table: Path, mapping: Path) -> None:
    mapping.write_text(MAPPING, encoding="utf-8")
    assert "ไม่รู้จักหน่วยงาน 001" in run(table, "--mapping", mapping, "--dry-run", code=2)
    assert [item.code for item in frameworks.frameworks(viewer=SYSTEM)] == []


def test_a_panel_is_stored_and_its_mapping_known_by_name_from_then_on(table: Path, mapping: Path) -> None:
    first = run(table, "--mapping", mapping, code=2)
    assert "คำตอบใหม่ 2" in first
    again = run(table, "--mapping", "f", code=2)
    assert "คำตอบใหม่ 0" in again
    assert "คำตอบเดิม 2" in again
