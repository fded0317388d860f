from __future__ import annotations

import json
from pathlib import Path

import click
import yaml
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import actions, queries
from sanyan.apps.collection.actions import PanelStored
from sanyan.core.errors import BadInputError, Fault
from sanyan.core.forms.panel import PanelMapping, PanelReading, read_panel, suggest_mapping
from sanyan.core.forms.sheets import Sheet
from sanyan.engines.documents.delimited import read_delimited
from sanyan.engines.documents.excel import read_workbook
from sanyan.interfaces.cli.progress import progress_bar
from sanyan.interfaces.cli.telling import EXIT_WITH_FAULTS, tell_faults

FAULTS_SHOWN = 20
SHIPPED = Path(__file__).parents[2] / "definitions" / "panels"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TOLD = (
    ("lines", "แถวข้อมูล", "lines"),
    ("figures", "ช่องที่อ่าน", "figures looked at"),
    ("accepted", "รับได้", "accepted"),
    ("blank", "ว่าง", "blank"),
    ("marked", "ระบุว่าไม่มีข้อมูล", "marked as missing"),
    ("repeated", "ซ้ำค่าเดิม", "repeated"),
    ("refused", "ยังรับไม่ได้", "not accepted"),
    ("units", "หน่วยงาน", "units"),
    ("periods", "ช่วงเวลา", "periods"),
    ("indicators", "ตัวชี้วัด", "indicators"),
)
_STORED = (
    ("organisations_created", "หน่วยงานใหม่", "organisations created"),
    ("reports", "รายงานที่บันทึก", "reports stored"),
    ("created", "คำตอบใหม่", "answers created"),
    ("changed", "คำตอบที่เปลี่ยน", "answers changed"),
    ("unchanged", "คำตอบเดิม", "answers unchanged"),
)

_GUESSED = """\
# ผังที่ระบบเดาจากไฟล์ โปรดตรวจแล้วบันทึกเป็นไฟล์ YAML: name_th, kind (number, percent), unit_th, direction ของแต่ละตัวชี้วัด
# A guess to put right and save: name_th, kind (number, percent), unit_th and direction of each indicator.
# หน่วยงานที่ยังไม่มีในทะเบียนจะสร้างให้เมื่อเพิ่ม / Units that are not registered are made where you add:
#   organisations: {create: true, prefix: my-}
"""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", "map_name", default="", help="ไฟล์ YAML หรือชื่อผังที่มีอยู่ / A YAML file, or a known name.")
@click.option("--suggest", is_flag=True, help="เดาผังให้ตรวจและแก้ / Print a guessed mapping to put right.")
@click.option("--dry-run", is_flag=True, help="ตรวจอย่างเดียว ไม่บันทึก / Check only, store nothing.")
@click.option("--json", "as_json", is_flag=True, help="ผลเป็น JSON / Tell the result as JSON.")
def panel(file: Path, map_name: str, suggest: bool, dry_run: bool, as_json: bool) -> None:
    """นำเข้าตารางหน่วยงาน x ปี x ตัวชี้วัด / Bring in a table of units, years and indicators.

    Without --mapping, prints a mapping to start from. A known name is one that ships with Sanyan, or the framework of
    a panel that came in before.
    """
    if suggest and map_name:
        raise click.UsageError("ระบุ --mapping หรือ --suggest อย่างใดอย่างหนึ่ง / Give --mapping or --suggest.")
    data = file.read_bytes()
    if not map_name:
        guess = suggest_mapping(_sheet(data, file.name, ""), framework=file.stem)
        click.echo(_GUESSED + yaml.safe_dump(guess.to_dict(), allow_unicode=True, sort_keys=False), nl=False)
        return
    mapping = _mapping(map_name)
    reading = read_panel(_sheet(data, file.name, mapping.sheet), mapping)
    stored = None if dry_run else _store(mapping, reading, file.name)
    faults = _checked(mapping, reading, file.name) if stored is None else stored.faults
    if as_json:
        _tell_json(reading, stored, faults)
    else:
        _tell(reading, stored, faults)
    if any(fault.is_error for fault in faults):
        raise SystemExit(EXIT_WITH_FAULTS)


