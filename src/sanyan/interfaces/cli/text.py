"""`sanyan text`: work with Thai text from files."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sanyan.core.errors import BadInputError
from sanyan.core.thai.repair import Repaired
from sanyan.core.thai.repair import repair as repair_text
from sanyan.core.thai.text_quality import TextQuality, text_quality
from sanyan.interfaces.cli.evaluate_files import json_option, tell_json

MOST_BYTES = 50 * 1024 * 1024


@click.group()
def text() -> None:
    """งานกับข้อความภาษาไทย / Work with Thai text."""


@text.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@json_option
def repair(file: Path, as_json: bool) -> None:
    """ซ่อมข้อความไทยที่เสียหายจากการแปลงไฟล์ / Repair Thai that a conversion damaged.

    FILE is plain text in UTF-8, UTF-16 or Windows-874; "-" reads standard input. The repaired text is printed; --json
    tells text, edits (places in the original and in the repaired text, and what was wrong), and quality.
    """
    given = _decoded(_read(file), str(file))
    done = repair_text(given)
    if as_json:
        tell_json(_told(done, text_quality(given)))
    else:
        click.echo(done.text, nl=False)


def _told(done: Repaired, quality: TextQuality) -> dict[str, object]:
    return {
        "text": done.text,
        "edits": [
            {
                "original": {
                    "start": edit.original.start,
                    "end": edit.original.end,
                    "text": edit.original.of(done.original),
                },
                "repaired": {
                    "start": edit.repaired.start,
                    "end": edit.repaired.end,
                    "text": edit.repaired.of(done.text),
                },
                "kind": edit.kind.value,
            }
            for edit in done.edits
        ],
        "quality": _quality(quality),
    }


def _quality(quality: TextQuality) -> dict[str, Any]:
    return asdict(quality) | {"verdict": quality.verdict.value}


def _read(file: Path) -> bytes:
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInputError(
            "text-file",
            f"เปิดไฟล์ไม่ได้: {file}",
            f"The file cannot be opened: {file} ({error.strerror or error}).",
            next_th="ตรวจชื่อและที่อยู่ของไฟล์ แล้วลองใหม่",
            next_en="Check the name of the file and where it is, and try again.",
            place=str(file),
        ) from error
    if len(data) > MOST_BYTES:
        raise BadInputError(
            "text-too-large",
            f"ไฟล์ใหญ่กว่า {MOST_BYTES // 1024 // 1024} MB",
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.",
            next_th="แบ่งไฟล์ให้เล็กลง แล้วลองใหม่",
            next_en="Split the file and try again.",
            place=str(file),
        )
    return data


def _decoded(data: bytes, place: str) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise BadInputError(
        "text-encoding",
        "อ่านไฟล์ไม่ได้ เพราะไม่ใช่ข้อความ UTF-8, UTF-16 หรือ Windows-874",
        "The file is not text in UTF-8, UTF-16 or Windows-874.",
        next_th="บันทึกไฟล์เป็นข้อความ UTF-8 แล้วลองใหม่",
        next_en="Save the file as UTF-8 text and try again.",
        place=place,
    )
