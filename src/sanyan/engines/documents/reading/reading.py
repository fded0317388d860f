"""One door for all documents: told by content, read by the reader of their kind, scrubbed, and put together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from sanyan.core.signed_documents import Words
from sanyan.core.text.hidden import Scrubbed, scrub
from sanyan.core.thai.characters import writable
from sanyan.engines.documents.reading.kinds import kind_of
from sanyan.engines.documents.reading.office import read_office
from sanyan.engines.documents.reading.pages_by_picture import PictureReader
from sanyan.engines.documents.reading.pdf import read_pdf
from sanyan.engines.documents.reading.pictures import frame_count, frames
from sanyan.engines.documents.reading.plain import read_plain
from sanyan.engines.documents.reading.refusals import page_place, refusal, unread
from sanyan.engines.documents.reading.sheets import read_sheets
from sanyan.engines.documents.reading.values import (
    DocumentKind,
    HiddenText,
    Hiding,
    How,
    PageText,
    ReadDocument,
    Reading,
    ReadingLimits,
    UnreadPart,
)

Progress = Callable[[int, int], None]

_LIMITS = ReadingLimits()
_SHOWN = 2000  # characters of what unseen ones spell
_HIDDEN_NOTE = Words(
    "พบข้อความที่ผู้อ่านมองไม่เห็น {count} แห่ง ระบบแยกออกและเก็บไว้ให้ตรวจ",
    "Text that a reader does not see was found in {count} places; it was taken out and kept for a look.",
)
_OCR_NOTE = Words(
    "อ่านจากภาพ {count} หน้า ตัวอักษรบางตัวอาจคลาดเคลื่อน",
    "{count} pages were read off pictures; some letters may be wrong.",
)


def read_document(
    data: bytes, *, file_name: str, limits: ReadingLimits = _LIMITS, progress: Progress | None = None
) -> ReadDocument:
    """The text of a document, page by page; every page is read, or listed as unread with its reason.

    `progress` is told (pages done, pages in all). Raises BadInputError, with the file as its place, for what cannot be
    read at all: empty, too large, locked by a password, broken, unsafe, of no kind that is read, or not of the kind
    that its name claims. Page text is as the file has it: damage to Thai in PDF is not repaired here.
    """
    if not data.strip(b" \t\r\n\0"):
        raise refusal("document-empty", file_name=file_name)
    if len(data) > limits.bytes:
        mega = 1024 * 1024
        raise refusal(
            "document-too-large", file_name=file_name, size=f"{len(data) / mega:.1f}", limit=f"{limits.bytes / mega:g}"
        )
    kind = kind_of(data, file_name=file_name)
    reading = _within(_read(kind, data, file_name, limits, progress), limits)
    pages = tuple(_scrubbed(page) for page in reading.pages)
    return ReadDocument(kind, hashlib.sha256(data).hexdigest(), pages, reading.unread, (*reading.notes, *_notes(pages)))


def _read(kind: DocumentKind, data: bytes, file_name: str, limits: ReadingLimits, progress: Progress | None) -> Reading:
    match kind:
        case DocumentKind.PDF:
            return read_pdf(data, file_name=file_name, limits=limits, progress=progress)
        case DocumentKind.IMAGE:
            return _read_pictures(data, file_name, limits, progress)
        case DocumentKind.XLSX:
            reading = read_sheets(data, file_name=file_name, limits=limits)
        case DocumentKind.TEXT:
            reading = read_plain(data)
        case _:
            reading = read_office(data, kind, file_name=file_name, limits=limits)
    if progress is not None:
        progress(len(reading.pages), len(reading.pages))
    return reading


def _read_pictures(data: bytes, file_name: str, limits: ReadingLimits, progress: Progress | None) -> Reading:
    count = frame_count(data, file_name=file_name)
    last = min(count, limits.pages)
    reader = PictureReader(limits)
    pages: list[PageText] = []
    unreads: list[UnreadPart] = []
    for number, picture in zip(range(1, last + 1), frames(data, file_name=file_name, limits=limits), strict=False):
        outcome = reader.read(picture.copy, page_place(number))
        if isinstance(outcome, UnreadPart):
            unreads.append(outcome)
        else:
            pages.append(PageText(number, outcome.text, How.OCR))
        if progress is not None:
            progress(number, last)
    if count > last:
        unreads.append(unread("page-beyond-limit", page_place(last + 1, count), limit=str(last)))
    return Reading(tuple(pages), tuple(unreads))


def _within(reading: Reading, limits: ReadingLimits) -> Reading:
    """The pages up to the limits of pages and characters; the others are listed."""
    room = limits.characters
    kept: list[PageText] = []
    for page in reading.pages:
        size = len(page.text) + len(page.layer) + sum(len(each.text) for each in page.hidden)
        if len(kept) == limits.pages:
            return _cut(reading, kept, "page-beyond-limit", limits.pages)
        if size > room:
            return _cut(reading, kept, "text-beyond-limit", limits.characters)
        room -= size
        kept.append(page)
    return reading


def _cut(reading: Reading, kept: list[PageText], code: str, limit: int) -> Reading:
    first, last = reading.pages[len(kept)].number, reading.pages[-1].number
    left = unread(code, page_place(first, last), limit=f"{limit:,}")
    return replace(reading, pages=tuple(kept), unread=(*reading.unread, left))


def _scrubbed(page: PageText) -> PageText:
    made = scrub(page.text.replace("\r\n", "\n"))
    hidden = tuple(replace(each, text=writable(scrub(each.text).text)) for each in page.hidden)
    return replace(page, text=made.text, layer=scrub(page.layer).text, hidden=(*hidden, *_unseen(made)))


def _unseen(made: Scrubbed) -> Iterable[HiddenText]:
    """What was more than a few characters; what tags spell, else how many of which kind there were."""
    for kind in made.flags:
        removed = [each for each in made.removed if each.kind is kind]
        spelled = "".join(each.spells for each in removed)[:_SHOWN]
        count = sum(each.span.end - each.span.start for each in removed)
        yield HiddenText(spelled or f"{kind} × {count}", Hiding.UNSEEN)


def _notes(pages: tuple[PageText, ...]) -> Iterable[Words]:
    hidden = sum(len(page.hidden) for page in pages)
    read_off = sum(page.how is How.OCR for page in pages)
    if hidden:
        yield _HIDDEN_NOTE.filled({"count": str(hidden)})
    if read_off:
        yield _OCR_NOTE.filled({"count": str(read_off)})
