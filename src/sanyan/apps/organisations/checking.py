"""Which rows of an import can be used, and why the others cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanyan.apps.organisations.models import Organisation
from sanyan.apps.organisations.registry import OrganisationRow
from sanyan.core.errors import Fault

RANKS = ("office", "region", "area", "school")
LENGTHS = {"code": 40, "name_th": 250, "short_th": 120, "name_en": 250, "area_type": 12}
NEXT = ("แก้แถวนี้ในไฟล์แล้วนำเข้าอีกครั้ง แถวอื่นไม่ต้องแก้", "Correct this row and import again; other rows need nothing.")


def checked(rows: Iterable[OrganisationRow], *, known: Mapping[str, str]) -> tuple[list[OrganisationRow], list[Fault]]:
    """Rows that can be used and a fault for each other. `known` is the kind of each organisation kept, by code.

    A row that names a parent or region may name one of the same file, if that one can be used itself.
    """
    good: dict[str, OrganisationRow] = {}
    faults: list[Fault] = []
    for row in rows:
        reason = _wrong_alone(row, known) or (_fault("code-twice", row, row.code) if row.code in good else None)
        if reason is None:
            good[row.code] = row
        else:
            faults.append(reason)
    while lost := [fault for row in good.values() if (fault := _wrong_among(row, good, known))]:
        for fault in lost:
            del good[fault.subject]
        faults.extend(lost)
    return list(good.values()), faults


def _wrong_alone(row: OrganisationRow, known: Mapping[str, str]) -> Fault | None:
    if not row.code or not row.name_th:
        return _fault("code-or-name-missing", row, row.code or row.name_th)
    if row.kind not in Organisation.Kind.values:
        return _fault("kind-unknown", row, row.kind)
    if known.get(row.code, row.kind) != row.kind:
        return _fault("kind-differs", row, known[row.code])
    long = [name for name, longest in LENGTHS.items() if len(getattr(row, name)) > longest]
    if long:
        return _fault("text-too-long", row, ", ".join(long))
    return _wrong_point(row)


def _wrong_point(row: OrganisationRow) -> Fault | None:
    if row.latitude is None and row.longitude is None:
        return None
    if row.latitude is None or row.longitude is None:
        return _fault("point-half", row, "")
    if -90 <= row.latitude <= 90 and -180 <= row.longitude <= 180:
        return None
    return _fault("point-outside", row, f"{row.latitude}, {row.longitude}")


def _wrong_among(row: OrganisationRow, good: Mapping[str, OrganisationRow], known: Mapping[str, str]) -> Fault | None:
    """Whether a parent is named that is not there or not above, or a region that is none."""
    for code in filter(None, (row.parent_code, row.region_code)):
        if code not in good and code not in known:
            return _fault("parent-unknown", row, code)
        kind = good[code].kind if code in good else known[code]
        if not stands_above(kind, row.kind):
            return _fault("parent-not-above", row, code)
        if code == row.region_code and kind != Organisation.Kind.REGION:
            return _fault("region-not-a-region", row, code)
    return None


def stands_above(parent_kind: str, child_kind: str) -> bool:
    """Whether one kind can hold the other: office, region, area, school, downwards only, so no ring can form."""
    return RANKS.index(parent_kind) < RANKS.index(child_kind)


def _fault(code: str, row: OrganisationRow, what: str) -> Fault:
    th, en = SENTENCES[code]
    sheet, _, cell = row.place.rpartition("!")
    return Fault(
        code=code,
        th=th.format(what=what),
        en=en.format(what=what),
        next_th=NEXT[0],
        next_en=NEXT[1],
        sheet=sheet,
        cell=cell,
        subject=row.code,
    )


SENTENCES = {
    "code-or-name-missing": ("แถวนี้ยังไม่มีรหัสหรือชื่อหน่วยงาน {what}", "This row has no code or no name. {what}"),
    "kind-unknown": (
        "ไม่รู้จักชนิดหน่วยงาน “{what}” ใช้ office, region, area หรือ school",
        "“{what}” is not a kind; use office, region, area or school.",
    ),
    "kind-differs": ("ในระบบมีรหัสนี้เป็นชนิด {what} แล้ว", "The code is known already, as a {what}."),
    "text-too-long": ("ข้อความในช่อง {what} ยาวเกินไป", "The text of {what} is too long."),
    "point-half": ("มีพิกัดเพียงค่าเดียว ต้องมีทั้งละติจูดและลองจิจูด", "Only half of the point is given."),
    "point-outside": ("พิกัด {what} อยู่นอกช่วงที่เป็นไปได้", "The point {what} is not on the globe."),
    "code-twice": ("รหัส {what} ซ้ำกับแถวก่อนหน้า", "Code {what} stands in an earlier row already."),
    "parent-not-above": (
        "หน่วยงานรหัส {what} อยู่ระดับเดียวกันหรือต่ำกว่า จึงเป็นต้นสังกัดไม่ได้",
        "Organisation {what} is of the same or a lower kind, so it cannot be the parent.",
    ),
    "parent-unknown": ("ไม่พบหน่วยงานต้นสังกัดรหัส {what}", "There is no parent with code {what}."),
    "region-not-a-region": ("รหัส {what} ไม่ใช่เขตตรวจราชการ", "Code {what} is not an inspection region."),
}
