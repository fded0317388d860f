"""Files that the evaluation commands read and write."""

from __future__ import annotations

import csv
import json
import math
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.tables import Omission
from sanyan.core.forms.sheets import Sheet
from sanyan.engines.documents.delimited import read_delimited

Cell = str | float | int | bool | None
MOST_BYTES = 500 * 1024 * 1024
MOST_CELLS = 50_000_000


def read_table(path: Path) -> Sheet:
    """A CSV or TSV file as a sheet; raise BadInputError where it is none."""
    return read_delimited(path.read_bytes(), file_name=path.name, max_bytes=MOST_BYTES, max_cells=MOST_CELLS)


def read_spec(path: Path) -> object:
    """A YAML file, parsed; raise BadInputError where it is not YAML."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInputError(
            "evaluation-spec",
            "อ่านไฟล์กำหนดการประเมินไม่ได้ เพราะไม่ใช่ YAML ที่ถูกต้อง",
            f"The specification is not valid YAML: {str(error).splitlines()[0]}.",
            next_th="ตรวจการเว้นวรรคและเครื่องหมายทวิภาค แล้วลองใหม่",
            next_en="Check the indentation and colons, and try again.",
            place=path.name,
        ) from error


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV file whole or not at all; numbers in full, what is not known as an empty cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_written(cell) for cell in row] for row in rows])
    Path(name).replace(path)


def tell_json(result: Mapping[str, object]) -> None:
    """A result as JSON on standard output; what is not finite becomes null."""
    click.echo(json.dumps(_finite(result), ensure_ascii=False, default=str))


def tell_omissions(omissions: Iterable[Omission]) -> None:
    """What was left out, on standard error."""
    for item in omissions:
        where = f" ({item.example})" if item.example else ""
        click.echo(f"  {item.th}: {item.count}{where}\n  {item.en} {item.count}", err=True)


def _written(cell: Cell) -> str:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def _finite(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _finite(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(held) for held in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
