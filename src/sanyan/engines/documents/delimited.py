"""Reads CSV and TSV files as Thai offices save them: UTF-8, UTF-16 or Windows-874, with any usual delimiter."""

from __future__ import annotations

import csv
import io

from sanyan.core.forms.sheets import Sheet
from sanyan.engines.documents.refusals import refusal

MAX_BYTES = 50 * 1024 * 1024
MAX_CELLS = 5_000_000
MAX_COLUMNS = 16_384  # as many as Excel has

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 20
_FIELD_LIMIT = 1_000_000
_NOT_TEXT = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"PAR1")


def read_delimited(data: bytes, *, file_name: str, max_bytes: int = MAX_BYTES, max_cells: int = MAX_CELLS) -> Sheet:
    """One sheet named after the file, all values as text, empty cells as None; rows may differ in length.

    The delimiter is the one of comma, tab, semicolon and bar that splits the first lines most evenly. Raises
    BadInputError, with the file as its place, when it is empty, too large or not text.
    """
    if not data.strip():
        raise refusal("workbook-empty", file_name=file_name)
    if len(data) > max_bytes:
        mega = 1024 * 1024
        size, limit = f"{len(data) / mega:.1f}", f"{max_bytes / mega:g}"
        raise refusal("workbook-too-large", file_name=file_name, size=size, limit=limit)
    text = _decoded(data, file_name)
    rows, held = [], 0
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            held += len(row)
            if held > max_cells or len(row) > MAX_COLUMNS:
                raise refusal("workbook-too-many-cells", file_name=file_name, limit=f"{max_cells:,}")
            rows.append(tuple([value or None for value in row]))
    except csv.Error as error:
        raise refusal("table-unreadable", file_name=file_name) from error
    return Sheet(file_name.rpartition("/")[2], tuple(rows))


def _decoded(data: bytes, file_name: str) -> str:
    if data.startswith(_NOT_TEXT):
        raise refusal("table-unreadable", file_name=file_name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "cp874")
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refusal("table-unreadable", file_name=file_name)


def _delimiter(text: str) -> str:
    lines = [line for line in text[:100_000].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=evenness)
