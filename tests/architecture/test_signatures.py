"""Who acts and who looks is always said: actions take `by`, queries and gates take `viewer`, by keyword only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APPS = Path(__file__).resolve().parents[2] / "src/sanyan/apps"

# These stand at or below `accounts`, which is where "viewer" is defined and worked out from their answers: they
# cannot know it. Their queries hold no figures of an organisation, and what they return is filtered above them.
BELOW_THE_SCOPE_RULE = {"audit", "jobs", "organisations", "accounts"}

# A job's row says itself who asked for the run, and a worker keeps it up to date; `jobs` cannot know `audit`.
OWN_TRACE = {"jobs"}


def files_of(app: Path, role: str) -> Iterator[Path]:
    """The module of a role, or every public module of the package it has become."""
    if (app / f"{role}.py").exists():
        yield app / f"{role}.py"
    yield from (path for path in sorted((app / role).rglob("*.py")) if not path.name.startswith("_"))


def public_functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def offered_by(app: Path, role: str) -> set[str]:
    """Names a package of this role re-exports: within a package only those are its public functions."""
    package = app / role / "__init__.py"
    if not package.exists():
        return set()
    tree = ast.parse(package.read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    } | {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def is_public(app: Path, role: str, name: str) -> bool:
    return not (app / role).is_dir() or name in offered_by(app, role)


def faults(app: Path, role: str, wanted: str) -> list[str]:
    found = []
    for path in files_of(app, role):
        for function in public_functions(path):
            if not is_public(app, role, function.name):
                continue
            arguments = function.args
            where = f"{path.relative_to(APPS)}:{function.lineno} {function.name}"
            if wanted not in {argument.arg for argument in arguments.kwonlyargs}:
                found.append(f"{where} takes no keyword-only `{wanted}`")
            if arguments.args or arguments.posonlyargs:
                found.append(f"{where} takes positional arguments")
    return found


ALL_APPS = sorted(path for path in APPS.iterdir() if (path / "apps.py").exists())


@pytest.mark.parametrize("app", ALL_APPS, ids=lambda app: app.name)
def test_actions_say_who_acts(app: Path) -> None:
    if app.name not in OWN_TRACE:
        assert faults(app, "actions", "by") == []


@pytest.mark.parametrize("app", ALL_APPS, ids=lambda app: app.name)
def test_queries_say_who_looks(app: Path) -> None:
    if app.name not in BELOW_THE_SCOPE_RULE:
        assert faults(app, "queries", "viewer") == []


@pytest.mark.parametrize("app", ALL_APPS, ids=lambda app: app.name)
def test_gates_say_who_asks(app: Path) -> None:
    gates = [
        (f"{path.relative_to(APPS)} {function.name}", {argument.arg for argument in function.args.kwonlyargs})
        for path in files_of(app, "access")
        for function in public_functions(path)
        if "id" in {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    ]
    assert [name for name, keywords in gates if not {"viewer", "id"} <= keywords] == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def close(*, round_id: int) -> None: ...", "takes no keyword-only `by`"),
        ("def close(by: object) -> None: ...", "takes no keyword-only `by`"),
        ("def close(round_id: int, *, by: object) -> None: ...", "takes positional arguments"),
    ],
)
def test_a_silent_signature_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, complaint: str
) -> None:
    app = tmp_path / "something"
    app.mkdir()
    (app / "actions.py").write_text(source)
    monkeypatch.setattr(f"{__name__}.APPS", tmp_path)
    assert any(complaint in fault for fault in faults(app, "actions", "by"))
