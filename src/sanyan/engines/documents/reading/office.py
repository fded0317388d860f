"""Word and PowerPoint files: every part checked before any is opened, large ones read in a process of their own."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from sanyan.engines.documents.archives import ArchiveError, inflated_parts
from sanyan.engines.documents.reading.refusals import refusal
from sanyan.engines.documents.reading.slides import read_slides
from sanyan.engines.documents.reading.values import DocumentKind, Reading, ReadingLimits
from sanyan.engines.documents.reading.word_text import read_word

_LARGE = 4 * 1024 * 1024  # bytes of XML; less is laid out in memory without harm
_CHILD = "sanyan.engines.documents.reading.office_child"
_ROOT = Path(__file__).resolve().parents[4]
_READERS: dict[DocumentKind, Callable[[bytes], Reading]] = {
    DocumentKind.DOCX: read_word,
    DocumentKind.PPTX: read_slides,
}


class OfficeError(Exception):
    """The file could not be read; it is half-written."""


def read_office(data: bytes, kind: DocumentKind, *, file_name: str, limits: ReadingLimits) -> Reading:
    """The pages of a Word file or the slides of a PowerPoint file. Raises BadInputError for one not to be opened."""
    try:
        parts = inflated_parts(data, keep=lambda name: True)
    except ArchiveError as error:
        raise refusal(f"document-{error.code}", file_name=file_name) from error
    checked = _packed(data, parts)
    size = sum(len(body) for name, body in parts.items() if name.endswith((".xml", ".rels")))
    try:
        return read_checked(checked, kind) if size <= _LARGE else _read_apart(checked, kind, file_name, limits)
    except OfficeError as error:
        raise refusal("document-half-written", file_name=file_name) from error


def read_checked(data: bytes, kind: DocumentKind) -> Reading:
    """The pages of a file whose parts were checked. Raises OfficeError for one that is not as such files are."""
    try:
        return _READERS[kind](data)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception as error:  # the libraries raise what their XML makes them: KeyError, ValueError, XMLSyntaxError
        raise OfficeError from error


def _packed(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Only the parts that were checked, by the names that they have: two readers of a zip may not see the same one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {entry.orig_filename.replace("\\", "/").lower(): entry.orig_filename for entry in archive.infolist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, body in parts.items():
            archive.writestr(names[name].replace("\\", "/"), body)
    return out.getvalue()


def _read_apart(data: bytes, kind: DocumentKind, file_name: str, limits: ReadingLimits) -> Reading:
    command = [sys.executable, "-m", _CHILD, kind.value, str(limits.memory)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=data, capture_output=True, timeout=limits.seconds, cwd=_ROOT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("document-too-slow", file_name=file_name) from error
    if done.returncode != 0:
        raise refusal("document-too-slow", file_name=file_name)
    made = pickle.loads(done.stdout)  # noqa: S301 - written by our own office_child
    if not isinstance(made, Reading):
        raise OfficeError
    return made
