from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.core.forms.framework_samples import level, narrative, percent, small_framework

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.frameworks import queries
from sanyan.core.forms.framework_workbook import framework_workbook
from sanyan.core.forms.framework_yaml import dump_yaml, load_yaml
from sanyan.core.indicators.definitions import Framework, Target
from sanyan.definitions import framework_file
from sanyan.engines.documents.excel import write_workbook
from sanyan.interfaces.cli.main import main

pytestmark = pytest.mark.django_db


def sanyan(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["frameworks", *(str(word) for word in words)])


def yaml_file(folder: Path, framework: Framework) -> Path:
    path = folder / "framework.yaml"
    path.write_text(dump_yaml(framework), encoding="utf-8")
    return path


def test_the_example_goes_in_is_published_and_comes_out_as_it_went_in(tmp_path: Path) -> None:
    assert sanyan("import", framework_file()).exit_code == 0
    done = sanyan("publish", "ESAO-ME-2568-69")
    assert done.exit_code == 0
    assert "45 ตัวชี้วัด" in done.output
    for form in ("yaml", "xlsx"):
        out = tmp_path / f"out.{form}"
        assert sanyan("export", "ESAO-ME-2568-69", "--format", form, "--out", out).exit_code == 0
        assert sanyan("validate", out).exit_code == 0
    text = (tmp_path / "out.yaml").read_text(encoding="utf-8")
    assert load_yaml(text) == load_yaml(framework_file().read_text(encoding="utf-8"))


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    result = sanyan("import", yaml_file(tmp_path, small_framework(checked_by="")), "--dry-run")
    assert result.exit_code == 0
    assert "ยังไม่ได้เก็บ" in result.output
    assert "ผู้ตรวจทาน" in result.output
    assert queries.frameworks(viewer=SYSTEM) == ()


def test_a_bad_workbook_is_told_by_sheet_and_cell_in_thai(tmp_path: Path) -> None:
    path = tmp_path / "กรอบ.xlsx"
    bad = small_framework(indicators=(percent(targets=(Target(6, 180.0),)), level(), narrative()))
    path.write_bytes(write_workbook(framework_workbook(bad)))
    result = sanyan("validate", path)
    assert result.exit_code == 2
    assert "เป้าหมาย!C3 QUA-01: ค่าเป้าหมาย 180 อยู่นอกค่าที่เป็นไปได้" in result.output


def test_publishing_a_bad_framework_lists_its_faults_and_keeps_the_exit_code(tmp_path: Path) -> None:
    sanyan("import", yaml_file(tmp_path, small_framework(checked_by="")))
    result = sanyan("publish", "SMALL")
    assert result.exit_code == 2
    assert "กรอบ!B9: ยังไม่ได้ระบุผู้ตรวจทาน" in result.output
    assert "ขั้นต่อไป" in result.output
    assert sanyan("publish", "SMALL", "--checked-by", "วิชัย").exit_code == 0


def test_what_is_not_there_is_told_with_a_next_step_and_an_exit_code(tmp_path: Path) -> None:
    result = sanyan("export", "NONE", "--out", tmp_path / "x.yaml")
    assert result.exit_code == 4
    assert "ไม่พบ" in result.output
    assert not (tmp_path / "x.yaml").exists()


def test_two_versions_are_compared_in_words(tmp_path: Path) -> None:
    for definition in (
        small_framework(),
        small_framework(indicators=(percent(targets=(Target(6, 85.0),)), level(), narrative())),
    ):
        sanyan("import", yaml_file(tmp_path, definition))
        sanyan("publish", "SMALL")
    assert "เปลี่ยนจาก “80” เป็น “85”" in sanyan("diff", "SMALL", "1", "2").output
    assert "ไม่ต่างกัน" in sanyan("diff", "SMALL", "1", "1").output


def test_importing_the_same_again_says_that_nothing_changed(tmp_path: Path) -> None:
    path = yaml_file(tmp_path, small_framework())
    assert sanyan("import", path).exit_code == 0
    assert sanyan("import", path).exit_code == 5
