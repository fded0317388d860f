"""Answers that are a figure: of one place, over the years, of two places side by side; and what a figure means."""

from __future__ import annotations

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.synthesis.asking import reaching
from sanyan.apps.synthesis.asking.context import (
    LEVEL_COLUMNS,
    MOST_ROWS,
    Context,
    Reply,
    compared_row,
    comparison_of,
    in_place,
    indicator_words,
    not_found,
)
from sanyan.apps.synthesis.asking.parts import Block, Cell, Grid, Line, Lines, Num, PageLink, Picture, Row
from sanyan.apps.synthesis.asking.places import Group
from sanyan.apps.synthesis.asking.rolling import GroupResult, group_result
from sanyan.core.indicators.definitions import Indicator, Kind, Rollup
from sanyan.core.signed_documents import Words

_NARRATIVE = Words(
    "ตัวชี้วัดนี้เขตตอบเป็นข้อความ จึงไม่มีตัวเลข ลองถามถึงปัญหา ข้อเสนอ หรือแบบอย่างของเรื่องนี้",
    "Areas answer this one in words, so there is no figure. Ask for problems, suggestions or models of it.",
)
_NO_FIGURE = Words("ยังไม่มีรายงานที่รับรองสำหรับ {indicator} ใน{round}", "no certified report of {indicator} in the {round}.")
_NOT_BOTH = Words(
    "{first} กับ {second} ยังไม่มีรายงานที่รับรองครบทั้งสองที่ใน{round}",
    "{first} and {second} do not both have a certified report in the {round}.",
)
COLUMNS = (
    Words("ค่า", "Figure"),
    Words("เทียบรอบเดียวกันปีก่อน", "Against last year"),
    Words("เป้า", "Target"),
    Words("เขตที่รายงาน", "Areas reporting"),
)


def value(ctx: Context) -> Reply:
    """One indicator of one place, with its parts, its target, its past and its areas."""
    indicator = ctx.indicator
    if indicator is None:
        return reaching.profile(ctx)
    if indicator.kind is Kind.NARRATIVE:
        return not_found(_NARRATIVE)
    result = group_result(ctx.info, ctx.group, indicator)
    if result.value is None:
        return not_found(_NO_FIGURE, indicator=indicator_words(indicator), round=ctx.round_words)
    blocks: list[Block] = [_facts(result)]
    if len(result.past) > 1:
        blocks.append(Picture("history", (indicator, result.past), result.trace))
    blocks += _areas(ctx, indicator)
    return Reply(_said(ctx, result), tuple(blocks), notes=_mean_note(indicator, ctx.group))


def trend(ctx: Context) -> Reply:
    """One indicator of one place, round by round."""
    indicator = ctx.indicator
    if indicator is None:
        return reaching.profile(ctx)
    if indicator.kind is Kind.NARRATIVE:
        return not_found(_NARRATIVE)
    result = group_result(ctx.info, ctx.group, indicator)
    since = ctx.told.since or 0
    past = [point for point in result.past if point.value is not None and int(point.round[:4]) >= since]
    if not past:
        return not_found(_NO_FIGURE, indicator=indicator_words(indicator), round=ctx.round_words)
    same = [point for point in past if point.round[5:] == past[-1].round[5:]]
    rows = tuple(
        Row(
            Words(_round_th(point.round), _round_en(point.round)),
            (
                Num(point.value, "value", result.trace, indicator),
                Num(point.target, "value", result.trace, indicator) if point.target is not None else None,
                Num(point.reported, "count", result.trace),
            ),
        )
        for point in past
    )
    columns = (Words("ค่า", "Figure"), COLUMNS[2], COLUMNS[3])
    title = Words("แต่ละรอบ", "Round by round")
    line = Line(
        Words(
            "{indicator} ของ{place} ในรอบเดือนเดียวกัน จาก {first} เป็น {last} ใน {years} ปีงบประมาณ",
            "{indicator} of {place}, same month: from {first} to {last} over {years} fiscal years.",
        ),
        numbers={
            "first": Num(same[0].value, "value", result.trace, indicator),
            "last": Num(same[-1].value, "value", result.trace, indicator),
            "years": Num(len(same), "count", result.trace),
        },
        names={"indicator": indicator_words(indicator), "place": ctx.group.name},
    )
    picture = Picture("history", (indicator, tuple(past)), result.trace)
    return Reply(line, (picture, Grid(title, columns, rows)), notes=_mean_note(indicator, ctx.group))


