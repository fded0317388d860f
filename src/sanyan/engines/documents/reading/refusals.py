"""Why a document is turned away, or a part of it was not read, each with its sentence and its next step."""

from __future__ import annotations

from sanyan.core.errors import BadInputError
from sanyan.core.signed_documents import Words
from sanyan.engines.documents.reading.values import UnreadPart

_AGAIN = ("เปิดไฟล์ต้นฉบับตรวจว่าเปิดได้ บันทึกอีกครั้ง แล้วส่งใหม่", "Check that the original opens, save it again, and send it.")
_AS_PDF = ("บันทึกเป็น PDF หรือ .docx แล้วส่งใหม่", "Save it as PDF or .docx and send it again.")
_BY_HAND = (
    "เปิดดูหน้านี้ในไฟล์ต้นฉบับ หรือส่งไฟล์ที่คัดลอกตัวอักษรได้",
    "Look at this page in the original, or send a file whose text can be selected.",
)
_ASK = ("แจ้งผู้ดูแลระบบให้ติดตั้งโปรแกรม {program}", "Ask the administrator to install {program}.")

_REFUSALS: dict[str, tuple[str, str, tuple[str, str]]] = {
    "document-empty": (
        "ไฟล์นี้ว่างเปล่า ไม่มีข้อมูลอยู่ภายใน",
        "The file is empty.",
        ("ตรวจว่าคัดลอกหรือดาวน์โหลดไฟล์ครบแล้ว และส่งใหม่อีกครั้ง", "Check that the file was copied in full, and send it again."),
    ),
    "document-too-large": (
        "ไฟล์ใหญ่เกินไป ({size} MB) ระบบรับได้ไม่เกิน {limit} MB",
        "The file is too large ({size} MB); the limit is {limit} MB.",
        ("แบ่งไฟล์เป็นส่วน หรือลดขนาดรูปภาพ แล้วส่งใหม่", "Divide the file, or make its pictures smaller, and send it again."),
    ),
    "document-encrypted": (
        "เอกสารนี้ตั้งรหัสผ่านไว้ ระบบจึงเปิดอ่านไม่ได้",
        "The document is protected by a password and cannot be read.",
        ("เปิดเอกสาร เอารหัสผ่านออก บันทึก แล้วส่งใหม่", "Open it, remove the password, save, and send it again."),
    ),
    "document-type-mismatch": (
        "ชื่อไฟล์ลงท้ายด้วย {ending} แต่เนื้อในเป็น{what}",
        "The file is named {ending} but holds {what_en}.",
        ("แก้ชื่อไฟล์ให้ตรงกับเนื้อใน หรือส่งไฟล์ที่ถูกต้อง", "Rename the file to what it is, or send the right one."),
    ),
    "document-old-kind": (
        "เอกสารนี้เป็น{what}รุ่นเก่า ซึ่งระบบยังอ่านไม่ได้",
        "The document is {what_en} of an old kind, which cannot be read.",
        ("เปิดแล้วบันทึกเป็น .docx .pptx หรือ PDF จากนั้นส่งใหม่", "Open it, save it as .docx, .pptx or PDF, and send it again."),
    ),
    "document-unknown-kind": (
        "ระบบอ่านไฟล์ชนิดนี้ไม่ได้{what} รับ PDF Word PowerPoint Excel รูปภาพ และข้อความ",
        "This kind of file cannot be read{what_en}; PDF, Word, PowerPoint, Excel, pictures and text can.",
        _AS_PDF,
    ),
    "document-bomb": (
        "ไฟล์นี้ขยายตัวใหญ่ผิดปกติเมื่อเปิด ระบบจึงไม่เปิดเพื่อความปลอดภัย",
        "The file grows abnormally large when opened, so it was not opened.",
        _AS_PDF,
    ),
    "document-unsafe": (
        "โครงสร้างภายในไฟล์ผิดปกติและอาจไม่ปลอดภัย ระบบจึงไม่เปิดอ่าน",
        "The inside of the file is irregular and may be unsafe, so it was not read.",
        _AS_PDF,
    ),
    "document-half-written": (
        "ไฟล์นี้ไม่สมบูรณ์ อาจบันทึก คัดลอก หรืออัปโหลดไม่ครบ",
        "The file is incomplete; it may have been saved, copied or uploaded only in part.",
        _AGAIN,
    ),
    "document-too-slow": (
        "ไฟล์นี้ใช้เวลาหรือหน่วยความจำในการอ่านเกินกำหนด",
        "Reading the file takes more time or memory than is allowed.",
        ("แบ่งไฟล์เป็นส่วน หรือบันทึกใหม่เป็น PDF แล้วส่งอีกครั้ง", "Divide the file, or save it anew as PDF, and send it again."),
    ),
    "document-program-missing": (
        "ระบบยังไม่มีโปรแกรม {program} สำหรับอ่านไฟล์ชนิดนี้",
        "The program {program}, which reads this kind of file, is not installed.",
        _ASK,
    ),
    "picture-too-large": (
        "รูปภาพมีขนาด {size} ล้านจุด ระบบรับได้ไม่เกิน {limit} ล้านจุด",
        "The picture has {size} million pixels; the limit is {limit} million.",
        ("ลดขนาดรูปภาพแล้วส่งใหม่", "Make the picture smaller and send it again."),
    ),
}

