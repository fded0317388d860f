"""`sanyan frameworks`: frameworks in and out as files, checked, compared and published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.frameworks import actions, queries
from sanyan.core.errors import BadInputError, Fault
from sanyan.interfaces.cli.telling import tell_faults

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def frameworks() -> None:
    """กรอบการติดตามและประเมินผล / Frameworks of monitoring and evaluation."""


@frameworks.command(name="import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="อ่านและตรวจเท่านั้น ไม่เก็บ / Read and check only.")
def import_(file: Path, dry_run: bool) -> None:
    """นำเข้าเป็นฉบับร่างจาก Excel หรือ YAML / Bring in a draft from Excel or YAML."""
    if dry_run:
        _check(file, unfinished_will_do=True)
        click.echo("ยังไม่ได้เก็บ (ทดลองอ่าน) / Nothing was stored (dry run)")
        return
    saved = actions.import_framework_file(by=SYSTEM, data=file.read_bytes(), file_name=file.name, now=timezone.now())
    tell_faults(saved.faults)
    click.echo(
        f"เก็บร่าง {saved.framework_code} ฉบับที่ {saved.number} แล้ว "
        f"ต้องแก้ก่อนประกาศใช้ {_errors(saved.faults)} ข้อ / draft stored"
    )


@frameworks.command()
@click.argument("file", type=FILE)
def validate(file: Path) -> None:
    """ตรวจไฟล์กรอบโดยไม่เก็บ / Check a file without storing it."""
    _check(file)


@frameworks.command()
@click.argument("code")
@click.option("--format", "form", type=click.Choice(["yaml", "xlsx"]), default="yaml", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="ไฟล์ปลายทาง / Where to write.")
@click.option("--number", type=int, help="ฉบับที่ (ไม่ระบุคือฉบับที่ประกาศใช้) / Version number.")
def export(code: str, form: str, out: Path | None, number: int | None) -> None:
    """ส่งออกกรอบเป็น YAML หรือ Excel / Write a framework as YAML or Excel."""
    version = queries.find_version(viewer=SYSTEM, framework_code=code, number=number)
    target = out or Path(f"{code}-{version.number}.{form}")
    if form == "xlsx":
        content = queries.export_workbook(viewer=SYSTEM, version_id=version.id)
    else:
        content = queries.export_yaml(viewer=SYSTEM, version_id=version.id).encode()
    target.write_bytes(content)
    click.echo(f"เขียน {target} แล้ว ({code} ฉบับที่ {version.number}, {version.state}) / written")


@frameworks.command()
@click.argument("code")
@click.option("--checked-by", default="", help="ชื่อผู้ตรวจทาน / Who checked it.")
def publish(code: str, checked_by: str) -> None:
    """ประกาศใช้ฉบับร่าง / Put the draft in force."""
    version_id = actions.publish(by=SYSTEM, framework_code=code, now=timezone.now(), checked_by=checked_by)
    version = queries.framework_version(viewer=SYSTEM, version_id=version_id)
    click.echo(f"ประกาศใช้ {code} ฉบับที่ {version.number} แล้ว {len(version.definition.indicators)} ตัวชี้วัด / published")


@frameworks.command()
@click.argument("code")
@click.argument("a", type=int)
@click.argument("b", type=int)
def diff(code: str, a: int, b: int) -> None:
    """แสดงสิ่งที่เปลี่ยนจากฉบับ A เป็นฉบับ B / Show what changed from version A to B."""
    found = queries.differences(viewer=SYSTEM, framework_code=code, old=a, new=b)
    for each in found:
        click.echo(f"{each.th}\n    {each.en}")
    click.echo(f"ต่างกัน {len(found)} แห่ง / {len(found)} differences" if found else "ไม่ต่างกัน / No difference")


def _check(file: Path, *, unfinished_will_do: bool = False) -> None:
    """Tell every fault; raise where the file cannot be read or, unless told otherwise, cannot be published."""
    read = queries.read_framework_file(
        viewer=SYSTEM, data=file.read_bytes(), file_name=file.name, today=timezone.localdate()
    )
    tell_faults(read.faults)
    errors = _errors(read.faults)
    if read.framework is None or (errors and not unfinished_will_do):
        raise BadInputError(
            "framework-not-ready",
            f"กรอบในไฟล์นี้ยังใช้ไม่ได้ มีจุดที่ต้องแก้ {errors} ข้อ",
            f"The framework in this file cannot be used yet: {errors} to put right.",
            next_th="แก้ตามรายการข้างต้น แล้วตรวจอีกครั้ง",
            next_en="Put the list above right, then check again.",
            place=file.name,
        )
    count = len(read.framework.indicators)
    ready = f"ต้องแก้ก่อนประกาศใช้ {errors} ข้อ / {errors} to put right" if errors else "พร้อมประกาศใช้ / ready"
    click.echo(f"{read.framework.code}: {count} ตัวชี้วัด {ready}")


def _errors(faults: Iterable[Fault]) -> int:
    return sum(fault.is_error for fault in faults)
