"""How often warnings came true: the table, the picture and the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.signals.queries import Precision, PrecisionRow
from sanyan.core.stats.intervals import Interval, wilson
from sanyan.core.stats.suppression import GREYED_BELOW, HIDDEN_BELOW
from sanyan.core.warning.levels import LEVELS
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.charts.calibration import Said, calibration

WORTH_SAYING = 5.0
"""Points of percent between what was said and what came from which a level is called too strong or too weak: of
thousands of warnings even one point lies outside the interval, which also takes areas of one round as independent."""


@dataclass(frozen=True)
class PrecisionLine:
    """One row of the table in words. `few` says that the share rests on little."""

    rule: str
    level: str
    said: str
    settled: str
    came: str
    expected: str
    lead: str
    outcomes: str
    useful: str
    few: bool


def precision_rows(held: Precision) -> list[PrecisionLine]:
    """Every rule and level, as the table shows it."""
    return [_line(row) for row in held.rows]


def precision_answer(held: Precision) -> str:
    """One sentence for the page: of so many that can be told, how many came true, beside what was said."""
    settled, came, expected = _sums(held.rows)
    if settled < HIDDEN_BELOW:
        return _("ยังไม่มีคำเตือนที่ถึงเวลาวัดผลมากพอ")
    share = wilson(came, settled)
    return _(
        "จากคำเตือนที่วัดผลได้แล้ว %(settled)s ครั้ง เกิดขึ้นจริง %(share)s (ช่วงที่น่าจะเป็น 80 %%: %(interval)s) เราบอกไว้เฉลี่ย %(said)s"
    ) % {
        "settled": formats.count(settled),
        "share": formats.percent(100 * share.estimate, 0),
        "interval": _range(share),
        "said": formats.percent(100 * expected / settled, 0),
    }


def calibration_chart(held: Precision, *, is_practice: bool) -> Chart | None:
    """Levels of probability, all rules together; None where no level has enough."""
    points, rows = [], []
    for level, (_least, level_words) in LEVELS.items():
        settled, came, expected = _sums(row for row in held.rows if row.level == level)
        if settled < HIDDEN_BELOW:
            continue
        share, name = wilson(came, settled), _said(level_words.th, level_words.en)
        points.append(
            Said(
                said=100 * expected / settled,
                came=100 * share.estimate,
                low=100 * share.low,
                high=100 * share.high,
                few=settled < GREYED_BELOW,
                title=f"{name}: {formats.count(came)}/{formats.count(settled)}",
            )
        )
        rows.append((name, formats.count(settled), formats.percent(points[-1].said, 0), _share(share), _range(share)))
    if not points:
        return None
    title = _calibration_finding(points)
    return Chart(
        key="calibration",
        title=title,
        subtitle=_("ร้อยละที่เกิดขึ้นจริง เทียบกับโอกาสที่บอกไว้ จุดละหนึ่งระดับ เส้นตั้งคือช่วงที่น่าจะเป็น (80 %)"),
        svg=calibration(points, label=title, across=_("โอกาสที่บอกไว้ (%)"), up=_("เกิดขึ้นจริง (%)")),
        how_to_read=_("จุดบนเส้นประคือเตือนตรง จุดใต้เส้นประคือเตือนแรงไป จุดเหนือเส้นประคือเตือนเบาไป จุดสีอ่อนมีไม่ถึง 10 ครั้ง"),
        source=_source(held, is_practice),
        header=(_("ระดับโอกาส"), _("วัดผลได้แล้ว"), _("บอกไว้เฉลี่ย"), _("เกิดขึ้นจริง"), _("ช่วงที่น่าจะเป็น (80 %)")),
        rows=tuple(rows),
    )


def precision_table(held: Precision, *, is_practice: bool) -> Chart:
    """The whole table, to take away."""
    return Chart(
        key="precision",
        title=_("เตือนแม่นแค่ไหน"),
        svg=SafeString(""),
        source=_source(held, is_practice),
        header=(
            _("เกณฑ์การเตือน"),
            _("ระดับโอกาส"),
            _("เตือนไป"),
            _("วัดผลได้แล้ว"),
            _("เกิดขึ้นจริง"),
            _("บอกไว้เฉลี่ย"),
            _("เตือนล่วงหน้า (เดือน)"),
            _("ผลที่บันทึก"),
            _("ไม่ใช่เตือนผิด"),
        ),
        rows=tuple(
            (
                item.rule,
                item.level,
                item.said,
                item.settled,
                item.came,
                item.expected,
                item.lead,
                item.outcomes,
                item.useful,
            )
            for item in precision_rows(held)
        ),
    )


def _line(row: PrecisionRow) -> PrecisionLine:
    shown = row.share if row.settled >= HIDDEN_BELOW else None
    useful = row.useful if sum(row.outcomes.values()) >= HIDDEN_BELOW else None
    named = (
        f"{words.word('outcome', code).text} {formats.count(row.outcomes[code])}"
        for code in words.OUTCOME
        if row.outcomes.get(code)
    )
    return PrecisionLine(
        rule=_said(row.rule_name.th, row.rule_name.en),
        level=_said(LEVELS[row.level][1].th, LEVELS[row.level][1].en),
        said=formats.count(row.said),
        settled=formats.count(row.settled),
        came=f"{_share(shown)} ({_range(shown)})" if shown else formats.MISSING,
        expected=formats.percent(100 * row.expected, 0) if shown and row.expected is not None else formats.MISSING,
        lead=formats.plain(row.lead),
        outcomes=" · ".join(named) or formats.MISSING,
        useful=f"{_share(useful)} ({_range(useful)})" if useful else formats.MISSING,
        few=row.settled < GREYED_BELOW,
    )


def _sums(rows: Iterable[PrecisionRow]) -> tuple[int, int, float]:
    """Settled, came true, and the sum of probabilities said of the settled."""
    held = [row for row in rows if row.settled]
    expected = sum((row.expected or 0.0) * row.settled for row in held)
    return sum(row.settled for row in held), sum(row.came for row in held), expected


def _calibration_finding(points: list[Said]) -> str:
    over = [point for point in points if point.said > point.high and point.said - point.came >= WORTH_SAYING]
    under = [point for point in points if point.said < point.low and point.came - point.said >= WORTH_SAYING]
    if over and under:
        return _("บางระดับเตือนแรงไป บางระดับเบาไป")
    if over:
        return _("เตือนแรงกว่าที่เกิดขึ้นจริง")
    if under:
        return _("เกิดขึ้นจริงบ่อยกว่าที่เตือนไว้")
    return _("โอกาสที่บอกไว้ตรงกับที่เกิดขึ้นจริง เท่าที่วัดได้")


def _share(interval: Interval) -> str:
    return formats.percent(100 * interval.estimate, 0)


def _range(interval: Interval) -> str:
    low, high = (formats.number(100 * bound, 0) for bound in (interval.low, interval.high))
    return f"{low}–{high} %"


def _said(thai: str, english: str) -> str:
    return formats.digits(thai) if formats.in_thai() else english


def _source(held: Precision, is_practice: bool) -> str:
    said = _("สัญญาณที่วัดผลได้แล้ว %(count)s ครั้ง") % {"count": formats.count(held.settled)}
    return f"{_('ข้อมูลฝึกหัด')} · {said}" if is_practice else said