_UNREAD: dict[str, tuple[str, str, tuple[str, str]]] = {
    "page-beyond-limit": (
        "ยังไม่ได้อ่าน เพราะระบบอ่านได้ครั้งละไม่เกิน {limit} หน้า",
        "Not read: at most {limit} pages are read at once.",
        ("แยกหน้าที่เหลือเป็นอีกไฟล์ แล้วส่งเพิ่ม", "Put the remaining pages in another file and send that too."),
    ),
    "text-beyond-limit": (
        "ยังไม่ได้อ่าน เพราะข้อความยาวเกิน {limit} ตัวอักษร",
        "Not read: the text is longer than {limit} characters.",
        ("แยกส่วนที่เหลือเป็นอีกไฟล์ แล้วส่งเพิ่ม", "Put the rest in another file and send that too."),
    ),
    "ocr-missing": (
        "หน้านี้เป็นภาพหรือตัวอักษรในไฟล์ชำรุด และระบบยังไม่มีโปรแกรม {program} สำหรับอ่านตัวอักษรจากภาพ",
        "This page is a picture or its text is damaged, and {program}, which reads pictures, is not installed.",
        _ASK,
    ),
    "ocr-too-slow": (
        "หน้านี้เป็นภาพหรือตัวอักษรในไฟล์ชำรุด และใช้เวลาอ่านเกินกำหนด",
        "This page is a picture or its text is damaged, and reading it took longer than is allowed.",
        _BY_HAND,
    ),
    "ocr-no-time-left": (
        "หน้านี้เป็นภาพหรือตัวอักษรในไฟล์ชำรุด และหมดเวลาที่กำหนดสำหรับอ่านภาพในเอกสารนี้แล้ว",
        "This page is a picture or its text is damaged, and the time for reading pictures of this document is used up.",
        ("แยกหน้าที่เหลือเป็นอีกไฟล์ แล้วส่งเพิ่ม", "Put the remaining pages in another file and send that too."),
    ),
    "ocr-nothing": (
        "หน้านี้เป็นภาพหรือตัวอักษรในไฟล์ชำรุด และอ่านตัวอักษรจากภาพไม่ได้",
        "This page is a picture or its text is damaged, and no text could be read off it.",
        _BY_HAND,
    ),
    "page-unreadable": ("อ่านหน้านี้ไม่ได้", "This page could not be read.", _BY_HAND),
}


def refusal(code: str, *, file_name: str, **parts: str) -> BadInputError:
    """The error for `code`, with the file as its place. `parts` fill the gaps in its sentences."""
    th, en, (next_th, next_en) = _REFUSALS[code]
    gaps = {"what": "", "what_en": ""} | parts
    return BadInputError(
        code,
        th.format(**gaps),
        en.format(**gaps),
        next_th=next_th.format(**gaps),
        next_en=next_en.format(**gaps),
        place=file_name,
    )


def unread(code: str, place: Words, **parts: str) -> UnreadPart:
    """A part of the document that was not read, and why."""
    th, en, (next_th, next_en) = _UNREAD[code]
    return UnreadPart(place, code, Words(th, en).filled(parts), Words(next_th, next_en).filled(parts))


def page_place(first: int, last: int | None = None) -> Words:
    """Page 4, or pages 4-9."""
    if last is None or last == first:
        return Words(f"หน้า {first}", f"page {first}")
    return Words(f"หน้า {first}-{last}", f"pages {first}-{last}")
