"""Answers about change: since the same round last year, and to the end of the year."""

from __future__ import annotations

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AheadFigure, AreaFigure, IndicatorOutlook, SystemAhead, SystemMove
from sanyan.apps.synthesis.asking.context import (
    LIKELY,
    MOST_ROWS,
    Context,
    Reply,
    area_words,
    bounds,
    indicator_words,
    not_found,
    region_words,
)
from sanyan.apps.synthesis.asking.parts import Block, Grid, Line, Lines, Num, Picture, Row, Trace
from sanyan.apps.synthesis.asking.rolling import GroupResult, group_result
from sanyan.core.asking.cues import Way
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Indicator, Rollup
from sanyan.core.signed_documents import Words
from sanyan.core.stats.spread import five_numbers

LEAST_COMPARED = 8  # areas; of fewer no quarter is taken
COLUMNS = (
    Words("รอบนี้", "Now"),
    Words("รอบเดียวกันปีก่อน", "Same round last year"),
    Words("เปลี่ยน", "Change"),
)
_WAYS = {
    Way.UP: Words("เพิ่มขึ้น", "rose"),
    Way.DOWN: Words("ลดลง", "fell"),
    Way.BETTER: Words("ดีขึ้น", "improved"),
    Way.WORSE: Words("อ่อนลง", "got worse"),
    None: Words("เปลี่ยน", "changed"),
}


def change(ctx: Context) -> Reply:
    """What moved since the same round last year, and where."""
    if ctx.indicator is None:
        return _moves(ctx)
    result = group_result(ctx.info, ctx.group, ctx.indicator)
    profile = analytics.indicator_profile(viewer=ctx.viewer, round_id=ctx.info.id, code=ctx.indicator.code)
    codes = set(ctx.group.codes)
    held = [item for item in profile.areas if item.area.code in codes and item.figure.change is not None]
    if result.value is None or (result.before is None and not held):
        return not_found(
            Words(
                "ยังไม่มีรอบเดียวกันของปีก่อนให้เทียบ {indicator}",
                "there is no same round last year to hold {indicator} against.",
            ),
            indicator=indicator_words(ctx.indicator),
        )
    trace = ctx.trace(
        "indicator_profile", ctx.page("indicators:indicator", ctx.indicator.code), indicator=ctx.indicator.code
    )
    moved = [item for item in held if _is(item, ctx.told.way)]
    blocks: list[Block] = []
    if not ctx.group.only:
        blocks = [*_regions(ctx, ctx.indicator, trace), _areas(ctx, ctx.indicator, held, moved, trace)]
    if len(result.past) > 1:
        blocks.insert(0, Picture("history", (ctx.indicator, result.past), result.trace))
    notes = (_SUMS,) if ctx.indicator.rollup is Rollup.SUM and ctx.group.only is None else ()
    return Reply(_said(ctx, result, held, moved, trace), tuple(blocks), notes=notes)


def forecast(ctx: Context) -> Reply:
    """What is expected at the end of the year, with its interval and the chance of missing the target."""
    item = ctx.indicator
    if item is None:
        return not_found(Words("ต้องระบุตัวชี้วัดจึงจะคาดการณ์ได้", "a forecast needs an indicator."))
    try:
        if ctx.group.only is not None:
            return _of_area(ctx, item, ctx.group.only.id)
        held = analytics.indicator_outlook(viewer=ctx.viewer, round_id=ctx.info.id, code=item.code)
    except NotFoundError:
        return not_found(
            Words("ยังคาดการณ์ {indicator} จากรอบนี้ไม่ได้", "{indicator} cannot be forecast from this round."),
            indicator=indicator_words(item),
        )
    ahead = held.year_end or held.next
    if ahead is None:
        return _cannot(held, item)
    page = ctx.page("indicators:indicator", item.code)
    trace = ctx.trace("indicator_outlook", page, indicator=item.code, expected_of=str(ahead.round))
    blocks: list[Block] = [Picture("fan", held, trace)]
    blocks += _expected_areas(ctx, held, item, trace)
    notes = (_WHOLE_ONLY,) if not ctx.group.is_whole else ()
    return Reply(_system_said(item, ahead, trace), tuple(blocks), notes=notes)


