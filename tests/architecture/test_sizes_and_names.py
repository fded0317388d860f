"""The house's budgets: small modules, short functions, words that say something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 40, 150
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "services", "service", "manager", "managers", "common"}
EMPTY_WORDS |= {"misc", "v2"}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in sources("src", "tests", "tools")}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in sources("src", "tools")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_template_is_longer_than_a_hundred_and_fifty_lines() -> None:
    lengths = {name(p): len(p.read_text("utf-8").splitlines()) for p in (ROOT / "src").rglob("*.html")}
    assert {path: length for path, length in lengths.items() if length > LONGEST_TEMPLATE} == {}


def test_nothing_is_called_by_a_word_that_says_nothing() -> None:
    found = [
        name(path)
        for folder in ("src", "tests", "tools")
        for path in (ROOT / folder).rglob("*")
        if "__pycache__" not in path.parts
        and (EMPTY_WORDS & set(path.stem.split("_")) if path.suffix == ".py" else path.name in EMPTY_WORDS)
    ]
    assert found == []


def test_tests_stand_in_no_package() -> None:
    assert [name(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_no_work_is_left_as_a_note() -> None:
    note = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")
    found = [name(path) for path in sources("src", "tools") if note.search(path.read_text("utf-8"))]
    assert found == []


def test_apps_hold_only_files_of_the_fixed_vocabulary() -> None:
    roles = {"models", "actions", "queries", "access", "tasks", "apps", "admin", "migrations", "management"}
    for app in sorted((ROOT / "src/sanyan/apps").iterdir()):
        if not (app / "apps.py").exists():
            continue
        offered = {path.stem for path in app.glob("*.py")} - roles
        private = {stem for stem in offered if stem != "__init__"}
        reason = f"{app.name}: {sorted(private)} is no file of the vocabulary; name it in the app's README"
        readme = (app / "README.md").read_text("utf-8") if (app / "README.md").exists() else ""
        assert all(f"{stem}.py" in readme for stem in private), reason
