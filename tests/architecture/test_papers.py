"""What people read keeps step with what is there: READMEs, settings, dependencies, lock files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = sorted(path for path in (ROOT / "src/sanyan/apps").iterdir() if (path / "apps.py").exists())
README_PARTS = ("start here", "boundaries", "confus", "tests")


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    return {
        found[1] + (found[3] or ""): found[2]
        for found in re.finditer(r"^([a-z0-9._-]+)==([^ ;\\]+)( ;[^\\]*)?", text, re.MULTILINE)
    }


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_each_app_has_a_map(app: Path) -> None:
    text = (app / "README.md").read_text("utf-8")
    title, _, purpose = text.partition("\n\n")
    assert title.startswith("# ")
    assert len(purpose.split("\n\n")[0]) > 80, "the first paragraph says what the app is for"
    missing = [part for part in README_PARTS if part not in text.lower()]
    assert missing == [], f"{app.name}/README.md says nothing of {missing}"


def test_every_link_between_papers_leads_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")]
    broken = [
        f"{paper.relative_to(ROOT)}: {target}"
        for paper in papers
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", paper.read_text("utf-8"))
        if "://" not in target and not (paper.parent / target).exists()
    ]
    assert broken == []


def test_every_setting_read_from_the_environment_is_documented() -> None:
    names = set()
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text("utf-8")
        names |= set(re.findall(r"(?:environ\.get\(|environ\[|_flag\(|_one_of\(|getenv\()\s*\"([A-Z_]+)\"", text))
        names |= set(re.findall(r"envvar=\"([A-Z_]+)\"", text))
    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8")))
    assert names - {"DJANGO_SETTINGS_MODULE"} <= documented


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.in")), ids=lambda path: path.name)
def test_every_dependency_says_why_it_is_here(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith(("#", "-r"))]
    assert [line for line in lines if not re.search(r"\s#\s*\S+", line)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_locked_package_has_a_hash(path: Path) -> None:
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_development_runs_on_the_versions_that_are_shipped() -> None:
    development = pins("development.txt")
    assert {key: version for key, version in pins("runtime.txt").items() if development.get(key) != version} == {}


def test_lock_files_name_no_address() -> None:
    files = [*(ROOT / "requirements").glob("*.txt"), *(ROOT / "requirements").glob("*.in")]
    files += [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    found = [
        f"{path.name}: {line.strip()}"
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"(https?|git|file):|index-url|find-links|\"resolved\"", line) and '"url"' not in line
    ]
    assert found == []
