from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.factories import NOW, small_world

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import queries
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.practice import actions as practice
from sanyan.core.errors import BadInputError
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.cli.workbooks import workbooks

pytestmark = pytest.mark.django_db

NINE = RoundKey(2568, 9)


def run(*arguments: object, code: int = 0) -> tuple[dict[str, int], str]:
    done = CliRunner().invoke(workbooks, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with the downloaded, still empty workbooks of two areas of a small round."""
    world = small_world()
    for code in ("A1", "A2"):
        made = queries.blank_workbook(viewer=SYSTEM, submission_id=world.submissions[code])
        (tmp_path / f"{code}.xlsx").write_bytes(made.data)
    return tmp_path


OF_SMALL = ("--framework", "SMALL", "--round", "2568-09")


def test_a_folder_of_workbooks_is_read_and_every_file_is_counted(small: Path) -> None:
    (small / "A1.xlsx").rename(small / "A1 (1).xlsx")
    (small / "ZZ9.xlsx").write_bytes((small / "A2.xlsx").read_bytes())
    (small / "A3.xlsx").write_bytes(b"not a workbook")
    (small / "~$A2.xlsx").write_bytes(b"left by Excel")
    told, said = run(small, *OF_SMALL, code=2)

    assert (told["files"], told["stored"], told["refused"]) == (4, 2, 2)
    assert "ZZ9.xlsx: ไม่พบรหัสเขตในชื่อไฟล์" in said
    assert "A3.xlsx: ไฟล์นี้ไม่ใช่สมุดงาน Excel" in said


def test_a_workbook_under_the_name_of_another_area_is_refused(small: Path) -> None:
    (small / "A2.xlsx").write_bytes((small / "A1.xlsx").read_bytes())
    told, said = run(small, *OF_SMALL, code=2)
    assert (told["stored"], told["refused"]) == (1, 1)
    assert "workbook-other-organisation" in said


def test_a_folder_without_a_workbook_is_told(tmp_path: Path, small: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInputError, match="workbooks-none"):
        run(tmp_path / "empty", *OF_SMALL)


@pytest.mark.parametrize(("name", "error"), [("2568-6", "round-malformed"), ("2569-09", "round-unknown")])
def test_a_round_that_is_not_open_is_told(small: Path, name: str, error: str) -> None:
    with pytest.raises(BadInputError, match=error):
        run(small, "--framework", "SMALL", "--round", name)


@pytest.mark.slow
def test_simulated_workbooks_come_in_from_their_folder_and_twice_changes_nothing(tmp_path: Path) -> None:
    practice.prepare(by=SYSTEM, now=NOW)
    plan = practice.PracticePlan(areas=5, years=1)
    practice.simulate(by=SYSTEM, plan=plan, folder=tmp_path, progress=lambda *_: None)
    info = practice.open_practice_round(by=SYSTEM, plan=plan, key=NINE, now=NOW)
    place = (tmp_path, "--framework", info.framework_code, "--round", str(NINE), "--practice")

    foreseen, _ = run(*place, "--dry-run")
    assert queries.answers_of_round(viewer=SYSTEM, round_id=info.id) == ()
    stored, _ = run(*place)
    assert (stored["files"], stored["stored"], stored["refused"]) == (5, 5, 0)
    assert stored["created"] == foreseen["created"] == len(queries.answers_of_round(viewer=SYSTEM, round_id=info.id))
    again, _ = run(*place)
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, stored["created"])
    real = frameworks.find_round(viewer=SYSTEM, framework_code=info.framework_code, key=NINE, is_practice=False)
    assert real is None