_SUMS = Words(
    "ยอดรวมของสองปีมาจากเขตที่รายงานไม่เท่ากัน ช่องที่บอกว่าเปลี่ยนจึงนับเฉพาะเขตที่รายงานทั้งสองปี",
    "Sums of the two years come from different numbers of areas, so changes count only those that reported in both.",
)
_WHOLE_ONLY = Words(
    "ค่าคาดการณ์ในประโยคแรกเป็นของทั้งประเทศ ตารางแสดงเขตในพื้นที่ที่ถาม",
    "The forecast of the first sentence is for the whole country; the table shows the areas of the place.",
)


def _is(item: AreaFigure, way: Way | None) -> bool:
    moved = item.figure.change or 0.0
    if way in (Way.UP, Way.DOWN):
        return moved > 0 if way is Way.UP else moved < 0
    if way in (Way.BETTER, Way.WORSE):
        return item.figure.improved is (way is Way.BETTER) and moved != 0
    return moved != 0


def _said(ctx: Context, result: GroupResult, held: list[AreaFigure], moved: list[AreaFigure], trace: Trace) -> Line:
    item = result.indicator
    numbers = {"value": Num(result.value, "value", result.trace, item)}
    th, en = "{indicator} ของ{place} {value}", "{indicator} of {place}: {value}"
    if result.change is not None:
        numbers["change"] = Num(result.change, "change", result.trace, item, result.improved)
        th, en = th + " {change} จากรอบเดียวกันปีก่อน", en + ", {change} against the same round last year"
    if held and ctx.group.only is None:
        numbers |= {"moved": Num(len(moved), "count", trace), "all": Num(len(held), "count", trace)}
        th, en = th + " {way}ใน {moved} จาก {all} เขตที่เทียบได้", en + "; it {way} in {moved} of {all} areas that compare"
        if ctx.sight != ctx.group.name:
            th, en = th + "และท่านดูได้", en + " within your sight"
    names = {"indicator": indicator_words(item), "place": ctx.group.name, "way": _WAYS[ctx.told.way]}
    return Line(Words(th, en), numbers, names)


def _regions(ctx: Context, item: Indicator, trace: Trace) -> list[Block]:
    if ctx.named.groups:
        return []
    profile = analytics.indicator_profile(viewer=ctx.viewer, round_id=ctx.info.id, code=item.code)
    rows = tuple(
        Row(
            Words(group.name_th, group.name_en),
            (
                Num(group.figure.value, "value", trace, item),
                Num(group.figure.last_year, "value", trace, item),
                Num(group.figure.change, "change", trace, item, group.figure.improved),
            ),
            ctx.page("areas:list", region=group.code),
        )
        for group in profile.regions
        if group.figure.change is not None
    )
    return [Grid(Words("แต่ละเขตตรวจราชการ", "By inspection region"), COLUMNS, rows)] if rows else []


def _areas(ctx: Context, item: Indicator, held: list[AreaFigure], moved: list[AreaFigure], trace: Trace) -> Grid:
    """Areas that moved that way more than most: a quarter of all changes is as large. In order of code."""
    sizes = [abs(area.figure.change or 0.0) for area in held]
    edge = five_numbers(sizes)[3] if len(sizes) >= LEAST_COMPARED else 0.0
    large = sorted(
        (area for area in moved if abs(area.figure.change or 0.0) >= edge),
        key=lambda area: (area.area.region_code, area.area.code),
    )
    rows = tuple(
        Row(
            area_words(area.area),
            (
                Num(area.figure.value, "value", trace, item),
                Num(area.figure.last_year, "value", trace, item),
                Num(area.figure.change, "change", trace, item, area.figure.improved),
            ),
            ctx.page("areas:area", area.area.id),
            region_words(area.area),
        )
        for area in large[:MOST_ROWS]
    )
    note = Words(
        "เฉพาะเขตที่เปลี่ยนมากกว่าสามในสี่ของเขตทั้งหมด เรียงตามเขตตรวจราชการและรหัสเขต ไม่ใช่อันดับ",
        "Only areas that moved more than three in four; in order of region and code, not of rank.",
    )
    title = Words("เขตที่เปลี่ยนมากกว่าปกติ", "Areas that moved more than usual")
    return Grid(title, COLUMNS, rows, note, max(0, len(large) - MOST_ROWS))


