"""How a rule of a framework says what is wrong: the words that many rules share, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanyan.core.errors import Fault
from sanyan.core.forms.framework_layout import Locate

LONGEST_CODE = 40
LONGEST_FRAMEWORK_CODE = 60
_CODE = re.compile(r"[^\s;]+")

Words = tuple[str, str]
"""Thai, English."""


def is_code(code: str, longest: int = LONGEST_CODE) -> bool:
    """Whether a code can name a thing: not empty, no blank or ";" in it, not too long."""
    return len(code) <= longest and _CODE.fullmatch(code) is not None


class Rules:
    """Makes faults that know their sheet and cell."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate

    def error(self, part: str, row: int, key: str, code: str, said: Words, then: Words, *, subject: str = "") -> Fault:
        """A fault that stands in the way of publishing."""
        sheet, cell = self._locate(part, row, key)
        return Fault(code, *said, *then, sheet=sheet, cell=cell, subject=subject)

    def warning(
        self, part: str, row: int, key: str, code: str, said: Words, then: Words, *, subject: str = ""
    ) -> Fault:
        """A fault to think about; publishing may go on."""
        sheet, cell = self._locate(part, row, key)
        return Fault(code, *said, *then, sheet=sheet, cell=cell, subject=subject, is_error=False)

    def empty(self, part: str, row: int, key: str, th: str, en: str, *, subject: str = "") -> Fault:
        """A required value that is blank."""
        said = (f"ยังไม่ได้ระบุ{th}", f"{en} is not given.")
        return self.error(part, row, key, "value-empty", said, (f"กรอก{th}", "Fill it in."), subject=subject)

    def names(self, part: str, row: int, th: str, en: str, *, subject: str = "") -> Iterator[Fault]:
        """A name is needed in Thai; without an English one the Thai is shown to readers of English."""
        if not th.strip():
            yield self.empty(part, row, "name_th", "ชื่อภาษาไทย", "The Thai name", subject=subject)
        if not en.strip():
            yield self.no_english(part, row, "name_en", "ชื่อ", subject=subject)

    def no_english(self, part: str, row: int, key: str, th: str, *, subject: str = "") -> Fault:
        """English beside the Thai is missing."""
        said = (f"ยังไม่มี{th}ภาษาอังกฤษ จะแสดงภาษาไทยแทน", "There is no English; the Thai will be shown.")
        then = (f"เพิ่ม{th}ภาษาอังกฤษ", "Add the English.")
        return self.warning(part, row, key, "english-missing", said, then, subject=subject)

    def bad_code(self, part: str, row: int, key: str, code: str, longest: int = LONGEST_CODE) -> Fault:
        """A code that is empty, too long or holds blanks."""
        said = (
            f"รหัส “{code}” ใช้ไม่ได้" if code.strip() else "ยังไม่ได้ระบุรหัส",
            f"The code {code!r} cannot be used." if code.strip() else "The code is not given.",
        )
        then = (
            f"ใช้รหัสไม่เกิน {longest} ตัวอักษร ไม่มีช่องว่างและเครื่องหมาย ;",
            f"Use up to {longest} characters without blanks or semicolons.",
        )
        return self.error(part, row, key, "code-wrong", said, then, subject=code)

    def repeated(self, part: str, row: int, key: str, name: str) -> Fault:
        """A code or key used before."""
        said = (f"“{name}” ซ้ำกับแถวก่อนหน้า", f"{name!r} is used in a row before.")
        then = ("แก้ให้แต่ละแถวไม่ซ้ำกัน", "Make each row's own.")
        return self.error(part, row, key, "repeated", said, then, subject=name)

    def no_items(self, part: str, key: str, th: str, en: str) -> Fault:
        """A sheet that needs at least one row."""
        said = (f"ยังไม่มี{th}", f"There is no {en} yet.")
        return self.error(part, 0, key, "nothing-given", said, (f"เพิ่ม{th}อย่างน้อยหนึ่งแถว", f"Add a {en}."))
