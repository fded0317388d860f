"""The figures behind a signal as rows of a small table, and what it was held against, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sanyan.apps.signals.queries import SignalInfo
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.figures.indicator import unit_of


@dataclass(frozen=True)
class Row:
    """One figure: its name, its value written out, and a word on it."""

    name: str
    value: str
    note: str = ""


def rows_of(signal: SignalInfo, indicator: Indicator | None) -> tuple[Row, ...]:
    """The figures of one area; of many together only what is true of all."""
    if signal.scope == "unit":
        return tuple(_own(signal, indicator)) if indicator else tuple(_report(signal))
    return tuple(_shared(signal))


def _own(signal: SignalInfo, indicator: Indicator) -> Iterator[Row]:
    written = _writer(indicator)
    number = {name: value for name, value in signal.numbers.items() if isinstance(value, int | float)}
    value, before, own = number.get("value"), number.get("before"), number.get("own_in_unit")
    yield Row(_("ค่ารอบนี้"), written(value), formats.round_name(signal.seen_round))
    part, n = number.get("part"), number.get("n")
    if part is not None and n is not None:
        cases = _("%(part)s จาก %(all)s") % {"part": formats.plain(part), "all": formats.plain(n)}
        yield Row(_("ตัวตั้ง ตัวหาร"), cases)
    yield Row(_("รอบเดียวกันปีก่อน"), written(before), _("ไม่มีค่าให้เทียบ") if before is None else "")
    if value is not None and before is not None:
        change = value - before
        yield Row(_("เปลี่ยนไป"), _signed(change, indicator))
        if own is not None:
            yield Row(_("ส่วนของทั้งระบบ"), _signed(change - own, indicator), _("เปลี่ยนเท่านี้ถ้าไปตามทุกเขต"))
            yield Row(_("ส่วนของเขตเอง"), _signed(own, indicator), _("ที่ต่างจากเขตอื่น"))
    if signal.numbers.get("scale") == "unit" and number.get("usual"):
        yield Row(
            _("ความแกว่งปกติ"), f"± {_size(number['usual'], indicator)}", _("ส่วนของเขตมักแกว่งเท่านี้ (ส่วนเบี่ยงเบนมาตรฐาน)")
        )
    if "expected" in number:
        ahead = RoundKey.parse(str(signal.numbers["ahead"]))
        yield Row(_("ค่าที่คาด"), written(number["expected"]), formats.round_name(ahead))
        low, high = written(number.get("low")), written(number.get("high"))
        yield Row(_("ช่วงที่น่าจะเป็น (80 %)"), f"{low} – {high}", _("แปดในสิบครั้งค่าจริงจะอยู่ในช่วงนี้"))
    if "target" in number:
        yield Row(_("เป้า"), written(number["target"]))


def _report(signal: SignalInfo) -> Iterator[Row]:
    names = {
        "days": _("เลยกำหนดมาแล้ว (วัน)"),
        "count": _("ข้อค้นพบที่ยังไม่ได้อธิบาย (ข้อ)"),
        "urgent": _("ในนั้นเป็นข้อเร่งด่วน (ข้อ)"),
    }
    for name, label in names.items():
        value = signal.numbers.get(name)
        if isinstance(value, int | float):
            yield Row(label, formats.count(value))


def _shared(signal: SignalInfo) -> Iterator[Row]:
    share, compared = signal.numbers.get("share"), signal.numbers.get("compared")
    if isinstance(share, int | float) and isinstance(compared, int | float):
        yield Row(_("ไปทางเดียวกัน"), formats.percent(100 * share), _("ของเขตที่มีตัวเลขทั้งสองปี"))
        yield Row(_("เขตที่มีตัวเลขทั้งสองปี"), formats.count(compared))
    if signal.member_count:
        yield Row(_("เขตที่อยู่ในเรื่องนี้"), formats.count(signal.member_count))
    hidden = signal.member_count - len(signal.members)
    if hidden > 0 and signal.member_count:
        yield Row(_("ในนั้นท่านเห็นชื่อได้"), formats.count(len(signal.members)), _("เขตนอกขอบเขตของท่านนับรวมแต่ไม่แสดงชื่อ"))


def held_against(signal: SignalInfo, compared: int) -> str:
    """What the figure was held against, in words."""
    several = {"count": formats.count(compared)}
    said = {
        "will-miss-target": _("เทียบค่าที่คาดของสิ้นปีกับเป้าของปี โดยดูว่าเขตต่าง ๆ มักไปถึงไหนเมื่อสิ้นปี"),
        "new-breach": _("เทียบกับเป้าของเขตเอง เฉพาะเขตที่เคยถึงเป้า และหักความแกว่งที่เกิดจากจำนวนน้อยออกแล้ว"),
        "relative-drop": _("เทียบกับการเปลี่ยนของ %(count)s เขตที่มีตัวเลขทั้งสองปี และกับความแกว่งปกติของเขตเหล่านั้น") % several,
        "sudden-jump": _("เทียบกับการเปลี่ยนของ %(count)s เขตที่มีตัวเลขทั้งสองปี และกับความแกว่งปกติของเขตเหล่านั้น") % several,
        "system-shift": _("เทียบค่ากลางของการเปลี่ยนทุกเขต กับความต่างระหว่างเขตในรอบนี้"),
        "late": _("เทียบกับวันครบกำหนดส่งของรอบ"),
        "data-quality": _("นับข้อค้นพบของการตรวจข้อมูลที่ยังไม่มีใครอธิบาย ข้อเร่งด่วนนับสองเท่า"),
    }
    return said.get(signal.rule_code, "")


def _writer(indicator: Indicator) -> Callable[[float | None], str]:
    unit = unit_of(indicator)
    return lambda value: formats.measured(value, unit, indicator.decimals)


def _signed(change: float, indicator: Indicator) -> str:
    written = _size(abs(change), indicator)
    return written if abs(change) < 0.05 else f"+{written}" if change > 0 else f"{formats.MINUS}{written}"


def _size(size: float, indicator: Indicator) -> str:
    unit = unit_of(indicator)
    if formats.is_percent_unit(unit):
        return f"{formats.number(size)}{formats.THIN}{_('จุด')}"
    return formats.measured(size, unit, indicator.decimals)
