"""Opens a zip container without trusting it: every part is first inflated under a cap."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MAX_PARTS = 4000
MAX_INFLATED = 128 * 1024 * 1024
RATIO_FREE = 8 * 1024 * 1024
MAX_RATIO = 150

_LOCAL_HEADER = 30
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAG = 0x1
_NAMES_IN_UTF8 = 0x800
_FIRST_DAY = 0x21  # 1 January 1980, where zip begins to count
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class ArchiveError(Exception):
    """The container is not to be opened. `code` says why: "half-written", "bomb", "unsafe" or "encrypted"."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(f"{code} {place}".strip())
        self.code = code
        self.place = place


@dataclass(frozen=True)
class _Part:
    name: str
    offset: int
    packed: int
    size: int
    method: int


def inflated_parts(data: bytes, *, keep: Callable[[str], bool]) -> dict[str, bytes]:
    """Every part of the zip in `data` that `keep` wants, by its lower-case name, after checking all of them.

    All parts are inflated, kept or not, each to its real end: neither the sizes nor the ratios that the file
    declares are believed. Raises ArchiveError; see there.
    """
    parts = _listed(data)
    kept: dict[str, bytes] = {}
    allowance = MAX_INFLATED
    for part in parts:
        body = _inflate(data, part, allowance)
        allowance -= len(body)
        if _is_xml(part.name):
            _refuse_declarations(part.name, body)
        if keep(part.name):
            kept[part.name] = body
    return kept


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A plain zip of these parts, none compressed: one directory, no comments, no second names."""
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, body in parts.items():
        called = name.encode()
        about = struct.pack(
            "<HHHHHIIIHH",
            20,
            _NAMES_IN_UTF8,
            _STORED,
            0,
            _FIRST_DAY,
            zlib.crc32(body),
            len(body),
            len(body),
            len(called),
            0,
        )
        out += (b"PK\x03\x04", about, called, body)
        directory += (b"PK\x01\x02\x14\x00", about, struct.pack("<HHHII", 0, 0, 0, 0, offset), called)
        offset += 4 + len(about) + len(called) + len(body)
    size = sum(map(len, directory))
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(parts), len(parts), size, offset, 0)
    return b"".join((*out, *directory, end))


def part_names(data: bytes) -> frozenset[str]:
    """The names (lower case) of all parts, without opening any; raises ArchiveError."""
    return frozenset(part.name for part in _listed(data))


def _listed(data: bytes) -> list[_Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError, EOFError) as error:
        raise ArchiveError("half-written") from error
    if len(entries) > MAX_PARTS:
        raise ArchiveError("bomb", f"{len(entries)} parts")
    parts = [_checked(entry) for entry in entries]
    if len({part.name for part in parts}) != len(parts):
        raise ArchiveError("unsafe", "two parts of one name")
    declared = sum(part.size for part in parts)
    if declared > MAX_INFLATED or (declared > RATIO_FREE and declared > MAX_RATIO * len(data)):
        raise ArchiveError("bomb", f"{declared} bytes")
    return parts


def _checked(entry: zipfile.ZipInfo) -> _Part:
    name = entry.orig_filename.replace("\\", "/").lower()
    if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/"):
        raise ArchiveError("unsafe", name)
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise ArchiveError("encrypted", name)
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise ArchiveError("unsafe", name)
    return _Part(name, entry.header_offset, entry.compress_size, entry.file_size, entry.compress_type)


def _inflate(data: bytes, part: _Part, allowance: int) -> bytes:
    header = data[part.offset : part.offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise ArchiveError("half-written", part.name)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = part.offset + _LOCAL_HEADER + name_length + extra_length
    packed = data[start : start + part.packed]
    if len(packed) != part.packed:
        raise ArchiveError("half-written", part.name)
    if part.method == _STORED:
        body, ended = packed, True
    else:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            body = unpacker.decompress(packed, allowance + 1)
        except zlib.error as error:
            raise ArchiveError("half-written", part.name) from error
        ended = unpacker.eof
    if len(body) > allowance or (len(body) > RATIO_FREE and len(body) > MAX_RATIO * max(1, part.packed)):
        raise ArchiveError("bomb", part.name)
    if len(body) > part.size:
        raise ArchiveError("bomb", part.name)
    if not ended or len(body) != part.size:
        raise ArchiveError("half-written", part.name)
    return body


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def _refuse_declarations(name: str, body: bytes) -> None:
    """No part of a workbook has need of a document type; text in UTF-16 would hide one."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in body[:64] or _DECLARATION.search(body):
        raise ArchiveError("unsafe", name)
