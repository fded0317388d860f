"""What reading a panel says about a cell: the place, the reason and the next step, Thai and English."""

from __future__ import annotations

from collections.abc import Sequence

from sanyan.core.errors import Fault
from sanyan.core.forms.sheets import cell_name

_WHY = {
    "ambiguous": ("อ่านได้มากกว่าหนึ่งความหมาย", "can be read in more than one way"),
    "range": ("เป็นช่วงของตัวเลข", "is a range"),
    "fraction": ("เป็นเศษส่วน", "is a fraction"),
    "not-finite": ("ไม่ใช่จำนวนที่มีค่า", "is not a finite number"),
    "date": ("เป็นวันที่", "is a date"),
    "no-parts": ("มีตัวตั้งแต่ไม่มีตัวหาร", "has a numerator but no denominator"),
    "not-yes-or-no": ("ไม่ใช่ใช่หรือไม่ใช่", "is neither yes nor no"),
}
_NOT_A_NUMBER = ("ไม่ใช่ตัวเลข", "is not a number")
_WHY_NO_PERIOD = {
    "empty": ("ยังไม่มีปี", "has no year"),
    "not-a-year": ("อ่านปีไม่ได้", "holds no single year"),
    "out-of-range": ("ปีอยู่นอกช่วงที่ใช้ได้ ตรวจว่าเป็น พ.ศ. หรือ ค.ศ.", "is outside the years that can be used; check the era"),
}
SHOWN = 40


class PanelFaults:
    """Makes faults about one sheet."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet

    def no_unit(self, row: int, column: int) -> Fault:
        """A line without a unit."""
        return self._fault(
            "panel-unit-empty",
            cell_name(row, column),
            ("แถวนี้ยังไม่มีชื่อหรือรหัสหน่วยงาน", "This line names no unit."),
            ("เติมรหัสหน่วยงาน หรือลบแถวหากไม่ใช้", "Fill in the unit, or delete the line."),
        )

    def no_period(self, row: int, column: int, text: str, reason: str) -> Fault:
        """A line, or a heading, whose year cannot be used."""
        th, en = _WHY_NO_PERIOD[reason]
        return self._fault(
            f"panel-period-{reason}",
            cell_name(row, column),
            (f"ช่วงเวลา “{_short(text)}”: {th}", f"The period {_short(text)!r} {en}."),
            ("แก้ปี หรือแก้ปฏิทิน (be/ce) ในผังการนำเข้า", "Correct the year, or the calendar (be/ce) in the mapping."),
        )

    def unknown_indicator(self, row: int, column: int, name: str) -> Fault:
        """A line whose indicator the mapping does not name."""
        return self._fault(
            "panel-indicator-unknown",
            cell_name(row, column),
            (f"ผังการนำเข้าไม่มีตัวชี้วัด “{_short(name)}”", f"The mapping has no indicator {_short(name)!r}."),
            ("เพิ่มตัวชี้วัดในผังการนำเข้า หรือแก้ชื่อ", "Add the indicator to the mapping, or correct its name."),
        )

    def unreadable(self, row: int, column: int, text: str, reason: str, indicator: str) -> Fault:
        """A cell that should hold a figure and does not."""
        th, en = _WHY.get(reason, _NOT_A_NUMBER)
        return self._fault(
            "panel-figure-unreadable",
            cell_name(row, column),
            (f"“{_short(text)}” {th}", f"{_short(text)!r} {en}."),
            ("ใส่ตัวเลขอย่างเดียว หรือเว้นว่างหากไม่มีข้อมูล", "Give a number only, or leave it empty where there is none."),
            subject=indicator,
        )

    def repeated(self, cell: str, first: str, unit: str) -> Fault:
        """The same figure twice: counted once."""
        return self._fault(
            "panel-figure-repeated",
            cell,
            (f"ค่าเดียวกันกับช่อง {first} จึงนับครั้งเดียว", f"The same figure as in {first}; it counts once."),
            ("ลบแถวที่ซ้ำหากทำได้", "Delete the line that repeats it where possible."),
            subject=unit,
            is_error=False,
        )

    def clash(self, cell: str, first: str, unit: str) -> Fault:
        """Two different figures for one thing: neither is kept."""
        return self._fault(
            "panel-figures-differ",
            cell,
            (
                f"หน่วยงาน ปี และตัวชี้วัดเดียวกันกับช่อง {first} แต่ค่าต่างกัน จึงยังไม่รับทั้งสองค่า",
                f"The same unit, period and indicator as {first}, with another figure: neither is kept.",
            ),
            ("ตรวจว่าค่าใดถูก แล้วเหลือไว้ค่าเดียว", "Find out which is right, and keep that one."),
            subject=unit,
        )

    def unused(self, names: Sequence[str]) -> Fault:
        """Columns that the mapping does not name."""
        listed = ", ".join(names)
        return self._fault(
            "panel-columns-unused",
            "",
            (f"คอลัมน์ที่ไม่ได้นำเข้า {len(names)} คอลัมน์: {listed}", f"{len(names)} columns are not imported: {listed}."),
            (
                "หากต้องการใช้ ให้เพิ่มในผังการนำเข้า หากไม่ใช้ ให้ใส่ไว้ใน ignore",
                "Add those you need to the mapping; put the others under ignore.",
            ),
            is_error=False,
        )

    def _fault(
        self,
        code: str,
        cell: str,
        said: tuple[str, str],
        then: tuple[str, str],
        *,
        subject: str = "",
        is_error: bool = True,
    ) -> Fault:
        return Fault(code, *said, *then, sheet=self._sheet, cell=cell, subject=subject, is_error=is_error)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
