"""Each import contract of pyproject.toml is kept, and breaks when one line crosses it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# contract, module that oversteps, the line that does
SEEDS = [
    ("bands", "core/errors.py", "import sanyan.engines.stores.base"),
    ("bands", "engines/stores/base.py", "import sanyan.apps.audit.actions"),
    ("bands", "apps/quality/apps.py", "import sanyan.interfaces.web.urls"),
    ("bands", "interfaces/web/urls.py", "import sanyan.config.settings"),
    ("apps", "apps/organisations/models.py", "import sanyan.apps.accounts.access"),
    ("apps", "apps/audit/models.py", "import sanyan.apps.jobs.queries"),
    ("interfaces", "interfaces/web/urls.py", "import sanyan.interfaces.cli"),
    ("models", "interfaces/web/urls.py", "import sanyan.apps.quality.models"),
    ("public-surface", "apps/quality/apps.py", "import sanyan.apps.collection.models"),
    ("pure-core", "core/errors.py", "import django"),
    ("pure-core", "core/errors.py", "import duckdb"),
    ("engines-without-django", "engines/stores/base.py", "import django"),
    ("no-cycles", "core/rounds/__init__.py", "import sanyan.core.indicators, sanyan.core.rounds.circle"),
]


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache", *chosen],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources and the contracts, where a test may spoil them."""
    folder = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("__pycache__", "migrations")
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignore)
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "src/sanyan/core/rounds/circle.py").write_text("")
    indicators = folder / "src/sanyan/core/indicators/circle.py"
    indicators.write_text("import sanyan.core.rounds\n")
    return folder


@pytest.mark.slow
def test_every_contract_is_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "module", "line"), SEEDS)
def test_a_single_line_across_a_wall_breaks_its_contract(
    copied_house: Path, contract: str, module: str, line: str
) -> None:
    spoilt = copied_house / "src/sanyan" / module
    sound = spoilt.read_text(encoding="utf-8")
    spoilt.write_text(f"{sound}\n{line}\n", encoding="utf-8")
    try:
        done = lint(copied_house, contract)
    finally:
        spoilt.write_text(sound, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


@pytest.mark.slow
def test_the_seeds_try_every_contract(copied_house: Path) -> None:
    named = {
        line.split('"')[1]
        for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
        if line.startswith("id = ")
    }
    assert named == {contract for contract, _, _ in SEEDS}
    assert lint(copied_house).returncode == 0, "the copy itself must be sound, or a seed proves nothing"