def _checked(mapping: PanelMapping, reading: PanelReading, file_name: str) -> tuple[Fault, ...]:
    if not reading.rows:
        return reading.faults
    return actions.check_panel(by=SYSTEM, mapping=mapping, reading=reading, file_name=file_name, now=timezone.now())


def _store(mapping: PanelMapping, reading: PanelReading, file_name: str) -> PanelStored:
    with progress_bar() as told:
        return actions.import_panel(
            by=SYSTEM, mapping=mapping, reading=reading, file_name=file_name, now=timezone.now(), progress=told
        )


def _mapping(name: str) -> PanelMapping:
    shipped = SHIPPED / f"{name}.yaml"
    path = shipped if shipped.is_file() else Path(name)
    remembered = {} if path.is_file() else {held.name: held.mapping for held in queries.panel_mappings(viewer=SYSTEM)}
    if name in remembered:
        return remembered[name]
    try:
        return PanelMapping.from_dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        known = ", ".join(sorted({*(found.stem for found in SHIPPED.glob("*.yaml")), *remembered}))
        raise BadInputError(
            "panel-mapping-unreadable",
            f"อ่านผังการนำเข้า “{name}” ไม่ได้",
            f"The mapping {name!r} cannot be read ({type(error).__name__}).",
            next_th=f"ระบุไฟล์ YAML หรือชื่อที่มีอยู่: {known}",
            next_en=f"Name a YAML file, or one of: {known}.",
            place=name,
        ) from error


def _sheet(data: bytes, file_name: str, wanted: str) -> Sheet:
    """The sheet with that name, or the first that is shown and holds something."""
    if not data.startswith(_WORKBOOKS):
        return read_delimited(data, file_name=file_name)
    sheets = read_workbook(data, file_name=file_name)
    fitting = (
        [held for held in sheets if held.name == wanted] if wanted else [s for s in sheets if s.rows and not s.hidden]
    )
    if fitting:
        return fitting[0]
    raise BadInputError(
        "panel-sheet-missing",
        f"ไม่พบแผ่นงาน “{wanted}”" if wanted else "ไม่พบแผ่นงานที่มีข้อมูล",
        f"There is no sheet {wanted!r}." if wanted else "No sheet holds anything.",
        next_th="ตรวจชื่อแผ่นงานในผังการนำเข้า",
        next_en="Check the sheet's name in the mapping.",
        place=file_name,
    )


def _tell_json(reading: PanelReading, stored: PanelStored | None, faults: tuple[Fault, ...]) -> None:
    told: dict[str, object] = {"dry_run": stored is None, **reading.counts.as_dict()}
    if stored is not None:
        told |= {name: getattr(stored, name) for name, _, _ in _STORED} | {"rounds": stored.rounds}
    told["faults"] = [fault.as_dict() for fault in faults]
    click.echo(json.dumps(told, ensure_ascii=False))


def _tell(reading: PanelReading, stored: PanelStored | None, faults: tuple[Fault, ...]) -> None:
    counts = reading.counts.as_dict()
    for name, th, en in _TOLD:
        click.echo(f"{th} {counts[name]:,}  ({en})")
    tell_faults(faults[:FAULTS_SHOWN])
    more = len(faults) - FAULTS_SHOWN
    if more > 0:
        click.echo(f"และอีก {more:,} รายการ ดูทั้งหมดด้วย --json / and {more:,} more, all of them with --json", err=True)
    if stored is None:
        click.echo("ตรวจอย่างเดียว ยังไม่ได้บันทึก / Checked only, nothing stored")
        return
    for name, th, en in _STORED:
        click.echo(f"{th} {getattr(stored, name):,}  ({en})")
