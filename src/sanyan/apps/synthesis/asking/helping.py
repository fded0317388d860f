"""Which areas to help first: those whose share at target lies, with its interval, below that of their type."""

from __future__ import annotations

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.synthesis.asking.context import (
    BY_CODE,
    LIKELY,
    MOST_ROWS,
    Context,
    Reply,
    area_words,
    not_found,
    region_words,
)
from sanyan.apps.synthesis.asking.parts import Between, Grid, Line, Num, Row
from sanyan.core.signed_documents import Words

_COLUMNS = (
    Words("ถึงเป้า", "At target"),
    LIKELY,
    Words("ตัวเลขที่ยังไม่ถึงเป้า", "Figures not at target"),
)


def help_first(ctx: Context) -> Reply:
    """Areas of the place in sight that stand below their type over all their judged figures."""
    held = analytics.overview(viewer=ctx.viewer, round_id=ctx.info.id, today=ctx.today)
    codes = set(ctx.group.codes)
    seen = [item for item in held.standings if item.area.code in codes and ctx.named.scope.allows(item.area.id)]
    judged = [item for item in seen if item.share is not None]
    if not judged:
        words = Words("ยังไม่มีรายงานของ{place}ที่ท่านดูได้", "no report of {place} within your sight yet.")
        return not_found(words, place=ctx.group.name)
    kept = [item for item in judged if item.group == "help"]
    page = ctx.page("areas:list", status="help")
    trace = ctx.trace("overview", page, organisations=ctx.group.code)
    rows = tuple(
        Row(
            area_words(item.area),
            (
                Num(item.tally.share_met, "percent", trace),
                Between(Num(100 * item.share.low, "percent", trace), Num(100 * item.share.high, "percent", trace))
                if item.share
                else None,
                Num(item.tally.missed, "count", trace),
            ),
            ctx.page("areas:area", item.area.id),
            region_words(item.area),
        )
        for item in kept[:MOST_ROWS]
    )
    line = Line(
        Words(
            "{place} มี {count} จาก {all} เขตที่ถึงเป้าน้อยกว่าเขตประเภทเดียวกันอย่างชัดเจน ควรช่วยก่อน",
            "In {place}, {count} of {all} areas reach clearly fewer targets than their type: help them first.",
        ),
        {"count": Num(len(kept), "count", trace), "all": Num(len(judged), "count", trace)},
        {"place": ctx.sight},
    )
    title = Words("ควรช่วยก่อน", "To help first")
    grid = Grid(title, _COLUMNS, rows, BY_CODE, max(0, len(kept) - MOST_ROWS), page)
    return Reply(line, (grid,) if rows else ())
