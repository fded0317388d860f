"""What one cell of the Excel form of a framework says, read as kindly as its form allows.

Each reader returns None for a blank and raises ValueError, in Thai, for what cannot be read.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from sanyan.core.forms.framework_layout import Column, Form
from sanyan.core.forms.sheets import CellValue
from sanyan.core.rounds import BUDDHIST_ERA

FIRST_BUDDHIST_YEAR = 2400
NONE_MARKS = ("", "-", "–", "—")
YES_MARKS = frozenset({"ใช่", "yes", "y", "true", "1", "/", "✓", "จริง", "มี"})
NO_MARKS = frozenset({"ไม่ใช่", "no", "n", "false", "0", "ไม่", "เท็จ", "ไม่มี", "x"})
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PARTS = re.compile(r"((?:[^;\\]|\\.)*)(?:;|$)", re.DOTALL)


def read_cell(value: CellValue, column: Column) -> object:
    """The value of a cell in the dict form of a framework, or None where it is blank."""
    return _READ[column.form](value, column)


def plain_label(value: object) -> str:
    """A label as it is compared: no case, no outer or doubled blanks, no asterisk."""
    return " ".join(str("" if value is None else value).replace("*", " ").split()).casefold()


def _text(value: CellValue) -> str | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        value = value.isoformat()
    return str(value).strip() or None


def _read_text(value: CellValue, column: Column) -> str | None:
    text = _text(value)
    return _code(text, column) if text is not None else None


def _code(text: str, column: Column) -> str:
    """The code that a shown word stands for; other text is kept unless the column is closed."""
    codes = {plain_label(shown): code for code, shown in column.words.items()}
    codes |= {plain_label(code): code for code in column.words}
    code = codes.get(plain_label(text), text)
    if column.closed and code not in column.words:
        raise ValueError("เลือกได้จาก " + " / ".join(column.words.values()))
    return code


def _read_number(value: CellValue, column: Column) -> float | None:
    if isinstance(value, bool | date | datetime):
        raise ValueError("ต้องเป็นตัวเลข")
    text = str("" if value is None else value).replace(",", "").strip().removesuffix("%").strip()
    if text in NONE_MARKS:
        return None
    try:
        number = float(text)
    except ValueError:
        raise ValueError("ต้องเป็นตัวเลข") from None
    if not math.isfinite(number):
        raise ValueError("ต้องเป็นตัวเลข")
    return number


def _read_whole(value: CellValue, column: Column) -> int | None:
    number = _read_number(value, column)
    if number is not None and number != int(number):
        raise ValueError("ต้องเป็นจำนวนเต็ม")
    return None if number is None else int(number)


def _read_flag(value: CellValue, column: Column) -> bool | None:
    text = plain_label(_text(value))
    if text in YES_MARKS or text in NO_MARKS:
        return text in YES_MARKS
    if text in NONE_MARKS:
        return None
    raise ValueError("ตอบได้เพียง ใช่ หรือ ไม่ใช่")


def _read_day(value: CellValue, column: Column) -> str | None:
    if isinstance(value, datetime):
        value = value.date()
    text = _text(value)
    if text is None or text in NONE_MARKS:
        return None
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise ValueError("เขียนวันที่แบบ 31/7/2570")
    try:
        return date(year - BUDDHIST_ERA if year >= FIRST_BUDDHIST_YEAR else year, month, day).isoformat()
    except ValueError:
        raise ValueError("ไม่มีวันที่นี้ในปฏิทิน") from None


def _read_words(value: CellValue, column: Column) -> list[str] | None:
    text = _text(value)
    if text is None:
        return None
    parts = (re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL).strip() for part in _PARTS.findall(text))
    return [_code(part, column) for part in parts if part] or None


def _read_wholes(value: CellValue, column: Column) -> list[int] | None:
    parts = re.split(r"[;,\s]+", str("" if value is None else _text(value) or "").strip())
    numbers = [_read_whole(part, column) for part in parts]
    return [number for number in numbers if number is not None] or None


_READ = {
    Form.TEXT: _read_text,
    Form.NUMBER: _read_number,
    Form.WHOLE: _read_whole,
    Form.FLAG: _read_flag,
    Form.DAY: _read_day,
    Form.WORDS: _read_words,
    Form.WHOLES: _read_wholes,
}
