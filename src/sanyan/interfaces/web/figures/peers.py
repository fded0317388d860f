"""An area's figures beside the areas of its type."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import AreaProfile, Figure, PeerFigure
from sanyan.core.indicators.definitions import Rollup
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.spread import PeerRow, peer_bar
from sanyan.interfaces.web.figures.indicator import unit_of, written
from sanyan.interfaces.web.figures.maps import ATTAINMENT_TONES

HIGHLIGHTS = 4


@dataclass(frozen=True)
class Compared:
    """A figure with its bar, ready for a row."""

    row: PeerFigure
    bar: SafeString
    unit: str


@dataclass(frozen=True)
class ComparedSection:
    """A policy area with its rows."""

    section: object
    rows: tuple[Compared, ...]


def compared_sections(profile: AreaProfile) -> tuple[ComparedSection, ...]:
    sections = []
    for section in profile.sections:
        rows = (Compared(row, bar_of(row), unit_of(row.figure.indicator)) for row in section.figures)
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


def distance(row: PeerFigure) -> float | None:
    """How far the good way the area lies from its peers' median, in widths of the middle half; None if not judged."""
    figure, spread = row.figure, row.peers
    direction = figure.indicator.direction.value
    if figure.value is None or spread is None or direction == "none" or spread.q3 <= spread.q1:
        return None
    away = (figure.value - spread.median) / (spread.q3 - spread.q1)
    return away if direction == "higher" else -away


def highlights(profile: AreaProfile) -> tuple[tuple[PeerFigure, ...], tuple[PeerFigure, ...]]:
    """What stands out: figures clearly better than peers, and figures both behind peers and short of target.

    Left out are totals, which are large where the area is large, and values that cannot be true.
    """
    placed = [
        (distance(row), row) for section in profile.sections for row in section.figures if _is_comparable(row.figure)
    ]
    known = sorted(((d, row) for d, row in placed if d is not None), key=lambda pair: -pair[0])
    strong = tuple(row for d, row in known if d >= 0.5 and row.figure.attainment.value != "missed")
    weak = tuple(row for d, row in reversed(known) if d <= -0.5 and row.figure.attainment.value != "met")
    return strong[:HIGHLIGHTS], weak[:HIGHLIGHTS]


def _is_comparable(figure: Figure) -> bool:
    low, high, value = figure.indicator.low, figure.indicator.high, figure.value
    possible = value is None or ((low is None or value >= low) and (high is None or value <= high))
    return possible and figure.indicator.rollup is not Rollup.SUM


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
