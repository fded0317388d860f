"""What is wrong with a framework, all of it at once, for the person who will put it right."""

from __future__ import annotations

from collections.abc import Iterable

from sanyan.core.errors import BadInputError, Fault

SHOWN = 5


class FrameworkFaultsError(BadInputError):
    """A framework that cannot be used as it is; `faults` holds every reason, not only the first."""

    def __init__(self, faults: Iterable[Fault], *, code: str = "framework-faults", place: str = "") -> None:
        self.faults = tuple(faults)
        shown = self.faults[:SHOWN]
        more = len(self.faults) - len(shown)
        super().__init__(
            code,
            f"กรอบยังใช้ไม่ได้ มีจุดที่ต้องแก้ {len(self.faults)} ข้อ: "
            + "; ".join(_where(fault) + fault.th for fault in shown)
            + (f" และอีก {more} ข้อ" if more else ""),
            f"The framework cannot be used yet; {len(self.faults)} to put right: "
            + "; ".join(_where(fault) + fault.en.removesuffix(".") for fault in shown)
            + (f" and {more} more" if more else ""),
            next_th="แก้ตามรายการ แล้วนำเข้าหรือประกาศใช้อีกครั้ง",
            next_en="Put these right, then import or publish again.",
            place=place,
        )


def _where(fault: Fault) -> str:
    place = "!".join(part for part in (fault.sheet, fault.cell) if part) or fault.subject
    return f"[{place}] " if place else ""
