"""What a file is, told from its content and not from its name; and why a file that is none of these is turned away."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath

from sanyan.core.errors import BadInputError
from sanyan.engines.documents.archives import ArchiveError, part_names

_LONGEST_CONTENT_TYPES = 4 * 1024 * 1024
_CONTENT_TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files of older Office, and those with a password, begin
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BEFORE_PDF = b"\xef\xbb\xbf\0 \t\r\n"  # what careless programs leave in front of the header
_MACROS = re.compile(r"(^|/)vbaproject\.bin$|^xl/(macrosheets|intlmacrosheets)/")


class FileKind(StrEnum):
    """The kinds of file that can be attached."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How names of this kind end, lower case, without the dot; the usual one stands first."""
        return _SUFFIXES.get(self, (self.value,))

    @property
    def media_type(self) -> str:
        """The media type (RFC 2046) to send it under."""
        return _MEDIA_TYPES[self]


_SUFFIXES = {FileKind.JPEG: ("jpg", "jpeg", "jpe", "jfif"), FileKind.TIFF: ("tif", "tiff")}
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{_OPEN_XML}wordprocessingml.document",
    FileKind.PPTX: f"{_OPEN_XML}presentationml.presentation",
    FileKind.XLSX: f"{_OPEN_XML}spreadsheetml.sheet",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TIFF: "image/tiff",
}
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF),
    (b"II+\0", FileKind.TIFF),
    (b"MM\0+", FileKind.TIFF),
)
_OFFICE = (("word/", FileKind.DOCX), ("ppt/", FileKind.PPTX), ("xl/", FileKind.XLSX))
_ARCHIVE_REFUSALS = {"half-written": "file-half-written", "encrypted": "file-encrypted"}


def sniff(data: bytes, file_name: str) -> FileKind:
    """The kind of the file in `data`; its name must end as that kind does, or not say.

    Raise BadInputError with `file-empty`, `file-unknown`, `file-old-office`, `file-encrypted`, `file-macros`,
    `file-half-written`, `file-unsafe` or `file-name-disagrees`; its place is the file's name.
    """
    if not data:
        raise _refusal("file-empty", file_name)
    kind = _kind(data, file_name)
    suffix = PurePath(file_name).suffix.lower().removeprefix(".")
    if suffix and suffix not in kind.suffixes:
        raise _refusal("file-name-disagrees", file_name, kind=kind.upper(), suffix=kind.suffixes[0])
    return kind


def _kind(data: bytes, file_name: str) -> FileKind:
    for magic, kind in PICTURES:
        if data.startswith(magic):
            return kind
    if data[:1024].lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith(OLE):
        raise _refusal("file-encrypted" if ENCRYPTED_PACKAGE in data else "file-old-office", file_name)
    if data.startswith(_ZIP):
        return _office_kind(data, file_name)
    raise _refusal("file-unknown", file_name)


def _office_kind(data: bytes, file_name: str) -> FileKind:
    """The kind of Office file in a zip. Its parts are named but not opened, save the list of their types."""
    try:
        names = part_names(data)
        types = _content_types(data, names)
    except ArchiveError as error:
        raise _refusal(_ARCHIVE_REFUSALS.get(error.code, "file-unsafe"), file_name) from error
    if "macroenabled" in types or any(_MACROS.search(name) for name in names):
        raise _refusal("file-macros", file_name)
    for folder, kind in _OFFICE:
        if f"{kind.media_type}.main+xml" in types and any(name.startswith(folder) for name in names):
            return kind
    raise _refusal("file-unknown", file_name)


def _content_types(data: bytes, names: frozenset[str]) -> str:
    """The list of the parts' types, lower case; empty where the zip holds none and is no Office file."""
    if _CONTENT_TYPES.lower() not in names:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            named = next(item for item in archive.infolist() if item.filename.lower() == _CONTENT_TYPES.lower())
            with archive.open(named) as part:
                text = part.read(_LONGEST_CONTENT_TYPES + 1)
    except (zipfile.BadZipFile, zlib.error, StopIteration, ValueError, OSError, EOFError) as error:
        raise ArchiveError("half-written", _CONTENT_TYPES) from error
    if len(text) > _LONGEST_CONTENT_TYPES:
        raise ArchiveError("bomb", _CONTENT_TYPES)
    return text.decode("utf-8", errors="replace").lower()


