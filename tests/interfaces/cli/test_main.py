from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from django.db.utils import OperationalError

from sanyan.core.errors import BadInputError, NotFoundError
from sanyan.interfaces.cli import main as cli
from sanyan.interfaces.cli.main import LazyGroup, Root, main
from sanyan.interfaces.cli.telling import told


def root_raising(error: Exception) -> Root:
    @click.command()
    def fails() -> None:
        raise error

    root = Root(name="sanyan", commands_at={})
    root.add_command(fails)
    return root


def test_the_root_names_its_version_and_lists_its_commands() -> None:
    assert "0.1.0" in CliRunner().invoke(main, ["--version"]).output
    listed = CliRunner().invoke(main, ["--help"]).output
    for name in ("accounts", "jobs", "migrate", "organisations", "worker"):
        assert f"  {name} " in listed


def test_every_command_named_leads_to_a_command() -> None:
    for group in (main, cli.import_):
        assert isinstance(group, LazyGroup)
        for name in group.list_commands(click.Context(group)):
            assert group.get_command(click.Context(group), name) is not None, name


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFoundError("รอบ 9"), 4),
        (BadInputError("bad", "ไฟล์ว่าง", "Empty file.", next_th="เลือกไฟล์ใหม่", next_en="Choose another."), 2),
    ],
)
def test_what_cannot_be_done_is_a_sentence_with_a_next_step_and_an_exit_code(error: Any, code: int) -> None:
    result = CliRunner().invoke(root_raising(error), ["fails"])
    assert result.exit_code == code
    assert result.stderr.strip() == told(error)
    assert "ขั้นต่อไป:" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_database_without_tables_says_how_to_make_them() -> None:
    result = CliRunner().invoke(root_raising(OperationalError("no such table: jobs_job")), ["fails"])
    assert (result.exit_code, "sanyan migrate" in result.stderr) == (6, True)


def test_another_database_error_is_not_hidden() -> None:
    result = CliRunner().invoke(root_raising(OperationalError("disk full")), ["fails"])
    assert isinstance(result.exception, OperationalError)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SANYAN_DEBUG", "perhaps"),
        ("SANYAN_LOG_LEVEL", "loud"),
        ("SANYAN_FACT_STORE", "paper"),
        ("SANYAN_DATABASE_URL", "postgresql://user:password@host:port/name"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_help_and_no_traceback(tmp_path: Path, name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from sanyan.interfaces.cli.main import main; main(['jobs', 'list'])"],
        env=os.environ | {"SANYAN_HOME": str(tmp_path), name: value, "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == cli.EXIT_MISCONFIGURED
    assert name in done.stderr.decode()
    assert "ขั้นต่อไป" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.slow
def test_migrate_makes_a_database_that_loads_the_registry_and_its_demo_accounts(tmp_path: Path) -> None:
    steps = (["migrate", "--quiet"], ["organisations", "load"], ["accounts", "demo"], ["jobs", "list"])
    program = "; ".join(
        ["from sanyan.interfaces.cli.main import main"] + [f"main({step!r}, standalone_mode=False)" for step in steps]
    )
    environment = os.environ | {"SANYAN_HOME": str(tmp_path), "SANYAN_DATABASE_URL": "", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert "new 265" in done.stdout
    assert "demo.region" in done.stdout
    assert (tmp_path / "sanyan.sqlite3").exists()
