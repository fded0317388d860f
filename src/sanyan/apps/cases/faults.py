"""What actions on cases refuse, in words."""

from __future__ import annotations

from sanyan.core.errors import BadInputError, NothingToDoError
from sanyan.core.thai.characters import one_line, writable

LONGEST = 8_000  # characters of what a person writes at once


def words_of(text: str, place: str, *, longest: int = LONGEST) -> str:
    """What a person wrote, tidied; raise BadInputError where it is empty or too long."""
    words = writable(text).strip()
    if one_line(words) and len(words) <= longest:
        return words
    raise BadInputError(
        "case-words",
        f"โปรดเขียนข้อความ ไม่เกิน {longest:,} ตัวอักษร",
        f"Write something, at most {longest:,} characters.",
        next_th="เขียนสั้น ๆ ให้ผู้อื่นอ่านแล้วตามได้",
        next_en="A few words that another reader can follow.",
        place=place,
    )


def not_offered(place: str) -> BadInputError:
    """A choice that is not among those offered."""
    return BadInputError(
        "case-choice",
        "โปรดเลือกจากรายการ",
        "Choose from the list.",
        next_th="เปิดรายการแล้วเลือกใหม่",
        next_en="Open the list and choose again.",
        place=place,
    )


def moved_on() -> NothingToDoError:
    """The case or round stands otherwise than the page said."""
    return NothingToDoError(
        "case-moved-on",
        "รายการนี้เปลี่ยนสถานะไปแล้ว หรือบันทึกไว้เช่นนี้แล้ว",
        "This has moved on, or says so already.",
        next_th="เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
        next_en="Open the page again to see how it stands.",
    )
