"""An area's figures beside the areas of its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import AreaProfile, PeerFigure
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.spread import PeerRow, peer_bar
from sanyan.interfaces.web.figures.indicator import unit_of, written
from sanyan.interfaces.web.figures.maps import ATTAINMENT_TONES


@dataclass(frozen=True)
class Compared:
    """A figure with its bar, ready for a row; `trend` tells its change from that of the whole system."""

    row: PeerFigure
    bar: SafeString
    unit: str
    trend: str


@dataclass(frozen=True)
class ComparedSection:
    """A policy area with its rows."""

    section: object
    rows: tuple[Compared, ...]


def compared_sections(profile: AreaProfile, trends: Mapping[str, str]) -> tuple[ComparedSection, ...]:
    """The figures of each policy area, with the trend of each by indicator code."""
    sections = []
    for section in profile.sections:
        rows = (
            Compared(row, bar_of(row), unit_of(row.figure.indicator), trends.get(row.figure.indicator.code, ""))
            for row in section.figures
        )
        sections.append(ComparedSection(section, tuple(rows)))
    return tuple(sections)


def bar_of(row: PeerFigure) -> SafeString:
    """The bar of one figure; empty where there are too few peers to show."""
    spread, figure = row.peers, row.figure
    if spread is None:
        return SafeString("")
    tone = ATTAINMENT_TONES[figure.attainment.value]
    said = _("เขตนี้ %(own)s · ครึ่งหนึ่งของเพื่อนอยู่ระหว่าง %(q1)s ถึง %(q3)s ค่ากลาง %(median)s") % {
        "own": written(figure),
        "q1": formats.plain(spread.q1),
        "q3": formats.plain(spread.q3),
        "median": formats.plain(spread.median),
    }
    if figure.target is not None:
        said += f" · {_('เป้า')} {formats.plain(figure.target)}"
    return peer_bar(
        PeerRow(
            value=figure.value,
            tone="accent" if tone == "none" else tone,
            lowest=spread.lowest,
            q1=spread.q1,
            median=spread.median,
            q3=spread.q3,
            highest=spread.highest,
            target=figure.target,
            title=said,
        )
    )


def standing_sentence(profile: AreaProfile) -> str:
    """One sentence for an area: how many targets it reaches, with the interval, beside its type."""
    item = profile.standing
    if item.share is None:
        return _("ยังมีตัวชี้วัดที่ตัดสินได้ไม่พอ (%(judged)s) จึงยังไม่เทียบกับกลุ่ม") % {"judged": formats.count(item.tally.judged)}
    return _("ถึงเป้า %(met)s จาก %(judged)s ตัวชี้วัด (ช่วงที่น่าจะเป็น %(low)s–%(high)s %%) · %(group)s %(peers)s เขต") % {
        "met": formats.count(item.tally.met),
        "judged": formats.count(item.tally.judged),
        "low": formats.number(100 * item.share.low, 0),
        "high": formats.number(100 * item.share.high, 0),
        "group": words.word("standing", item.group).text,
        "peers": formats.count(profile.peers),
    }
