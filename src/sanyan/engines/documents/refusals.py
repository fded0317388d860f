"""Why a file is turned away, each with its sentence and its next step."""

from __future__ import annotations

from sanyan.core.errors import BadInputError

_SAVE_TH = "เปิดไฟล์ด้วย Excel แล้วเลือก บันทึกเป็น > สมุดงาน Excel (.xlsx) จากนั้นส่งไฟล์ใหม่อีกครั้ง"
_SAVE_EN = "Open it in Excel, save it as an Excel workbook (.xlsx), and send the new file."

_REFUSALS: dict[str, tuple[str, str, str, str]] = {
    "workbook-empty": (
        "ไฟล์นี้ว่างเปล่า ไม่มีข้อมูลอยู่ภายใน",
        "The file is empty.",
        "ตรวจว่าคัดลอกหรือดาวน์โหลดไฟล์ครบแล้ว และส่งไฟล์ใหม่อีกครั้ง",
        "Check that the file was copied or downloaded in full, and send it again.",
    ),
    "workbook-not": (
        "ไฟล์นี้ไม่ใช่สมุดงาน Excel{what}",
        "This is not an Excel workbook{what_en}.",
        _SAVE_TH,
        _SAVE_EN,
    ),
    "workbook-encrypted": (
        "สมุดงานนี้ตั้งรหัสผ่านไว้ ระบบจึงเปิดอ่านไม่ได้",
        "The workbook is protected by a password and cannot be read.",
        "เปิดด้วย Excel แล้วเอารหัสผ่านออก (ไฟล์ > ข้อมูล > ป้องกันสมุดงาน) บันทึก และส่งใหม่อีกครั้ง",
        "Open it in Excel, remove the password (File > Info > Protect Workbook), save, and send it again.",
    ),
    "workbook-too-large": (
        "ไฟล์ใหญ่เกินไป ({size} MB) ระบบรับได้ไม่เกิน {limit} MB",
        "The file is too large ({size} MB); the limit is {limit} MB.",
        "นำรูปภาพออกจากสมุดงาน แล้วแนบเป็นหลักฐานหรือใส่ลิงก์แทน จากนั้นส่งใหม่อีกครั้ง",
        "Take pictures out of the workbook, give them as evidence or links instead, and send it again.",
    ),
    "workbook-too-many-cells": (
        "สมุดงานมีช่องข้อมูลมากเกินไป{where} ระบบรับได้ไม่เกิน {limit} ช่อง",
        "The workbook has too many cells{where_en}; the limit is {limit}.",
        "ลบแถวและคอลัมน์ที่ไม่ได้ใช้ด้านล่างและด้านขวาของตาราง บันทึก และส่งใหม่อีกครั้ง",
        "Delete unused rows and columns below and to the right of the table, save, and send it again.",
    ),
    "workbook-bomb": (
        "ไฟล์นี้ขยายตัวใหญ่ผิดปกติเมื่อเปิด ระบบจึงไม่เปิดเพื่อความปลอดภัย",
        "The file grows abnormally large when opened, so it was not opened.",
        _SAVE_TH,
        _SAVE_EN,
    ),
    "workbook-unsafe": (
        "โครงสร้างภายในไฟล์ผิดปกติและอาจไม่ปลอดภัย ระบบจึงไม่เปิดอ่าน",
        "The inside of the file is irregular and may be unsafe, so it was not read.",
        _SAVE_TH,
        _SAVE_EN,
    ),
    "workbook-half-written": (
        "ไฟล์นี้ไม่สมบูรณ์ อาจบันทึก คัดลอก หรืออัปโหลดไม่ครบ",
        "The file is incomplete; it may have been saved, copied or uploaded only in part.",
        "เปิดไฟล์ต้นฉบับตรวจว่าเปิดได้ บันทึกอีกครั้ง แล้วส่งใหม่",
        "Check that the original opens, save it again, and send it.",
    ),
    "table-unreadable": (
        "อ่านไฟล์ตารางนี้ไม่ได้ ตัวอักษรไม่ใช่ UTF-8 หรือภาษาไทย (Windows-874)",
        "The table cannot be read: its text is neither UTF-8 nor Thai (Windows-874).",
        "บันทึกใหม่เป็น CSV UTF-8 แล้วส่งอีกครั้ง",
        "Save it as CSV UTF-8 and send it again.",
    ),
}


def refusal(code: str, *, file_name: str, **parts: str) -> BadInputError:
    """The error for `code`, with the file as its place. `parts` fill the gaps in its sentence."""
    th, en, next_th, next_en = _REFUSALS[code]
    gaps = {"what": "", "what_en": "", "where": "", "where_en": ""} | parts
    return BadInputError(code, th.format(**gaps), en.format(**gaps), next_th=next_th, next_en=next_en, place=file_name)
