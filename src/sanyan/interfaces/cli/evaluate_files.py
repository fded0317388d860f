"""What the evaluation commands share: their options, and the files that they read and write."""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import click
import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.tables import Omission
from sanyan.core.forms.sheets import Sheet
from sanyan.engines.documents.delimited import read_delimited

Cell = str | float | int | bool | None
MOST_BYTES = 500 * 1024 * 1024
MOST_CELLS = 50_000_000
MOST_SPEC_BYTES = 1024 * 1024
MOST_MERGED = 1_000  # fields that one part of a specification may gather from others
READABLE = click.Path(path_type=Path)  # whether it can be read is told when it is, with the next step
table_argument = click.argument("table", type=READABLE)
spec_option = click.option(
    "--spec",
    "spec_path",
    required=True,
    type=READABLE,
    help="ไฟล์กำหนด (YAML) / What the table holds, as YAML.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="ผลเป็น JSON / Tell the result as JSON.")


class _SpecLoader(yaml.SafeLoader):
    """YAML whose merged fields (`<<`) cannot multiply without end."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        super().flatten_mapping(node)
        if len(node.value) > MOST_MERGED:
            raise yaml.constructor.ConstructorError(None, None, "too many merged fields", node.start_mark)


def read_table(path: Path) -> Sheet:
    """A CSV or TSV file as a sheet; raise BadInputError where it is none."""
    return read_delimited(_bytes(path, MOST_BYTES), file_name=path.name, max_bytes=MOST_BYTES, max_cells=MOST_CELLS)


def read_spec(path: Path) -> object:
    """A YAML file, parsed; raise BadInputError where it is not YAML."""
    try:
        data = _bytes(path, MOST_SPEC_BYTES)
        if len(data) > MOST_SPEC_BYTES:
            raise ValueError("larger than 1 MB")
        return yaml.load(data.decode("utf-8-sig"), Loader=_SpecLoader)  # noqa: S506  # it is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: not UTF-8, or the 99th of May
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
    with writing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_written(cell) for cell in row] for row in rows])


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A text file that takes its place when it is whole; raise BadInputError where it cannot be written.

    What is no plain file (a pipe, /dev/stdout) is written to as it is.
    """
    is_plain = path.is_file() or not path.exists()
    draft = path.with_name(f".{path.name}.{os.getpid()}") if is_plain else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        if is_plain:
            draft.replace(path)
    except OSError as error:
        raise BadInputError(
            "evaluation-out",
            f"เขียนไฟล์ผลไม่ได้: {path}",
            f"The result cannot be written to {path}: {error.strerror or error}.",
            next_th="ระบุไฟล์ในโฟลเดอร์ที่เขียนได้ด้วย --out",
            next_en="Name a file in a folder you can write to with --out.",
            place=str(path),
        ) from error
    finally:
        if is_plain and draft != path:
            _removed(draft)


def tell_json(result: Mapping[str, object]) -> None:
    """A result as JSON on standard output; what is not finite becomes null."""
    click.echo(json.dumps(_finite(result), ensure_ascii=False, default=str))


def tell_omissions(omissions: Iterable[Omission]) -> None:
    """What was left out, on standard error."""
    for item in omissions:
        where = f" ({item.example})" if item.example else ""
        click.echo(f"  {item.th}: {item.count}{where}\n  {item.en} {item.count}", err=True)


def _bytes(path: Path, most: int) -> bytes:
    """What a file holds, one byte more than may be at most; raise BadInputError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise BadInputError(
            "evaluation-file",
            f"เปิดไฟล์ไม่ได้: {path}",
            f"The file cannot be opened: {path} ({error.strerror or error}).",
            next_th="ตรวจชื่อและที่อยู่ของไฟล์ แล้วลองใหม่",
            next_en="Check the name of the file and where it is, and try again.",
            place=str(path),
        ) from error


def _removed(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


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
