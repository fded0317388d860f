"""Policy areas against their targets, and how far a round has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import PolicyAreaResult, Tally
from sanyan.apps.collection.queries import RoundProgress
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.bars import WIDTH, BarRow, Part, attainment_bars, stacked_bar
from sanyan.interfaces.web.charts.base import Chart, tone_legend

TONES = (("met", "met"), ("near", "watch"), ("missed", "help"), ("unknown", "none"))


def tally_parts(tally: Tally, *, judged_only: bool = False) -> tuple[Part, ...]:
    """A tally as the parts of a bar; figures without a target may be left out."""
    kept = TONES[:3] if judged_only else TONES
    return tuple(Part(tone, str(words.word("attainment", code).text), getattr(tally, code)) for code, tone in kept)


def policy_name(area: PolicyAreaResult) -> str:
    return formats.digits(area.name_th) if formats.in_thai() or not area.name_en else area.name_en


def share_change(area: PolicyAreaResult) -> float | None:
    """Points gained since the same round last year, among area figures that are judged in both years."""
    now, before = area.compared.share_met, area.areas_last_year.share_met
    return None if now is None or before is None else now - before


def policy_bars(
    areas: Sequence[PolicyAreaResult], *, link: Callable[[str], str], source: str, width: float = WIDTH
) -> Chart:
    """Each policy area: the share of area figures at target, and where it stood a year ago."""
    rows = [
        BarRow(
            label=policy_name(area),
            parts=tally_parts(area.areas, judged_only=True),
            note=_note(area),
            href=link(area.code),
            before=_before(area),
        )
        for area in areas
        if area.areas.judged
    ]
    return Chart(
        key="policy",
        title=policy_finding(areas),
        subtitle=_("ร้อยละของผลรายเขตที่ถึงเป้าในแต่ละด้าน ขีดดำคือรอบเดียวกันของปีก่อน เทียบเฉพาะผลที่ตัดสินได้ทั้งสองปี"),
        svg=attainment_bars(rows, key="policy", label=_("ผลเทียบเป้ารายด้าน"), width=width),
        how_to_read=_("แถบสีเขียวอมฟ้ายาวเลยขีดดำ แปลว่าดีกว่ารอบเดียวกันของปีก่อน"),
        source=source,
        header=(_("ด้าน"), _("ถึงเป้า"), _("ใกล้เป้า"), _("ยังไม่ถึงเป้า"), _("ไม่มีเป้าหรือไม่มีข้อมูล"), _("ร้อยละที่ถึงเป้า"), _("ปีก่อน")),
        rows=tuple(_policy_row(area) for area in areas),
        legend=tone_legend(((tone, str(words.word("attainment", code).text)) for code, tone in TONES[:3]), "policy"),
    )


def _before(area: PolicyAreaResult) -> float | None:
    """Where the mark of last year stands: the share now less the points gained."""
    now, change = area.areas.share_met, share_change(area)
    return None if now is None or change is None else min(100.0, max(0.0, now - change))


def _note(area: PolicyAreaResult) -> str:
    change = share_change(area)
    share = formats.percent(area.areas.share_met)
    return share if change is None else f"{share} · {formats.change_words(change, change > 0, '%')}"


def _policy_row(area: PolicyAreaResult) -> tuple[str, ...]:
    tally = area.areas
    counts = (formats.count(n) for n in (tally.met, tally.near, tally.missed, tally.unknown))
    return (
        policy_name(area),
        *counts,
        formats.percent(tally.share_met),
        formats.percent(area.areas_last_year.share_met),
    )


def policy_finding(areas: Sequence[PolicyAreaResult]) -> str:
    """What to see first: the policy area furthest from its targets."""
    judged = [area for area in areas if area.areas.share_met is not None]
    if not judged:
        return _("ยังไม่มีผลที่เทียบเป้าได้")
    lowest = min(judged, key=lambda area: area.areas.share_met or 0.0)
    return _("%(name)s ถึงเป้าน้อยที่สุด %(share)s") % {
        "name": policy_name(lowest),
        "share": formats.percent(lowest.areas.share_met),
    }


def progress_bar(progress: RoundProgress, *, source: str = "", width: float = WIDTH) -> Chart:
    """How many areas stand where in the round."""
    rest = progress.not_started + progress.in_progress + progress.reopened
    parts = (
        Part("met", _("รับรองแล้ว"), progress.certified),
        Part("soft", _("รอ ผอ. รับรอง"), progress.submitted),
        Part("watch", _("ส่งกลับแก้ไข"), progress.returned),
        Part("none", _("ยังไม่ส่ง"), rest),
    )
    title = _("รับรองแล้ว %(done)s จาก %(all)s เขต") % {
        "done": formats.count(progress.certified),
        "all": formats.count(progress.expected),
    }
    return Chart(
        key="progress",
        title=title,
        svg=stacked_bar(parts, key="progress", label=title, width=width),
        source=source,
        header=(_("สถานะ"), _("จำนวนเขต")),
        rows=tuple((part.word, formats.count(part.count)) for part in parts),
        legend=tone_legend(((p.tone, f"{p.word} {formats.count(p.count)}") for p in parts if p.count), "progress"),
    )