_KINDS_TH = "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx) หรือรูปภาพ (.png .jpg .tif)"
_KINDS_EN = "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx) or a picture (.png .jpg .tif)"
_REFUSALS: dict[str, tuple[str, str, str, str]] = {
    "file-empty": (
        "ไฟล์นี้ว่างเปล่า ไม่มีข้อมูลอยู่ภายใน",
        "The file is empty.",
        "ตรวจว่าคัดลอกหรือดาวน์โหลดไฟล์ครบแล้ว และแนบใหม่อีกครั้ง",
        "Check that the file was copied or downloaded in full, and attach it again.",
    ),
    "file-unknown": (
        "ไฟล์นี้ไม่ใช่ชนิดที่แนบได้",
        "The file is of no kind that can be attached.",
        f"บันทึกเป็น {_KINDS_TH} แล้วแนบใหม่",
        f"Save it as {_KINDS_EN}, and attach that.",
    ),
    "file-old-office": (
        "ไฟล์นี้เป็นรูปแบบ Office รุ่นเก่า (.doc .xls .ppt) ซึ่งระบบไม่รับ",
        "The file is of an older Office format (.doc .xls .ppt), which is not taken.",
        "เปิดไฟล์ แล้วบันทึกเป็น .docx .xlsx .pptx หรือ PDF จากนั้นแนบใหม่",
        "Open it, save it as .docx, .xlsx, .pptx or PDF, and attach that.",
    ),
    "file-encrypted": (
        "ไฟล์นี้ตั้งรหัสผ่านไว้ ระบบจึงเปิดอ่านไม่ได้",
        "The file is protected by a password and cannot be read.",
        "เปิดไฟล์ เอารหัสผ่านออก (ไฟล์ > ข้อมูล) บันทึก แล้วแนบใหม่",
        "Open it, remove the password (File > Info), save, and attach it again.",
    ),
    "file-macros": (
        "ไฟล์นี้มีแมโครอยู่ภายใน ระบบจึงไม่รับเพื่อความปลอดภัยของผู้เปิด",
        "The file holds macros; for the safety of those who open it, it is not taken.",
        "บันทึกเป็นแบบไม่มีแมโคร (.docx .xlsx .pptx) หรือ PDF แล้วแนบใหม่",
        "Save it without macros (.docx, .xlsx, .pptx) or as PDF, and attach that.",
    ),
    "file-half-written": (
        "ไฟล์นี้ไม่สมบูรณ์ อาจบันทึก คัดลอก หรืออัปโหลดไม่ครบ",
        "The file is incomplete; it may have been saved, copied or uploaded only in part.",
        "ตรวจว่าเปิดไฟล์ต้นฉบับได้ บันทึกอีกครั้ง แล้วแนบใหม่",
        "Check that the original opens, save it again, and attach it.",
    ),
    "file-unsafe": (
        "โครงสร้างภายในไฟล์ผิดปกติและอาจไม่ปลอดภัย ระบบจึงไม่รับ",
        "The inside of the file is irregular and may be unsafe, so it is not taken.",
        "เปิดไฟล์ต้นฉบับ บันทึกใหม่ หรือบันทึกเป็น PDF แล้วแนบใหม่",
        "Open the original, save it anew or as PDF, and attach that.",
    ),
    "file-name-disagrees": (
        "เนื้อไฟล์เป็น {kind} แต่ชื่อไฟล์ลงท้ายไม่ตรงกัน",
        "The file is {kind} inside, but its name ends otherwise.",
        "เปลี่ยนชื่อไฟล์ให้ลงท้ายด้วย .{suffix} หรือเลือกไฟล์ที่ถูกต้อง แล้วแนบใหม่",
        "Let its name end in .{suffix}, or choose the right file, and attach it again.",
    ),
}


def _refusal(code: str, file_name: str, **parts: str) -> BadInputError:
    th, en, next_th, next_en = (sentence.format(**parts) for sentence in _REFUSALS[code])
    return BadInputError(code, th, en, next_th=next_th, next_en=next_en, place=file_name)
