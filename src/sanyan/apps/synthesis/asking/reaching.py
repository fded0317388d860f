"""Answers that count areas: at target, reported, warned of; and the whole of a place in one look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaFigure, Tally
from sanyan.apps.collection import queries as collection
from sanyan.apps.collection.queries import ExpectedRow
from sanyan.apps.signals import queries as signals
from sanyan.apps.signals.queries import SignalFilter, SignalInfo
from sanyan.apps.synthesis.asking.context import (
    BY_CODE,
    MOST_ROWS,
    Context,
    Reply,
    area_words,
    indicator_words,
    not_found,
    region_words,
)
from sanyan.apps.synthesis.asking.parts import Block, Grid, Line, Lines, Num, PageLink, Picture, Row, State, Trace
from sanyan.apps.synthesis.asking.places import short
from sanyan.core.asking.cues import Way
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Indicator, Kind
from sanyan.core.signed_documents import Words

MOST_SIGNALS = 12


def target(ctx: Context) -> Reply:
    """How many areas reach the target, or the value that the question names."""
    if ctx.indicator is not None and ctx.told.subject == ctx.indicator.code:
        return _reached(ctx, ctx.indicator)
    return profile(ctx)


def _reached(ctx: Context, item: Indicator) -> Reply:
    held = analytics.indicator_profile(viewer=ctx.viewer, round_id=ctx.info.id, code=item.code)
    codes = set(ctx.group.codes)
    areas = [area for area in held.areas if area.area.code in codes and area.figure.value is not None]
    trace = ctx.trace("indicator_profile", ctx.page("indicators:indicator", item.code), indicator=item.code)
    limit = ctx.told.threshold
    if limit is not None and item.kind is not Kind.NARRATIVE:
        kept = [area for area in areas if limit.holds(area.figure.value or 0.0)]
        words = Words(
            "{indicator} {place}: {count} จาก {all} เขตที่รายงานมีค่า{side} {limit}",
            "{indicator}, {place}: {count} of {all} reporting areas are at {side} {limit}.",
        )
        given = ctx.trace("question", ctx.page("indicators:indicator", item.code))
        numbers = {
            "count": Num(len(kept), "count", trace),
            "all": Num(len(areas), "count", trace),
            "limit": Num(limit.value, "value", given, item),
        }
        names = {"indicator": indicator_words(item), "place": ctx.sight, "side": _SIDES[limit.side]}
        return Reply(Line(words, numbers, names), (_listed(ctx, item, kept, trace, _THOSE),))
    judged = [area for area in areas if area.figure.attainment.value != "unknown"]
    if not judged:
        return not_found(
            Words("{indicator} ไม่มีเป้าในรอบนี้ หรือยังไม่มีรายงาน", "{indicator} has no target in this round, or no report."),
            indicator=indicator_words(item),
        )
    return _judged(ctx, item, judged, trace)


def _judged(ctx: Context, item: Indicator, judged: Sequence[AreaFigure], trace: Trace) -> Reply:
    counts = Counter(area.figure.attainment.value for area in judged)
    words = Words(
        "{indicator} {place}: {met} จาก {all} เขตถึงเป้า ใกล้เป้า {near} เขต ยังไม่ถึง {missed} เขต",
        "{indicator}, {place}: {met} of {all} areas reach the target, {near} come near, {missed} do not.",
    )
    numbers = {
        "met": Num(counts["met"], "count", trace),
        "near": Num(counts["near"], "count", trace),
        "missed": Num(counts["missed"], "count", trace),
        "all": Num(len(judged), "count", trace),
    }
    line = Line(words, numbers, {"indicator": indicator_words(item), "place": ctx.sight})
    missed = ctx.told.way is Way.MISSED
    kept = [area for area in judged if (area.figure.attainment.value == "met") != missed]
    tally = Tally(counts["met"], counts["near"], counts["missed"])
    title = _MISSED if missed else _MET
    return Reply(line, (Picture("tally", tally, trace), _listed(ctx, item, kept, trace, title)))


_MET = Words("เขตที่ถึงเป้า", "Areas at target")
_MISSED = Words("เขตที่ยังไม่ถึงเป้า", "Areas not at target yet")
_THOSE = Words("เขตที่อยู่ในเกณฑ์ที่ถาม", "Areas on that side")
_SIDES = {
    ">=": Words("ตั้งแต่ขึ้นไป", "or above"),
    "<=": Words("ไม่เกิน", "or below"),
    "<": Words("ต่ำกว่า", "below"),
}


def _listed(ctx: Context, item: Indicator, areas: Sequence[AreaFigure], trace: Trace, title: Words) -> Grid:
    rows = tuple(
        Row(
            area_words(area.area),
            (
                Num(area.figure.value, "value", trace, item),
                Num(area.figure.target, "value", trace, item) if area.figure.target is not None else None,
                State("attainment", area.figure.attainment.value),
            ),
            ctx.page("areas:area", area.area.id),
            region_words(area.area),
        )
        for area in areas[:MOST_ROWS]
    )
    columns = (Words("ค่าที่รายงาน", "Reported"), Words("เป้า", "Target"), Words("เทียบเป้า", "Against target"))
    page = ctx.page("indicators:indicator", item.code)
    return Grid(title, columns, rows, BY_CODE, max(0, len(areas) - MOST_ROWS), page)


def reporting(ctx: Context) -> Reply:
    """Who has handed in and who has not."""
    rows = collection.expected(viewer=ctx.viewer, round_id=ctx.info.id)
    by_id = {area.id: area for area in ctx.group.areas.values()}
    asked = [row for row in rows if row.organisation_id in by_id]
    page = ctx.page("rounds:progress")
    trace = ctx.trace("expected", page)
    if not asked:
        return not_found(
            Words("ไม่มีเขตของ{place}ที่ท่านดูได้ในรอบนี้", "no area of {place} within your sight is asked in this round."),
            place=ctx.sight,
        )
    waiting = [row for row in asked if not row.is_handed_in]
    late = [row for row in asked if row.is_late(today=ctx.today)]
    line = Line(
        Words(
            "{place} {round}: ส่งแล้ว {done} จาก {all} เขต ยังไม่ส่ง {waiting} เขต ช้ากว่ากำหนด {late} เขต",
            "{place}, {round}: {done} of {all} areas have handed in, {waiting} have not; {late} are late.",
        ),
        {
            "done": Num(len(asked) - len(waiting), "count", trace),
            "all": Num(len(asked), "count", trace),
            "waiting": Num(len(waiting), "count", trace),
            "late": Num(len(late), "count", trace),
        },
        {"place": ctx.sight, "round": ctx.round_words},
    )
    listed = {row.submission_id: row for row in (*waiting, *late)}
    ordered = sorted(listed.values(), key=lambda row: by_id[row.organisation_id].code)
    table = tuple(_report_row(ctx, row) for row in ordered[:MOST_ROWS])
    columns = (Words("สถานะ", "State"), Words("กำหนดส่ง", "Due"))
    grid = Grid(
        Words("ยังไม่ส่งหรือช้ากว่ากำหนด", "Not handed in, or late"),
        columns,
        table,
        BY_CODE,
        max(0, len(ordered) - MOST_ROWS),
        page,
    )
    return Reply(line, (grid,) if table else ())


def _report_row(ctx: Context, row: ExpectedRow) -> Row:
    area = next(area for area in ctx.group.areas.values() if area.id == row.organisation_id)
    late = Words("ช้ากว่ากำหนด", "Late") if row.is_late(today=ctx.today) else Words("ยังไม่ถึงกำหนด", "Not due yet")
    page = ctx.page("areas:area", area.id)
    return Row(short(area), (State("submission", row.state), late), page, Words(area.region_th, area.region_en))


def warned(ctx: Context) -> Reply:
    """Open signals of the place and the subject."""
    only = SignalFilter(
        framework_code=ctx.info.framework_code,
        is_practice=ctx.info.is_practice,
        indicator_code=ctx.indicator.code if ctx.indicator else "",
        region_code=ctx.group.region_code,
        organisation_id=ctx.group.only.id if ctx.group.only else None,
    )
    held = [item for item in signals.inbox(viewer=ctx.viewer, today=ctx.today, only=only) if _concerns(ctx, item)]
    if ctx.policy is not None and ctx.indicator is None:
        codes = {item.code for item in ctx.framework.indicators if item.policy_area == ctx.policy.code}
        held = [item for item in held if item.indicator_code in codes]
    page = ctx.page("signals:inbox", indicator=only.indicator_code, region=only.region_code)
    trace = ctx.trace("inbox", page, state="open", indicator=only.indicator_code, region=only.region_code)
    if not held:
        words = Words("ไม่มีสัญญาณเตือนที่เปิดอยู่ของ{place}ในเรื่องนี้", "There is no open signal of {place} about this.")
        return Reply(Line(words, names={"place": ctx.sight}))
    urgent = sum(item.severity == "high" for item in held)
    line = Line(
        Words(
            "{place} มีสัญญาณเตือนที่เปิดอยู่ {count} เรื่อง เป็นเรื่องด่วน {urgent} เรื่อง",
            "{place}: {count} open signals, {urgent} of them urgent.",
        ),
        {"count": Num(len(held), "count", trace), "urgent": Num(urgent, "count", trace)},
        {"place": ctx.sight},
    )
    items: tuple[tuple[Line, PageLink | None], ...] = tuple(
        (
            Line(Words("{place}: {reason}", "{place}: {reason}"), names={"place": _place(item), "reason": item.reason}),
            PageLink("signals:signal", (item.id,)),
        )
        for item in held[:MOST_SIGNALS]
    )
    return Reply(line, (Lines(Words("ด่วนที่สุดก่อน", "The most urgent first"), items),))


def _concerns(ctx: Context, item: SignalInfo) -> bool:
    if not ctx.named.groups and ctx.group.is_whole:
        return True
    ids = ctx.group.ids
    if item.organisation_id is not None:
        return item.organisation_id in ids or item.region_code == ctx.group.region_code != ""
    return any(member.organisation_id in ids for member in item.members)


def _place(item: SignalInfo) -> Words:
    return item.place if item.place.th else Words("ทั้งประเทศ", "The whole country")


def profile(ctx: Context) -> Reply:
    """A place, a policy area or the whole system in one look: figures by how they stand to their targets."""
    if ctx.group.only is not None:
        return _area(ctx, ctx.group.only.id)
    held = analytics.overview(viewer=ctx.viewer, round_id=ctx.info.id, today=ctx.today)
    page = ctx.page("overview:overview")
    trace = ctx.trace("overview", page)
    if not ctx.group.is_whole:
        return _place_profile(ctx)
    policies = [item for item in held.policy_areas if ctx.policy is None or item.code == ctx.policy.code]
    tallies = [item.areas for item in policies]
    tally = Tally(*(sum(getattr(item, name) for item in tallies) for name in ("met", "near", "missed", "unknown")))
    if not tally.judged:
        return not_found(
            Words("ยังไม่มีรายงานที่รับรองใน{round}", "no certified report in the {round}."), round=ctx.round_words
        )
    subject = Words(policies[0].name_th, policies[0].name_en) if ctx.policy else Words("ทุกด้าน", "all policy areas")
    rows = tuple(
        Row(
            Words(item.name_th, item.name_en),
            (
                Num(item.areas.share_met, "percent", trace),
                Num(item.areas.met, "count", trace),
                Num(item.areas.judged, "count", trace),
            ),
            ctx.page("strengths:strengths", policy=item.code),
        )
        for item in policies
    )
    return Reply(_tallied(ctx, tally, subject, trace), (Picture("tally", tally, trace), _policy_grid(rows, page)))


def _place_profile(ctx: Context) -> Reply:
    """A place of several areas: the figures of those in sight, by how they stand to their targets."""
    held = analytics.overview(viewer=ctx.viewer, round_id=ctx.info.id, today=ctx.today)
    codes = set(ctx.group.codes)
    seen = [item for item in held.standings if item.area.code in codes and ctx.named.scope.allows(item.area.id)]
    tallies = [item.tally for item in seen]
    tally = Tally(*(sum(getattr(item, name) for item in tallies) for name in ("met", "near", "missed", "unknown")))
    trace = ctx.trace("overview", ctx.page("areas:list", region=ctx.group.region_code), organisations=ctx.group.code)
    if not tally.judged:
        return not_found(
            Words("ยังไม่มีรายงานของ{place}ที่ท่านดูได้ใน{round}", "no report of {place} within your sight in the {round}."),
            place=ctx.group.name,
            round=ctx.round_words,
        )
    rows = tuple(
        Row(
            area_words(item.area),
            (
                State("standing", item.group),
                Num(item.tally.share_met, "percent", trace),
                Num(item.tally.met, "count", trace),
                Num(item.tally.judged, "count", trace),
            ),
            ctx.page("areas:area", item.area.id),
            region_words(item.area),
        )
        for item in seen[:MOST_ROWS]
    )
    columns = (Words("เทียบเขตประเภทเดียวกัน", "Beside its type"), *_SHARE_COLUMNS)
    grid = Grid(Words("เขตในพื้นที่นี้", "Areas of this place"), columns, rows, BY_CODE, max(0, len(seen) - MOST_ROWS))
    line = _of_place(_tallied(ctx, tally, Words("ทุกด้าน", "all policy areas"), trace), ctx.sight)
    return Reply(line, (Picture("tally", tally, trace), grid))


def _area(ctx: Context, organisation_id: int) -> Reply:
    try:
        held = analytics.area_profile(
            viewer=ctx.viewer, organisation_id=organisation_id, round_id=ctx.info.id, today=ctx.today
        )
    except NotFoundError:
        return not_found(Words("{area} ไม่ได้อยู่ในรอบนี้", "{area} is not in this round."), area=ctx.group.name)
    page = ctx.page("areas:area", organisation_id)
    trace = ctx.trace("area_profile", page, organisation=ctx.group.code)
    tally = held.standing.tally
    if not tally.judged:
        return not_found(
            Words("{place} ยังไม่มีรายงานที่รับรองใน{round}", "{place} has no certified report in the {round}."),
            place=ctx.group.name,
            round=ctx.round_words,
        )
    rows = tuple(
        Row(
            Words(section.name_th, section.name_en),
            (
                Num(section.tally.share_met, "percent", trace) if section.tally.judged else None,
                Num(section.tally.met, "count", trace),
                Num(section.tally.judged, "count", trace),
            ),
            page,
        )
        for section in held.sections
    )
    line = _tallied(ctx, tally, Words("ทุกด้าน", "all policy areas"), trace)
    blocks: tuple[Block, ...] = (Picture("tally", tally, trace), _policy_grid(rows, page))
    return Reply(line, blocks)


_SHARE_COLUMNS = (
    Words("ถึงเป้า", "At target"),
    Words("ตัวเลขที่ถึงเป้า", "Figures at target"),
    Words("ตัวเลขที่มีเป้า", "Figures with a target"),
)


def _policy_grid(rows: tuple[Row, ...], page: PageLink) -> Grid:
    return Grid(Words("แต่ละด้าน", "By policy area"), _SHARE_COLUMNS, rows, page=page)


def _tallied(ctx: Context, tally: Tally, subject: Words, trace: Trace) -> Line:
    return Line(
        Words(
            "{place} {subject} {round}: ตัวเลขที่มีเป้า {all} ค่า ถึงเป้า {met} ค่า ({share}) ยังไม่ถึง {missed} ค่า",
            "{place}, {subject}, {round}: of {all} figures with a target {met} reach it ({share}), {missed} do not.",
        ),
        {
            "all": Num(tally.judged, "count", trace),
            "met": Num(tally.met, "count", trace),
            "share": Num(tally.share_met, "percent", trace),
            "missed": Num(tally.missed, "count", trace),
        },
        {"place": ctx.group.name, "subject": subject, "round": ctx.round_words},
    )


def _of_place(line: Line, place: Words) -> Line:
    """The same sentence of another name of its place."""
    return replace(line, names={**line.names, "place": place})
