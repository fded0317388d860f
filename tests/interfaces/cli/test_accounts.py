from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sanyan.interfaces.cli.main import main

pytestmark = pytest.mark.django_db


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["accounts", *arguments])


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    CliRunner().invoke(main, ["organisations", "load"])


def test_an_account_made_without_a_password_is_told_one() -> None:
    made = called("create", "somying", "--name", "สมหญิง", "--role", "area_officer", "--organisation", "4001")
    assert (made.exit_code, "รหัสผ่าน" in made.stdout) == (0, True)
    (row,) = json.loads(called("list", "--json").stdout)
    assert (row["username"], row["grants"][0]["organisation_th"]) == ("somying", "สพป.ขอนแก่น เขต 1")


def test_a_role_is_given_and_shown() -> None:
    called("create", "somchai", "--name", "สมชาย", "--role", "me_officer")
    assert called("grant", "somchai", "region_director", "--organisation", "R12").exit_code == 0
    assert "เขตตรวจฯ 12" in called("list").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["create", "x", "--name", "ก", "--role", "me_officer", "--password", "short"], 2),
        (["create", "x", "--name", "ก", "--role", "area_officer"], 2),
        (["create", "x", "--name", "ก", "--role", "area_officer", "--organisation", "none"], 4),
        (["grant", "nobody", "executive"], 4),
    ],
)
def test_what_cannot_be_done_ends_with_its_exit_code_and_makes_nothing(arguments: list[str], code: int) -> None:
    result = called(*arguments)
    assert (result.exit_code, result.stderr != "") == (code, True)
    assert json.loads(called("list", "--json").stdout) == []


def test_demo_accounts_are_shown_again_with_the_same_passwords() -> None:
    first = json.loads(called("demo", "--json").stdout)
    assert len(first) == 6
    assert json.loads(called("demo", "--json").stdout) == first
    assert first[0]["password"] in called("demo").stdout