def _moves(ctx: Context) -> Reply:
    """No indicator named: those of the system, or of one area, that moved."""
    if ctx.group.only is not None:
        return _area_moves(ctx, ctx.group.only.id)
    held = analytics.system_moves(viewer=ctx.viewer, round_id=ctx.info.id)
    if ctx.told.way in (Way.BETTER, Way.WORSE):
        held = tuple(item for item in held if item.improved == (ctx.told.way is Way.BETTER))
    if ctx.policy is not None:
        held = tuple(item for item in held if item.indicator.policy_area == ctx.policy.code)
    trace = ctx.trace("system_moves", ctx.page("overview:overview"))
    names = {"way": _WAYS[ctx.told.way]}
    if not held:
        words = Words("ไม่มีตัวชี้วัดใดที่{way}ชัดเจนทั้งประเทศ", "No indicator {way} clearly in the whole country.")
        return Reply(Line(words, names=names))
    words = Words(
        "ทั้งประเทศมี {count} ตัวชี้วัดที่{way}ชัดเจนจากรอบเดียวกันปีก่อน",
        "{count} indicators {way} clearly in the country since the same round last year.",
    )
    items = tuple((_move(item, trace), ctx.page("indicators:indicator", item.indicator.code)) for item in held)
    title = Words("เปลี่ยนมากที่สุดก่อน เทียบกับความต่างระหว่างเขต", "The most moved first, beside the spread of areas")
    return Reply(Line(words, {"count": Num(len(held), "count", trace)}, names), (Lines(title, items),))


def _move(item: SystemMove, trace: Trace) -> Line:
    return Line(
        Words(
            "{indicator}: {way} เคลื่อนไปทางเดียวกัน {same} จาก {all} เขต",
            "{indicator}: {way}; {same} of {all} areas moved the same way",
        ),
        {"same": Num(item.same_way, "count", trace), "all": Num(item.compared, "count", trace)},
        {"indicator": indicator_words(item.indicator), "way": _WAYS[Way.BETTER if item.improved else Way.WORSE]},
    )


def _area_moves(ctx: Context, organisation_id: int) -> Reply:
    try:
        profile = analytics.area_profile(
            viewer=ctx.viewer, organisation_id=organisation_id, round_id=ctx.info.id, today=ctx.today
        )
    except NotFoundError:
        return not_found(Words("{area} ไม่ได้อยู่ในรอบนี้", "{area} is not in this round."), area=ctx.group.name)
    page = ctx.page("areas:area", organisation_id)
    trace = ctx.trace("area_profile", page, organisation=ctx.group.code)
    figures = [item.figure for section in profile.sections for item in section.figures if item.figure.change]
    if ctx.told.way is not None:
        figures = [item for item in figures if _is(AreaFigure(profile.area, item), ctx.told.way)]
    rows = tuple(
        Row(
            indicator_words(item.indicator),
            (
                Num(item.value, "value", trace, item.indicator),
                Num(item.last_year, "value", trace, item.indicator),
                Num(item.change, "change", trace, item.indicator, item.improved),
            ),
            ctx.page("indicators:indicator", item.indicator.code),
        )
        for item in figures
    )
    line = Line(
        Words(
            "{area} มี {count} ตัวชี้วัดที่{way}จากรอบเดียวกันปีก่อน",
            "In {area}, {count} indicators {way} since the same round last year.",
        ),
        {"count": Num(len(rows), "count", trace)},
        {"area": ctx.group.name, "way": _WAYS[ctx.told.way]},
    )
    grid = Grid(Words("ตามลำดับของกรอบ", "In the order of the framework"), COLUMNS, rows, page=page)
    return Reply(line, (grid,) if rows else ())