def compare(ctx: Context) -> Reply:
    """Places side by side, in one indicator or in those of a policy area."""
    groups = ctx.named.groups or _by_type(ctx)
    if len(groups) == 1:
        groups = (*groups, ctx.named.whole)
    if len(groups) < 2:
        return not_found(Words("ต้องมีสองที่ที่ท่านดูได้จึงจะเทียบกันได้", "two places within your sight are needed to compare."))
    items = [ctx.indicator] if ctx.indicator else _items_of(ctx)
    held = [[group_result(ctx.info, group, item) for group in groups] for item in items]
    told = [results for results in held if sum(result.value is not None for result in results) > 1]
    if not told:
        return not_found(_NOT_BOTH, round=ctx.round_words, first=groups[0].name, second=groups[1].name)
    rows = tuple(_beside(results) for results in told)
    columns = (Words("เป้า", "Target"), *(group.name for group in groups))
    grid = Grid(Words("เทียบกันทีละตัวชี้วัด", "Side by side"), columns, rows, _CARE)
    if ctx.indicator is None:
        line = Line(
            Words(
                "{first} กับ {second} มีตัวชี้วัดที่เทียบกันได้ {count} ตัวใน{round}",
                "{first} and {second} have {count} indicators to compare in the {round}.",
            ),
            numbers={"count": Num(len(told), "count", told[0][0].trace)},
            names={"first": groups[0].name, "second": groups[1].name, "round": ctx.round_words},
        )
        return Reply(line, (grid,))
    return Reply(_verdict(ctx, told[0], ctx.indicator), (*_picture(ctx, ctx.indicator), grid))


def definition(ctx: Context) -> Reply:
    """What an indicator means and how it is worked out, as the framework says it."""
    item = ctx.indicator
    if item is None:
        return not_found(Words("ไม่มีคำนี้ในกรอบตัวชี้วัด", "the framework has no such term."))
    trace = ctx.trace("framework_version", ctx.page("indicators:indicator", item.code), indicator=item.code)
    lines: list[tuple[Line, PageLink | None]] = []
    if item.denominator_th:
        words = Words("คิดจาก {top} หารด้วย {bottom}", "{top} divided by {bottom}")
        names = {
            "top": Words(item.numerator_th, item.numerator_en or item.numerator_th),
            "bottom": Words(item.denominator_th, item.denominator_en or item.denominator_th),
        }
        lines.append((Line(words, names=names), None))
    good = {"higher": Words("ยิ่งมากยิ่งดี", "Higher is better"), "lower": Words("ยิ่งน้อยยิ่งดี", "Lower is better")}
    lines.append((Line(good.get(item.direction.value, Words("ใช้ประกอบ ไม่ตัดสินดีหรือไม่ดี", "Context, not judged"))), None))
    for target in item.targets:
        if target.value is not None:
            numbers = {
                "month": Num(target.month, "count", trace),
                "target": Num(target.value, "value", trace, item),
            }
            lines.append(
                (Line(Words("เป้ารอบ {month} เดือน {target}", "Target at {month} months {target}"), numbers), None)
            )
    if item.note:
        lines.append((Line(Words("{note}", "{note}"), names={"note": Words(item.note, item.note)}), None))
    head = Line(
        Words("{indicator} ({code}) หน่วยเป็น{unit}", "{indicator} ({code}), in {unit}"),
        names={
            "indicator": indicator_words(item),
            "code": Words(item.code, item.code),
            "unit": Words(item.unit_th, item.unit_en or item.unit_th),
        },
    )
    page = ctx.page("indicators:indicator", item.code)
    lines.append((Line(Words("ดูผลล่าสุดของตัวชี้วัดนี้", "See the latest results of this indicator")), page))
    return Reply(head, (Lines(Words("ตามกรอบตัวชี้วัด", "As the framework has it"), tuple(lines)),))


_CARE = Words(
    "ตัวเลขนี้ยังไม่ได้ปรับบริบท ความต่างเล็กน้อยอาจเป็นความบังเอิญ",
    "These figures are not adjusted for context; a small difference may be chance.",
)


def _said(ctx: Context, result: GroupResult) -> Line:
    names = {"indicator": indicator_words(result.indicator), "place": ctx.group.name, "round": ctx.round_words}
    numbers = {"value": Num(result.value, "value", result.trace, result.indicator)}
    th, en = "{indicator} ของ{place} ใน{round} คือ {value}", "{indicator} of {place} in the {round}: {value}"
    if result.change is not None:
        numbers["change"] = Num(result.change, "change", result.trace, result.indicator, result.improved)
        th, en = th + " {change} จากรอบเดียวกันปีก่อน", en + ", {change} against the same round last year"
    if result.target is not None and result.indicator.direction.value != "none":
        numbers["target"] = Num(result.target, "value", result.trace, result.indicator)
        th, en = th + " (เป้า {target})", en + " (target {target})"
    return Line(Words(th, en), numbers, names)


def _facts(result: GroupResult) -> Grid:
    now, trace, item = result.now, result.trace, result.indicator
    assert now is not None  # a value was found
    columns, cells = list(COLUMNS), [*_cells(result)]
    if now.denominator and item.rollup is Rollup.RATIO:
        columns += [
            Words(item.numerator_th or "ตัวตั้ง", item.numerator_en or "Numerator"),
            Words(item.denominator_th or "ตัวหาร", item.denominator_en or "Denominator"),
        ]
        cells += [Num(now.numerator, "plain", trace), Num(now.denominator, "plain", trace)]
    page = trace.page
    return Grid(indicator_words(item), tuple(columns), (Row(result.group.name, tuple(cells), page),))


