from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import actions
from sanyan.apps.collection.queries import ImportView
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import BadInputError, SanyanError
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.cli.progress import progress_bar


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--framework", required=True, help="รหัสกรอบ / Framework code.")
@click.option("--round", "round_name", required=True, help="รอบ เช่น 2568-09 / Round.")
@click.option("--practice", is_flag=True, help="รอบฝึกหัด / A practice round.")
@click.option("--dry-run", is_flag=True, help="ตรวจอย่างเดียว ไม่บันทึกคำตอบ / Read and report; store no answer.")
def workbooks(paths: tuple[Path, ...], framework: str, round_name: str, practice: bool, dry_run: bool) -> None:
    """นำเข้าแฟ้มของเขต (ชื่อแฟ้มขึ้นต้นด้วยรหัสเขต) / Import area workbooks named CODE.xlsx or CODE_*.xlsx."""
    info = frameworks.find_round(
        viewer=SYSTEM, framework_code=framework, key=_round_key(round_name), is_practice=practice
    )
    if info is None:
        raise BadInputError(
            "round-unknown",
            f"ยังไม่มีรอบ {round_name} ของกรอบ {framework}",
            f"Round {round_name} of framework {framework} has not been opened.",
            next_th="เปิดรอบก่อน หรือตรวจรหัสกรอบและรอบอีกครั้ง",
            next_en="Open the round first, or check the codes.",
        )
    files = list(_files(paths))
    read = actions.read_workbook if dry_run else actions.import_workbook
    totals = {"files": 0, "stored": 0, "refused": 0, "faults": 0}
    with progress_bar() as told:
        for number, path in enumerate(files, start=1):
            told(number, len(files), path.name)
            code = path.stem.partition("_")[0]
            owner = organisations.by_code(codes=[code], on=info.data_until).get(code)
            totals["files"] += 1
            if owner is None:
                totals["refused"] += 1
                click.echo(f"{path.name}: ไม่รู้จักรหัสเขต {code} / unknown area code", err=True)
                continue
            try:
                view = read(
                    by=SYSTEM,
                    round_id=info.id,
                    organisation_id=owner.id,
                    file_name=path.name,
                    data=path.read_bytes(),
                    now=timezone.now(),
                )
            except SanyanError as error:
                totals["refused"] += 1
                click.echo(f"{path.name}: {error.th} {error.next_th} [{error.code}]", err=True)
                continue
            _tell(path, view, totals)
    click.echo(json.dumps(totals, ensure_ascii=False))


def _round_key(text: str) -> RoundKey:
    try:
        return RoundKey.parse(text)
    except ValueError:
        raise BadInputError(
            "round-malformed",
            f"“{text}” ไม่ใช่รอบ",
            f"{text!r} is not a round.",
            next_th="เขียนปีงบประมาณและเดือนสะสม เช่น 2568-09",
            next_en="Write the fiscal year and the month, such as 2568-09.",
        ) from None


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        yield from sorted(path.glob("*.xls*")) if path.is_dir() else [path]


def _tell(path: Path, view: ImportView, totals: dict[str, int]) -> None:
    refused = view.report.get("refused")
    if isinstance(refused, dict):
        totals["refused"] += 1
        click.echo(f"{path.name}: {refused['th']} {refused['next_th']} [{refused['code']}]", err=True)
        return
    totals["stored"] += view.state == "stored"
    faults = view.report.get("faults")
    for fault in faults if isinstance(faults, list) else []:
        totals["faults"] += 1
        click.echo(f"{path.name} {fault['sheet']}!{fault['cell']}: {fault['th']}", err=True)