def _of_area(ctx: Context, item: Indicator, organisation_id: int) -> Reply:
    held = analytics.area_outlook(viewer=ctx.viewer, organisation_id=organisation_id, round_id=ctx.info.id)
    told = next((found for found in held.indicators if found.indicator.code == item.code), None)
    ahead = (told.year_end or told.next) if told else None
    if told is None or ahead is None:
        return not_found(
            Words("ยังคาดการณ์ {indicator} ของเขตนี้ไม่ได้", "{indicator} of this area cannot be forecast yet."),
            indicator=indicator_words(item),
        )
    trace = ctx.trace(
        "area_outlook",
        ctx.page("areas:area", organisation_id),
        organisation=ctx.group.code,
        expected_of=str(ahead.round),
    )
    numbers = {
        "mean": Num(ahead.mean, "value", trace, item),
        "low": Num(ahead.low, "value", trace, item),
        "high": Num(ahead.high, "value", trace, item),
    }
    th = "{indicator} ของ{place} คาดว่า{round}จะเป็น {mean} (น่าจะอยู่ระหว่าง {low} ถึง {high})"
    en = "{indicator} of {place} is expected at {mean} in the {round} (likely {low} to {high})"
    if ahead.p_miss is not None:
        numbers["miss"] = Num(ahead.p_miss, "chance", trace)
        th, en = th + " โอกาสไม่ถึงเป้า {miss}", en + "; chance of missing the target {miss}"
    names = {"indicator": indicator_words(item), "place": ctx.group.name, "round": _round(ahead)}
    return Reply(Line(Words(th, en), numbers, names), (Picture("area_fan", told, trace),))


def _system_said(item: Indicator, ahead: SystemAhead, trace: Trace) -> Line:
    numbers: dict[str, Num] = {}
    th, en = "{indicator} ทั้งประเทศ คาดว่า{round}", "{indicator}, the whole country, {round}:"
    if ahead.middle is not None:
        numbers |= {
            "middle": Num(ahead.middle, "value", trace, item),
            "low": Num(ahead.low, "value", trace, item),
            "high": Num(ahead.high, "value", trace, item),
        }
        th, en = (
            th + "จะเป็น {middle} (น่าจะอยู่ระหว่าง {low} ถึง {high})",
            en + " expected {middle} (likely {low} to {high})",
        )
    if ahead.of:
        numbers |= {
            "missing": Num(ahead.missing, "count", trace),
            "least": Num(ahead.missing_low, "count", trace),
            "most": Num(ahead.missing_high, "count", trace),
            "all": Num(ahead.of, "count", trace),
        }
        th += " และราว {missing} จาก {all} เขตจะไม่ถึงเป้า (น่าจะอยู่ระหว่าง {least} ถึง {most} เขต)"
        en += " and about {missing} of {all} areas will miss the target (likely {least} to {most})"
    return Line(Words(th, en), numbers, {"indicator": indicator_words(item), "round": _round(ahead)})


def _expected_areas(ctx: Context, held: IndicatorOutlook, item: Indicator, trace: Trace) -> list[Block]:
    if not ctx.named.groups:
        return []
    codes = set(ctx.group.codes)
    rows = []
    for area in held.areas:
        ahead = area.year_end or area.next
        if area.area.code in codes and ahead is not None:
            cells = (
                Num(ahead.mean, "value", trace, item),
                bounds(ahead.low, ahead.high, trace, item),
                Num(ahead.p_miss, "chance", trace) if ahead.p_miss is not None else None,
            )
            rows.append(Row(area_words(area.area), cells, ctx.page("areas:area", area.area.id)))
    columns = (
        Words("คาดว่า", "Expected"),
        LIKELY,
        Words("โอกาสไม่ถึงเป้า", "Chance of missing"),
    )
    title = Words("เขตในพื้นที่ที่ถาม", "Areas of the place asked for")
    return [Grid(title, columns, tuple(rows[:MOST_ROWS]), more=max(0, len(rows) - MOST_ROWS))] if rows else []


def _cannot(held: IndicatorOutlook, item: Indicator) -> Reply:
    why = held.cannot[0] if held.cannot else Words("ข้อมูลย้อนหลังยังไม่พอ", "the past is too short.")
    return not_found(
        Words("ยังคาดการณ์ {indicator} ไม่ได้: {why}", "{indicator} cannot be forecast: {why}"),
        indicator=indicator_words(item),
        why=why,
    )


def _round(ahead: AheadFigure | SystemAhead) -> Words:
    key = ahead.round
    return Words(
        f"รอบ {key.month} เดือน ปีงบประมาณ {key.fiscal_year} ", f"{key.month}-month round of FY {key.fiscal_year} B.E."
    )
