"""A change in one sentence: first the whole system, then the area beside its peers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sanyan.core.indicators.definitions import Indicator, Kind
from sanyan.core.indicators.wording import figure
from sanyan.core.signed_documents import Words
from sanyan.core.warning.figures import ChangeScale

STILL_SHARE = 0.05  # of the usual swing: what is called "hardly changed"


@dataclass(frozen=True)
class Moved:
    """A change taken apart, for one unit: the national part on `scale`, the unit's own and whole change in its unit.

    `usual` is the usual swing of own changes on `scale`; an own change below a quarter of it is not worth a word.
    """

    scale: ChangeScale
    shift: float
    own: float
    own_in_unit: float
    change_in_unit: float
    usual: float


def change_unit(indicator: Indicator) -> Words:
    """What changes of the indicator are counted in: points for a percent and a level, else its unit."""
    if indicator.kind is Kind.PERCENT:
        return Words("จุด", "points")
    if indicator.kind is Kind.LEVEL:
        return Words("ระดับ", "levels")
    return Words(indicator.unit_th, indicator.unit_en or indicator.unit_th)


def system_sentence(indicator: Indicator, *, scale: ChangeScale, shift: float, usual: float = 0.0) -> Words:
    """The national part: "ทั้งระบบลดลง 3.1 จุด". Counts are told in percent."""
    if abs(shift) <= STILL_SHARE * usual or shift == 0:
        return Words("ทั้งระบบแทบไม่เปลี่ยน", "the whole system hardly changed")
    unit = change_unit(indicator)
    size = abs(shift)
    if scale is ChangeScale.RATIO:
        size, unit = abs(math.expm1(shift)) * 100, Words("%", "%")
    shown = figure(size, decimals=max(indicator.decimals, 1))
    if shift > 0:
        return Words(f"ทั้งระบบเพิ่มขึ้น {shown} {unit.th}", f"the whole system rose by {shown} {unit.en}")
    return Words(f"ทั้งระบบลดลง {shown} {unit.th}", f"the whole system fell by {shown} {unit.en}")


def trend_sentence(indicator: Indicator, moved: Moved) -> Words:
    """Both parts in one sentence, such as "ทั้งระบบลดลง 3.1 จุด เขตนี้ลดมากกว่าเพื่อน 4.0 จุด"."""
    system = system_sentence(indicator, scale=moved.scale, shift=moved.shift, usual=moved.usual)
    own = _own_part(indicator, moved)
    return Words(f"{system.th} {own.th}", f"{system.en[0].upper()}{system.en[1:]}; {own.en}")


def _own_part(indicator: Indicator, moved: Moved) -> Words:
    if abs(moved.own) < 0.25 * moved.usual or moved.own_in_unit == 0:
        return Words("เขตนี้เปลี่ยนพอ ๆ กับเพื่อน", "this area moved about as its peers did")
    unit = change_unit(indicator)
    decimals = max(indicator.decimals, 1)
    apart, whole = (
        figure(abs(moved.own_in_unit), decimals=decimals),
        figure(abs(moved.change_in_unit), decimals=decimals),
    )
    more = moved.own > 0
    if moved.change_in_unit == 0 or abs(moved.shift) <= STILL_SHARE * moved.usual:
        word = ("เพิ่มขึ้น", "rose") if more else ("ลดลง", "fell")
        return Words(
            f"เขตนี้{word[0]}กว่าเพื่อน {apart} {unit.th}", f"this area {word[1]} by {apart} {unit.en} against its peers"
        )
    rose = moved.change_in_unit > 0
    word = ("เพิ่ม", "rose") if rose else ("ลด", "fell")
    if rose != (moved.shift > 0):
        long = "เพิ่มขึ้น" if rose else "ลดลง"
        return Words(
            f"แต่เขตนี้{long} {whole} {unit.th} สวนทางกับเพื่อน",
            f"but this area {word[1]} by {whole} {unit.en}, the other way",
        )
    beside = ("มากกว่า", "more") if rose == more else ("น้อยกว่า", "less")
    return Words(
        f"เขตนี้{word[0]}{beside[0]}เพื่อน {apart} {unit.th}",
        f"this area {word[1]} {apart} {unit.en} {beside[1]} than its peers",
    )
