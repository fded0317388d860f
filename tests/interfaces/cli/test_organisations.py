from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sanyan.interfaces.cli.main import main

pytestmark = pytest.mark.django_db


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["organisations", *arguments])


@pytest.fixture(autouse=True)
def registry() -> None:
    assert "new 265" in called("load").output


def test_the_areas_are_listed_for_people_and_for_machines() -> None:
    assert "245 แห่ง" in called("list").stdout
    rows = json.loads(called("list", "--kind", "region", "--json").stdout)
    assert [row["code"] for row in rows] == [f"R{number:02d}" for number in range(19)]


def test_a_file_is_checked_before_it_is_stored(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("code,name_th,kind,parent_code\n40010001,บ้านทดลอง,school,4001\n", encoding="utf-8")
    dry = called("import", str(file), "--dry-run")
    assert (dry.exit_code, "ยังไม่ได้บันทึก" in dry.stdout) == (0, True)
    assert json.loads(called("list", "--kind", "school", "--json").stdout) == []
    assert json.loads(called("import", str(file), "--json").stdout)["created"] == ["40010001"]
    assert json.loads(called("import", str(file), "--json").stdout)["unchanged"] == ["40010001"]


def test_rows_left_out_are_told_with_their_place_and_an_exit_code(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("code,name_th,parent_code\n9,ข,nowhere\n", encoding="utf-8")
    result = called("import", str(file))
    assert result.exit_code == 2
    assert "new.csv!A2 9: ไม่พบหน่วยงานต้นสังกัด" in result.stderr


def test_a_file_that_is_no_table_is_refused_in_thai(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"%PDF-1.4")
    result = called("import", str(file))
    assert result.exit_code == 2
    assert "ขั้นต่อไป" in result.stderr


def test_a_group_is_drawn_and_told_with_its_seed() -> None:
    result = called("draw-group", "85 เขต", "--size", "85", "--seed", "7")
    assert "85 เขต: 85 แห่ง / areas (seed 7)" in result.stdout
    assert called("draw-group", "เล็กไป", "--size", "3", "--seed", "7").exit_code == 2
