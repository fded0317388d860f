"""JSON Lines files of the evaluation commands: one object a line; a line that cannot be used is listed, never fatal."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.tables import Omission

MOST_BYTES = 2 * 1024 * 1024 * 1024  # unpacked
MOST_LINE = 64 * 1024 * 1024
LISTED = 1_000  # lines left out for the same reason that are listed one by one; the rest are counted
_TYPE_NAMES: dict[type, tuple[str, str]] = {
    str: ("ข้อความ", "a text"),
    bool: ("true หรือ false", "true or false"),
    int: ("จำนวนเต็ม", "a whole number"),
    float: ("ตัวเลข", "a number"),
    list: ("รายการข้อความ", "a list of texts"),
}


@dataclass(frozen=True)
class Lines:
    """The usable lines of a file in order, as checked fields beside whatever else they hold; and what was left out."""

    rows: tuple[dict[str, Any], ...]
    omissions: tuple[Omission, ...]


class _LineError(Exception):
    """Why a line is left out, in both languages."""

    def __init__(self, code: str, th: str, en: str) -> None:
        super().__init__(en)
        self.code, self.th, self.en = code, th, en


def read_lines(
    path: Path,
    fields: Mapping[str, type],
    *,
    optional: Mapping[str, type] | None = None,
    unique: str = "",
) -> Lines:
    """The objects of a JSON Lines file (UTF-8; packed where its name ends in .gz) that hold `fields`.

    A field's type is str, bool, int, float or list (of texts); numbers in place of texts become texts, for they are
    ids. `optional` fields are checked where they stand and not null. `unique` names a field no two lines may share;
    the later line is left out. Raise BadInputError for a file that cannot be read or holds no usable line.
    """
    rows: list[dict[str, Any]] = []
    omissions: list[Omission] = []
    told: Counter[str] = Counter()
    seen: set[object] = set()
    for number, line in _numbered(path):
        try:
            row = _row(line, fields, optional or {})
            if unique and row[unique] in seen:
                raise _LineError(
                    "line-repeated", f"ค่าของ {unique} ซ้ำกับบรรทัดก่อน", f"An earlier line has the same {unique}."
                )
            seen.add(row[unique] if unique else None)
            rows.append(row)
        except _LineError as reason:
            told[reason.code] += 1
            if told[reason.code] <= LISTED:
                where = f"{path.name} บรรทัด {number} / line {number}"
                omissions.append(Omission(reason.code, 1, reason.th, reason.en, where))
    th, en = "บรรทัดอื่นที่ใช้ไม่ได้ด้วยเหตุเดียวกัน", "More lines left out for the same reason."
    more = [(code, count - LISTED) for code, count in told.items() if count > LISTED]
    omissions += [Omission(code, count, th, en, path.name) for code, count in more]
    if not rows:
        raise _nothing(path, omissions)
    return Lines(tuple(rows), tuple(omissions))


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, counted from 1 with the blank ones; raise BadInputError where unreadable."""
    read = 0
    try:
        with _opened(path) as file:
            for number in range(1, MOST_BYTES):
                line = file.readline(MOST_LINE + 1)
                read += len(line)
                if len(line) > MOST_LINE or read > MOST_BYTES:
                    raise OSError("larger than can be read")
                if not line:
                    return
                bare = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
                if bare:
                    yield number, bare
    except (OSError, EOFError, zlib.error) as error:
        raise BadInputError(
            "evaluation-file",
            f"เปิดไฟล์ไม่ได้: {path}",
            f"The file cannot be read: {path} ({getattr(error, 'strerror', None) or error}).",
            next_th="ตรวจชื่อและที่อยู่ของไฟล์ แล้วลองใหม่",
            next_en="Check the name of the file and where it is, and try again.",
            place=str(path),
        ) from error


def _opened(path: Path) -> gzip.GzipFile | BinaryIO:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _row(line: bytes, fields: Mapping[str, type], optional: Mapping[str, type]) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
        held = json.loads(text)
        if "\\u" in text:
            json.dumps(held, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
    except UnicodeError:
        raise _LineError("line-not-utf8", "ไม่ใช่ข้อความ UTF-8", "It is not UTF-8 text.") from None
    except (ValueError, RecursionError):
        raise _LineError("line-not-json", "ไม่ใช่ JSON ที่ถูกต้อง", "It is not valid JSON.") from None
    if not isinstance(held, dict):
        raise _LineError("line-not-object", "ไม่ใช่ชุดช่องข้อมูล JSON", "It is not a JSON object.")
    row = dict(held)
    for name, sort in fields.items():
        if row.get(name) is None:
            raise _LineError("line-field-missing", f"ไม่มีช่อง {name}", f"There is no field {name}.")
        row[name] = _value(name, row[name], sort)
    for name, sort in optional.items():
        if row.get(name) is not None:
            row[name] = _value(name, row[name], sort)
    return row


def _value(name: str, value: object, sort: type) -> object:
    if sort is str and (made := _as_text(value)) is not None:
        return made
    if sort is list and isinstance(value, list):
        texts = [_as_text(item) for item in value]
        if None not in texts:
            return texts
    if isinstance(value, bool) == (sort is bool):
        if sort is float and isinstance(value, int | float):
            return float(value)
        if sort in (bool, int) and isinstance(value, sort):
            return value
    th, en = _TYPE_NAMES[sort]
    raise _LineError("line-field-sort", f"ช่อง {name} ต้องเป็น{th}", f"The field {name} must be {en}.")


def _as_text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _nothing(path: Path, omissions: list[Omission]) -> BadInputError:
    first = omissions[0] if omissions else None
    th = f" บรรทัดแรกที่ใช้ไม่ได้: {first.th} ({first.example})" if first else ""
    en = f" The first that cannot be used: {first.en} ({first.example})" if first else ""
    return BadInputError(
        "evaluation-lines-none",
        f"ไฟล์ไม่มีบรรทัดที่ใช้ได้{th}",
        f"The file holds no usable line.{en}",
        next_th="ตรวจว่าไฟล์มี JSON บรรทัดละหนึ่งชุด และมีช่องครบ แล้วลองใหม่",
        next_en="Check that each line is one JSON object with all its fields, and try again.",
        place=str(path),
    )
