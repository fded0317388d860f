"""What a file is, told by its content and held against its name."""

from __future__ import annotations

from pathlib import PurePosixPath

from sanyan.engines.documents.archives import ArchiveError, part_names
from sanyan.engines.documents.reading.plain import decoded
from sanyan.engines.documents.reading.refusals import refusal
from sanyan.engines.documents.reading.values import DocumentKind
from sanyan.engines.documents.sniffing import ENCRYPTED_PACKAGE, OLE, PICTURES

_ENDINGS = {
    DocumentKind.PDF: ".pdf",
    DocumentKind.DOCX: ".docx .docm .dotx .dotm .doc",
    DocumentKind.PPTX: ".pptx .pptm .ppsx .ppsm .potx .ppt",
    DocumentKind.XLSX: ".xlsx .xlsm .xltx .xls .ods",
    DocumentKind.IMAGE: ".png .jpg .jpeg .tif .tiff .webp",
    DocumentKind.TEXT: ".txt .md .csv .tsv",
}
_CLAIMS = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
_CALLED = {
    DocumentKind.PDF: (" PDF", "a PDF"),
    DocumentKind.DOCX: ("เอกสาร Word", "a Word document"),
    DocumentKind.PPTX: ("สไลด์ PowerPoint", "PowerPoint slides"),
    DocumentKind.XLSX: ("สมุดงาน Excel", "an Excel workbook"),
    DocumentKind.IMAGE: ("รูปภาพ", "a picture"),
    DocumentKind.TEXT: ("ข้อความ", "plain text"),
}
_PICTURES = tuple(magic for magic, _kind in PICTURES)
_FIRST_BYTES = 1024


def kind_of(data: bytes, *, file_name: str) -> DocumentKind:
    """The kind of the file in `data`. Raises BadInputError where none of ours, or not the one that its name claims."""
    kind = _by_content(data, file_name)
    claimed = _CLAIMS.get(ending := PurePosixPath(file_name.lower()).suffix)
    if claimed is not None and claimed is not kind:
        what, what_en = _CALLED[kind]
        raise refusal("document-type-mismatch", file_name=file_name, ending=ending, what=what, what_en=what_en)
    return kind


def _by_content(data: bytes, file_name: str) -> DocumentKind:
    start = data[:_FIRST_BYTES]
    if b"%PDF-" in start:
        return DocumentKind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _container(data, file_name)
    if data.startswith(OLE):
        return _compound(data, file_name)
    if start.startswith(_PICTURES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return DocumentKind.IMAGE
    lower = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        raise refusal("document-unknown-kind", file_name=file_name, what=" (หน้าเว็บ)", what_en=" (a web page)")
    if lower.startswith(b"{\\rtf"):
        raise refusal("document-unknown-kind", file_name=file_name, what=" (RTF)", what_en=" (RTF)")
    if decoded(data) is not None:
        return DocumentKind.TEXT
    raise refusal("document-unknown-kind", file_name=file_name)


def _container(data: bytes, file_name: str) -> DocumentKind:
    try:
        names = part_names(data)
    except ArchiveError as error:
        raise refusal(f"document-{error.code}", file_name=file_name) from error
    if "word/document.xml" in names:
        return DocumentKind.DOCX
    if "ppt/presentation.xml" in names:
        return DocumentKind.PPTX
    if "xl/workbook.xml" in names or b"opendocument.spreadsheet" in data[:200]:
        return DocumentKind.XLSX
    raise refusal("document-unknown-kind", file_name=file_name, what=" (ไฟล์บีบอัด)", what_en=" (an archive)")


def _compound(data: bytes, file_name: str) -> DocumentKind:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if ENCRYPTED_PACKAGE in data:
        raise refusal("document-encrypted", file_name=file_name)
    if holds("WordDocument"):
        raise refusal("document-old-kind", file_name=file_name, what="เอกสาร Word", what_en="a Word document")
    if holds("PowerPoint Document"):
        raise refusal("document-old-kind", file_name=file_name, what="สไลด์ PowerPoint", what_en="PowerPoint slides")
    if holds("Workbook") or holds("Book"):
        return DocumentKind.XLSX
    raise refusal("document-unknown-kind", file_name=file_name)
