"""Lists of persons are turned away before anything of them is kept."""

from __future__ import annotations

from collections import Counter

from sanyan.core.errors import BadInputError
from sanyan.core.forms.sheets import Sheet, cell_name
from sanyan.core.thai.citizen_id import find_citizen_ids

_FEWEST = 3


def refuse_lists_of_persons(sheet: Sheet) -> None:
    """Raise BadInputError where a column holds citizen ids in half of its lines or more.

    A sum of baht can have 13 digits, and one such number in ten happens to pass for an id: a few are no list.
    """
    places = find_citizen_ids([sheet])
    columns = Counter(place.column for place in places)
    lines = sum(any(value is not None for value in row) for row in sheet.rows) - 1
    for at, number in columns.items():
        column = cell_name(0, at).rstrip("1")
        if number >= _FEWEST and 2 * number >= lines:
            raise BadInputError(
                "panel-lists-persons",
                f"คอลัมน์ {column} เป็นเลขประจำตัวประชาชน ระบบไม่รับข้อมูลรายบุคคล และไม่ได้เก็บไว้",
                f"Column {column} holds citizen ids. Data on persons is not taken in, and none was kept.",
                next_th="ส่งเฉพาะจำนวนรวมรายหน่วยงาน โดยไม่มีข้อมูลรายบุคคล",
                next_en="Send totals for each unit, without persons.",
                place=f"{sheet.name}!{column}",
            )
