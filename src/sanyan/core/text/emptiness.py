"""Whether a text says anything: fields are often filled with a dash or "none"."""

from __future__ import annotations

import re

from sanyan.core.thai.words import normal

_NOTHING = re.compile(
    r"(?:-|–|ไม่มี|ไม่พบ|ไม่ปรากฏ|ไม่ได้|ยังไม่มี|ยังไม่พบ|ปกติ|เรียบร้อยดี|none|nil|n/?a|no|\.)"
    r"(?:(?:ปัญหา|อุปสรรค|ข้อเสนอแนะ|ข้อเสนอ|และ|หรือ|ใด|ๆ|ใดๆ|แต่อย่างใด|ข้อมูล|ดำเนินการ|เพิ่มเติม|ในการดำเนินงาน|[ \t/.,-]))*"
)
LEAST_LETTERS = 8


def has_content(text: str) -> bool:
    """Whether `text` says something: at least eight letters, and not only that there is nothing."""
    plain = normal(text).strip()
    letters = sum(letter.isalpha() for letter in plain)
    return letters >= LEAST_LETTERS and _NOTHING.fullmatch(plain) is None
