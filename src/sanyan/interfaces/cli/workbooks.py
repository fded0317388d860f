from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import actions
from sanyan.apps.collection.queries import ImportView
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import BadInputError, SanyanError
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.cli.progress import progress_bar
from sanyan.interfaces.cli.telling import EXIT_WITH_FAULTS

COUNTED = ("files", "stored", "refused", "created", "changed", "unchanged", "errors", "warnings")
_LEADING_CODE = re.compile(r"[0-9A-Za-z]+")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--framework", required=True, help="รหัสกรอบ / Framework code.")
@click.option("--round", "round_name", required=True, help="รอบ เช่น 2568-09 / Round.")
@click.option("--practice", is_flag=True, help="รอบฝึกหัด / A practice round.")
@click.option("--dry-run", is_flag=True, help="ตรวจอย่างเดียว ไม่บันทึกคำตอบ / Read and report; store no answer.")
def workbooks(paths: tuple[Path, ...], framework: str, round_name: str, practice: bool, dry_run: bool) -> None:
    """นำเข้าไฟล์ของเขต (ชื่อไฟล์ขึ้นต้นด้วยรหัสเขต) / Import area workbooks named CODE.xlsx or CODE_*.xlsx.

    A folder may hold the files, or a folder of the round that does. Ends with 2 where a file or an answer was left out.
    """
    info = _round(framework, round_name, is_practice=practice)
    files = list(_files(paths, info.key))
    if not files:
        raise BadInputError(
            "workbooks-none",
            "ไม่พบไฟล์ Excel ในที่ที่ระบุ",
            "There is no Excel file in the place given.",
            next_th=f"ระบุไฟล์ หรือโฟลเดอร์ที่มีไฟล์หรือมีโฟลเดอร์ชื่อ {info.key}",
            next_en=f"Name files, or a folder that holds them or a folder called {info.key}.",
            place=", ".join(str(path) for path in paths),
        )
    owners = _owners(files, info)
    totals: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
    with progress_bar() as told:
        for number, path in enumerate(files, start=1):
            told(number, len(files), path.name)
            totals["files"] += 1
            totals.update(_import(path, owners.get(path), info, dry_run=dry_run))
    click.echo(json.dumps({**totals, "dry_run": dry_run}, ensure_ascii=False))
    if totals["refused"] or totals["errors"]:
        raise SystemExit(EXIT_WITH_FAULTS)


def _round(framework: str, name: str, *, is_practice: bool) -> RoundInfo:
    try:
        key = RoundKey.parse(name)
    except ValueError:
        raise BadInputError(
            "round-malformed",
            f"“{name}” ไม่ใช่รอบ",
            f"{name!r} is not a round.",
            next_th="เขียนปีงบประมาณและเดือนสะสม เช่น 2568-09",
            next_en="Write the fiscal year and the month, such as 2568-09.",
        ) from None
    info = frameworks.find_round(viewer=SYSTEM, framework_code=framework, key=key, is_practice=is_practice)
    if info is None:
        raise BadInputError(
            "round-unknown",
            f"ยังไม่มีรอบ {name} ของกรอบ {framework}",
            f"Round {name} of framework {framework} has not been opened.",
            next_th="เปิดรอบก่อน หรือตรวจรหัสกรอบและรอบอีกครั้ง (รอบฝึกหัดใช้ --practice)",
            next_en="Open the round first, or check the codes (a practice round needs --practice).",
        )
    return info


def _files(paths: Sequence[Path], key: RoundKey) -> Iterator[Path]:
    """The files named, and those of folders: of the folder itself, else of its folder for this round."""
    for path in paths:
        found = [path] if path.is_file() else _workbooks_in(path) or _workbooks_in(path / str(key))
        yield from found


def _workbooks_in(folder: Path) -> list[Path]:
    # Excel leaves a hidden "~$name.xlsx" beside a file that is open; it holds nothing.
    return sorted(path for path in folder.glob("*.xls*") if path.is_file() and not path.name.startswith("~$"))


def _owners(files: Sequence[Path], info: RoundInfo) -> dict[Path, int]:
    """The organisation of each file by its name: all of it, or the code that it begins with ("1001 (1).xlsx")."""
    names: Mapping[Path, tuple[str, str]] = {
        path: (path.stem, start[0] if (start := _LEADING_CODE.match(path.stem)) else "") for path in files
    }
    codes = {code for both in names.values() for code in both if code}
    known = {code: item.id for code, item in organisations.by_code(codes=codes, on=info.data_until).items()}
    found = {path: next((known[code] for code in both if code in known), None) for path, both in names.items()}
    return {path: owner for path, owner in found.items() if owner is not None}


def _import(path: Path, owner: int | None, info: RoundInfo, *, dry_run: bool) -> Mapping[str, int]:
    if owner is None:
        _say(f"{path.name}: ไม่พบรหัสเขตในชื่อไฟล์ ตั้งชื่อไฟล์ขึ้นต้นด้วยรหัสเขต เช่น 1001.xlsx / no known area code in its name")
        return {"refused": 1}
    read = actions.read_workbook if dry_run else actions.import_workbook
    try:
        view = read(
            by=SYSTEM,
            round_id=info.id,
            organisation_id=owner,
            file_name=path.name,
            data=path.read_bytes(),
            now=timezone.now(),
        )
    except SanyanError as error:
        _say(f"{path.name}: {error.th} {error.next_th} [{error.code}]")
        return {"refused": 1}
    return _tell(path, view)


def _tell(path: Path, view: ImportView) -> dict[str, int]:
    refused = view.report.get("refused")
    if isinstance(refused, dict):
        _say(f"{path.name}: {refused['th']} {refused['next_th']} [{refused['code']}]")
        return {"refused": 1}
    faults = view.report.get("faults")
    listed = faults if isinstance(faults, list) else []
    for fault in listed:
        mark = "" if fault["is_error"] else " (รับไว้แล้ว / let in)"
        _say(f"{path.name} {fault['sheet']}!{fault['cell']}: {fault['th']}{mark}")
    errors = sum(bool(fault["is_error"]) for fault in listed)
    return {
        "stored": int(view.state == "stored"),
        "errors": errors,
        "warnings": len(listed) - errors,
        **_answers(view.report),
    }


def _answers(report: Mapping[str, object]) -> dict[str, int]:
    """How many answers are new, changed and as before: stored, or (in a dry run) as they would be."""
    changes, changed, created, unchanged = (report.get(n) for n in ("changes", "changed", "created", "unchanged"))
    if isinstance(changes, list):
        kinds = Counter(change["what"] for change in changes)
        created, changed = kinds["new"], kinds["changed"]
    return {
        "created": created if isinstance(created, int) else 0,
        "changed": len(changed) if isinstance(changed, list) else changed if isinstance(changed, int) else 0,
        "unchanged": unchanged if isinstance(unchanged, int) else 0,
    }


def _say(line: str) -> None:
    click.echo(line, err=True)