def _cells(result: GroupResult) -> tuple[Cell, ...]:
    item, trace = result.indicator, result.trace
    return (
        Num(result.value, "value", trace, item),
        Num(result.change, "change", trace, item, result.improved) if result.change is not None else None,
        Num(result.target, "value", trace, item) if result.target is not None else None,
        Num(result.now.reported, "count", trace) if result.now else None,
    )


def _areas(ctx: Context, indicator: Indicator) -> list[Block]:
    """The areas of the place with their intervals, and the picture of all of them."""
    held = comparison_of(ctx, indicator)
    if held is None:
        return []
    areas = in_place(ctx, held.areas)
    blocks: list[Block] = [*_picture(ctx, indicator)]
    if areas and not ctx.group.is_whole:
        rows = tuple(compared_row(ctx, item, held) for item in areas[:MOST_ROWS])
        note = Words("เรียงตามรหัสเขต ไม่ใช่อันดับ", "In order of area code, not of rank.")
        page = ctx.page("indicators:compare", indicator.code)
        more = max(0, len(areas) - MOST_ROWS)
        blocks.append(Grid(Words("เขตในพื้นที่นี้", "Areas of this place"), LEVEL_COLUMNS, rows, note, more, page))
    return blocks


def _picture(ctx: Context, indicator: Indicator) -> tuple[Picture, ...]:
    held = comparison_of(ctx, indicator)
    if held is None:
        return ()
    keep = frozenset(code for group in (ctx.named.groups or (ctx.named.whole,)) for code in group.codes)
    page = ctx.page("indicators:compare", indicator.code)
    return (Picture("comparison", (held, keep), ctx.trace("indicator_comparison", page, indicator=indicator.code)),)


def _by_type(ctx: Context) -> tuple[Group, ...]:
    kinds = (("primary", Words("สพป.", "primary areas")), ("secondary", Words("สพม.", "secondary areas")))
    areas = ctx.named.whole.areas
    return tuple(
        Group(code, name, {key: area for key, area in areas.items() if area.area_type == code}) for code, name in kinds
    )


def _items_of(ctx: Context) -> list[Indicator]:
    compared = analytics.compared_codes(viewer=ctx.viewer, round_id=ctx.info.id)
    policy = ctx.policy.code if ctx.policy else ""
    items = [ctx.framework.indicator(code) for code in compared]
    return [item for item in items if policy in ("", item.policy_area)]


def _beside(results: list[GroupResult]) -> Row:
    item = results[0].indicator
    targets = {result.target for result in results}
    target = results[0].target if len(targets) == 1 else None  # "better than last year" is each place's own
    cells: list[Cell] = [Num(target, "value", results[0].trace, item) if target is not None else None]
    cells += [Num(r.value, "value", r.trace, item) if r.value is not None else None for r in results]
    return Row(indicator_words(item), tuple(cells), PageLink("indicators:compare", (item.code,)))


def _verdict(ctx: Context, results: list[GroupResult], indicator: Indicator) -> Line:
    """Which of two is higher, and whether that can be told: areas by their intervals, larger groups as they are."""
    first, second = results[:2]
    names = {"indicator": indicator_words(indicator), "first": first.group.name, "second": second.group.name}
    numbers = {
        "a": Num(first.value, "value", first.trace, indicator),
        "b": Num(second.value, "value", second.trace, indicator),
    }
    th, en = "{indicator}: {first} {a} และ {second} {b}", "{indicator}: {first} {a}, {second} {b}"
    if first.group.only and second.group.only:
        apart = _apart(ctx, indicator, first.group.code, second.group.code)
        if apart is not None:
            th += " ช่วงที่น่าจะเป็นไม่ซ้อนกัน จึงต่างกันชัดเจน" if apart else " ช่วงที่น่าจะเป็นซ้อนกัน จึงยังบอกไม่ได้ว่าต่างกันจริง"
            en += (
                "; their intervals do not overlap, so they differ."
                if apart
                else "; intervals overlap, so it cannot be told that they differ."
            )
    return Line(Words(th, en), numbers, names)


def _apart(ctx: Context, indicator: Indicator, first: str, second: str) -> bool | None:
    held = comparison_of(ctx, indicator)
    levels = {item.area.code: item.level for item in held.areas if item.area} if held else {}
    a, b = levels.get(first), levels.get(second)
    if a is None or b is None or None in (a.low80, a.high80, b.low80, b.high80):
        return None
    return bool(a.high80 < b.low80 or b.high80 < a.low80)  # type: ignore[operator]


def _mean_note(indicator: Indicator, group: Group) -> tuple[Words, ...]:
    if indicator.rollup is Rollup.MEAN and group.only is None:
        return (Words("ค่าของหลายเขตเป็นค่าเฉลี่ยของเขต", "The figure of many areas is a mean of areas."),)
    return ()


def _round_th(key: str) -> str:
    return f"รอบ {int(key[5:])} เดือน ปีงบประมาณ {key[:4]}"


def _round_en(key: str) -> str:
    return f"{int(key[5:])} months, FY {key[:4]} B.E."
