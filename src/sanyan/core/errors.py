"""Errors written for their reader: a code for machines, a sentence for people, the next step, an exit code."""

from __future__ import annotations

from dataclasses import dataclass


class SanyanError(Exception):
    """Something that cannot be done, said so that the reader knows where it is and what to do next.

    `code` is stable ("workbook-encrypted"); `place` names the sheet, cell, field or file where known.
    """

    exit_code = 1

    def __init__(self, code: str, th: str, en: str, *, next_th: str = "", next_en: str = "", place: str = "") -> None:
        super().__init__(f"{code}: {en}" + (f" ({place})" if place else ""))
        self.code = code
        self.th = th
        self.en = en
        self.next_th = next_th
        self.next_en = next_en
        self.place = place

    def as_dict(self) -> dict[str, str]:
        """All parts by name, for JSON and for pages."""
        return {
            "code": self.code,
            "th": self.th,
            "en": self.en,
            "next_th": self.next_th,
            "next_en": self.next_en,
            "place": self.place,
        }


class NotFoundError(SanyanError):
    """There is no such thing, or the viewer may not know of it: the two look alike on purpose."""

    exit_code = 4

    def __init__(self, what: str = "") -> None:
        super().__init__(
            "not-found",
            "ไม่พบสิ่งที่ค้นหา หรืออยู่นอกขอบเขตที่ท่านดูได้",
            "Not found, or outside what you may see.",
            next_th="ตรวจที่อยู่ของหน้า หรือกลับไปเริ่มจากหน้าภาพรวม",
            next_en="Check the address, or start again from the overview.",
            place=what,
        )


class NotAllowedError(SanyanError):
    """The viewer may see it but not do this to it."""

    exit_code = 3


class NothingToDoError(SanyanError):
    """The action would change nothing, or the thing has moved on since the page was opened."""

    exit_code = 5


class BadInputError(SanyanError):
    """What came in cannot be used as it is."""

    exit_code = 2


@dataclass(frozen=True)
class Fault:
    """One thing wrong in an input, at a place. An error keeps its row out; a warning lets it in."""

    code: str
    th: str
    en: str
    next_th: str = ""
    next_en: str = ""
    sheet: str = ""
    cell: str = ""
    subject: str = ""
    is_error: bool = True

    def as_dict(self) -> dict[str, str | bool]:
        """All parts by name, for JSON and for pages."""
        return {
            "code": self.code,
            "th": self.th,
            "en": self.en,
            "next_th": self.next_th,
            "next_en": self.next_en,
            "sheet": self.sheet,
            "cell": self.cell,
            "subject": self.subject,
            "is_error": self.is_error,
        }
