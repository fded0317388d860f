from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.organisations import actions, queries
from sanyan.apps.organisations.actions import ImportResult
from sanyan.interfaces.cli.telling import EXIT_WITH_FAULTS, tell_faults


@click.group()
def organisations() -> None:
    """ทะเบียนหน่วยงาน / The registry of organisations."""


@organisations.command()
@click.option("--json", "as_json", is_flag=True)
def load(as_json: bool) -> None:
    """ใส่ทะเบียนที่มากับระบบ 245 เขต / Load the registry that ships with Sanyan."""
    _tell(actions.load_registry(by=SYSTEM, now=timezone.now()), as_json=as_json)


@organisations.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="ตรวจอย่างเดียว ไม่บันทึก / Check only, store nothing")
@click.option("--json", "as_json", is_flag=True)
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """นำเข้าหน่วยงานจากไฟล์ CSV หรือ Excel / Bring in organisations from a CSV or Excel file."""
    result = actions.import_file(
        by=SYSTEM, data=file.read_bytes(), file_name=file.name, dry_run=dry_run, now=timezone.now()
    )
    _tell(result, as_json=as_json)
    if result.faults:
        raise SystemExit(EXIT_WITH_FAULTS)


@organisations.command(name="list")
@click.option("--kind", type=click.Choice(["office", "region", "area", "school"]), default="area")
@click.option("--json", "as_json", is_flag=True)
def list_(kind: str, as_json: bool) -> None:
    """แสดงหน่วยงานที่เปิดอยู่วันนี้ / Show the organisations open today."""
    listing = {
        "office": queries.offices,
        "region": queries.regions,
        "area": queries.areas,
        "school": queries.schools,
    }
    found = listing[kind](on=timezone.localdate())
    if as_json:
        rows = [dataclasses.asdict(info) for info in found]
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for info in found:
        click.echo(f"{info.code:<8} {info.region_code:<4} {info.short_th}")
    click.echo(f"{len(found)} แห่ง / organisations")


@organisations.command(name="draw-group")
@click.argument("name")
@click.option("--size", type=click.IntRange(min=1), required=True)
@click.option("--seed", type=int, required=True, help="เลขเริ่มสุ่ม เก็บไว้เพื่อสุ่มซ้ำได้ / Kept, so the draw can be repeated")
@click.option("--minimum", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--purpose", default="")
def draw_group(name: str, size: int, seed: int, minimum: int, purpose: str) -> None:
    """สุ่มกลุ่มเป้าหมายแบบแบ่งชั้นภูมิ / Draw a stratified target group of areas."""
    group = actions.draw_target_group(
        by=SYSTEM,
        name_th=name,
        purpose_th=purpose,
        size=size,
        seed=seed,
        minimum=minimum,
        now=timezone.now(),
    )
    members = queries.by_id(ids=group.members, on=timezone.localdate())
    for info in sorted(members.values(), key=lambda info: (info.region_code, info.code)):
        click.echo(f"{info.region_code:<4} {info.code:<8} {info.short_th}")
    click.echo(f"{group.name_th}: {group.size} แห่ง / areas (seed {group.seed})")


def _tell(result: ImportResult, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(result), ensure_ascii=False))
        return
    counts = (len(result.created), len(result.changed), len(result.unchanged), len(result.faults))
    click.echo("ใหม่ {}  เปลี่ยน {}  คงเดิม {}  ยังใช้ไม่ได้ {}".format(*counts))
    click.echo("new {}  changed {}  unchanged {}  not usable {}".format(*counts))
    for change in result.changed:
        click.echo(f"  {change.code}: {', '.join(change.parts)}")
    tell_faults(result.faults)
    if result.dry_run:
        click.echo("ตรวจอย่างเดียว ยังไม่ได้บันทึก / Checked only, nothing stored")
