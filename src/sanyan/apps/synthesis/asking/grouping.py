"""Answers that are groups of areas: who stands above or below what context leads one to expect. Never a bare rank."""

from __future__ import annotations

from collections.abc import Sequence

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import (
    ComparedArea,
    IndicatorComparison,
    PolicyStrengths,
    StrengthProfile,
    StrongArea,
)
from sanyan.apps.synthesis.asking.context import (
    BY_CODE,
    LEVEL_COLUMNS,
    LIKELY,
    MOST_ROWS,
    Context,
    Reply,
    area_words,
    compared_row,
    comparison_of,
    in_place,
    indicator_words,
    not_found,
    region_words,
)
from sanyan.apps.synthesis.asking.helping import help_first
from sanyan.apps.synthesis.asking.parts import Between, Block, Grid, Line, Num, Picture, Row, Trace
from sanyan.core.asking.cues import Intent, Way
from sanyan.core.errors import NotFoundError
from sanyan.core.signed_documents import Words

_SIDES = {
    "strong": Words("ดีกว่าที่บริบททำให้คาดอย่างชัดเจน", "Surely better than their context leads one to expect"),
    "weak": Words("ควรพัฒนา: ต่ำกว่าที่บริบททำให้คาดอย่างชัดเจน", "To be developed: surely below what is expected"),
}
_NOT_COMPARED = Words("ยังเทียบเขตใน {indicator} ไม่ได้ในรอบนี้", "areas cannot be compared on {indicator} in this round.")


def extremes(ctx: Context) -> Reply:
    """The areas at one end: those that surely stand apart, or whose interval of ranks reaches the first so many."""
    if ctx.indicator is None:
        return strengths(ctx)
    held = comparison_of(ctx, ctx.indicator)
    if held is None:
        return not_found(_NOT_COMPARED, indicator=indicator_words(ctx.indicator))
    areas = in_place(ctx, held.areas)
    sides = ("strong", "weak") if ctx.told.way is None else ("weak",) if ctx.told.way is Way.WORSE else ("strong",)
    blocks: list[Block] = [_picture(ctx, held)]
    for side in sides:
        blocks.append(_side(ctx, held, side, [item for item in areas if item.standing == side]))
    if ctx.told.most:
        blocks.insert(1, _among_first(ctx, held, areas, ctx.told.most))
    return Reply(_headline(ctx, held, areas), tuple(blocks))


def strengths(ctx: Context) -> Reply:
    """Who is strong (or to be developed) at what."""
    side = "weak" if ctx.told.intent is Intent.WEAKNESSES or ctx.told.way is Way.WORSE else "strong"
    if ctx.group.only is not None:
        return _of_area(ctx, side)
    if ctx.indicator is not None and ctx.told.subject == ctx.indicator.code:
        held = comparison_of(ctx, ctx.indicator)
        if held is None:
            return not_found(_NOT_COMPARED, indicator=indicator_words(ctx.indicator))
        areas = in_place(ctx, held.areas)
        kept = [item for item in areas if item.standing == side]
        return Reply(_headline(ctx, held, areas), (_picture(ctx, held), _side(ctx, held, side, kept)))
    if side == "weak" and ctx.policy is None:
        return help_first(ctx)
    return _by_policy(ctx, side)


def _of_area(ctx: Context, side: str) -> Reply:
    area = ctx.group.only
    assert area is not None
    try:
        profile = analytics.strength_profile(viewer=ctx.viewer, organisation_id=area.id, round_id=ctx.info.id)
    except NotFoundError:
        return not_found(Words("{area} ไม่ได้อยู่ในรอบนี้", "{area} is not in this round."), area=ctx.group.name)
    trace = ctx.trace("strength_profile", ctx.page("areas:area", area.id, tab="strengths"), organisation=area.code)
    items = profile.strong if side == "strong" else profile.weak
    if ctx.policy is not None:
        items = tuple(item for item in items if item.indicator.policy_area == ctx.policy.code)
    rows = tuple(
        Row(
            indicator_words(item.indicator),
            (
                Num(item.own, "value", trace, item.indicator) if item.own is not None else None,
                Num(item.expected, "value", trace, item.indicator) if item.expected is not None else None,
                Num(item.p_better if side == "strong" else 1 - item.p_better, "chance", trace),
            ),
            ctx.page("indicators:compare", item.indicator.code),
        )
        for item in items
    )
    columns = (LEVEL_COLUMNS[0], LEVEL_COLUMNS[2], Words("มั่นใจ", "How sure"))
    names = {"area": ctx.group.name, "policies": _named_at(profile, side)}
    line = Line(_OF_AREA[side], {"count": Num(len(items), "count", trace)}, names)
    page = ctx.page("areas:area", area.id, tab="strengths")
    grid = Grid(_SIDES[side], columns, rows, Words("ชัดเจนที่สุดก่อน", "The surest first."), page=page)
    return Reply(line, (grid,) if rows else ())


def _named_at(profile: StrengthProfile, side: str) -> Words:
    """The policy areas on one side, by name."""
    policies = [item for item in profile.policy_areas if item.word == side]
    return Words(
        ", ".join(item.name_th for item in policies) or "ยังไม่มีด้านใดที่ชัดเจน",
        ", ".join(item.name_en for item in policies) or "no policy area for sure yet",
    )


_OF_AREA = {
    "strong": Words(
        "{area} เด่นใน {count} ตัวชี้วัด ด้านที่เด่น: {policies}",
        "{area} stands above in {count} indicators; strong policy areas: {policies}.",
    ),
    "weak": Words(
        "{area} ควรพัฒนา {count} ตัวชี้วัด ด้านที่ควรพัฒนา: {policies}",
        "{area} stands below in {count} indicators; policy areas to develop: {policies}.",
    ),
}
_IN_PLACE = {
    "strong": Words(
        "{place} มี {count} เขตที่เด่นกว่าที่คาดอย่างชัดเจนอย่างน้อยหนึ่งด้าน",
        "In {place}, {count} areas surely stand above in at least one policy area.",
    ),
    "weak": Words(
        "{place} มี {count} เขตที่ควรพัฒนาอย่างชัดเจนอย่างน้อยหนึ่งด้าน",
        "In {place}, {count} areas surely stand below in at least one policy area.",
    ),
}


def _by_policy(ctx: Context, side: str) -> Reply:
    held = analytics.policy_strengths(viewer=ctx.viewer, round_id=ctx.info.id)
    codes = set(ctx.group.codes)
    wanted = ctx.policy.code if ctx.policy else ctx.indicator.policy_area if ctx.indicator else ""
    policies = [item for item in held if wanted in ("", item.policy_area) and item.compared]
    if not policies:
        return not_found(Words("ยังเทียบเขตไม่ได้ในรอบนี้", "areas cannot be compared in this round yet."))
    trace = ctx.trace("policy_strengths", ctx.page("strengths:strengths", policy=wanted), policy_area=wanted)
    if wanted:
        return _one_policy(ctx, policies[0], side, trace)
    rows = tuple(
        Row(
            Words(item.name_th, item.name_en),
            (
                Num(sum(area.area.code in codes for area in item.strong), "count", trace),
                Num(sum(area.area.code in codes for area in item.weak), "count", trace),
                Num(item.compared, "count", trace),
            ),
            ctx.page("strengths:strengths", policy=item.policy_area),
        )
        for item in policies
    )
    columns = (
        Words("เขตที่เด่น", "Areas above"),
        Words("เขตที่ควรพัฒนา", "Areas below"),
        Words("เขตที่เทียบกันทั้งประเทศ", "Areas compared in all"),
    )
    areas = {area.area.code for item in policies for area in _at(item, side) if area.area.code in codes}
    line = Line(_IN_PLACE[side], {"count": Num(len(areas), "count", trace)}, {"place": ctx.sight})
    table = Grid(Words("แต่ละด้าน", "By policy area"), columns, rows, page=ctx.page("strengths:strengths"))
    several = _several(ctx, policies, side, codes, trace)
    return Reply(line, (table, several) if several.rows else (table,))


def _several(ctx: Context, policies: Sequence[PolicyStrengths], side: str, codes: set[str], trace: Trace) -> Grid:
    """Areas on one side in more than one policy area."""
    held: dict[str, list[tuple[PolicyStrengths, StrongArea]]] = {}
    for policy in policies:
        for area in _at(policy, side):
            if area.area.code in codes:
                held.setdefault(area.area.code, []).append((policy, area))
    found = [(rows[0][1].area, rows) for _, rows in sorted(held.items()) if len(rows) > 1]
    found.sort(key=lambda pair: (pair[0].region_code, pair[0].code))
    rows = tuple(
        Row(
            area_words(area),
            (
                Num(len(items), "count", trace),
                Words("; ".join(p.name_th for p, _ in items), "; ".join(p.name_en for p, _ in items)),
            ),
            ctx.page("areas:area", area.id, tab="strengths"),
            region_words(area),
        )
        for area, items in found[:MOST_ROWS]
    )
    title = Words("เขตที่เด่นมากกว่าหนึ่งด้าน", "Areas above in more than one policy area")
    if side == "weak":
        title = Words("เขตที่ควรพัฒนามากกว่าหนึ่งด้าน", "Areas below in more than one policy area")
    columns = (Words("กี่ด้าน", "Policy areas"), Words("ด้าน", "Which"))
    return Grid(title, columns, rows, BY_CODE, max(0, len(found) - MOST_ROWS))


def _one_policy(ctx: Context, policy: PolicyStrengths, side: str, trace: Trace) -> Reply:
    codes = set(ctx.group.codes)
    areas = [item for item in _at(policy, side) if item.area.code in codes]
    rows = tuple(_policy_row(ctx, item, trace) for item in areas[:MOST_ROWS])
    columns = (
        Words("ขนาด (เท่าของความต่างปกติ)", "Size (in usual spreads)"),
        LIKELY,
        Words("มั่นใจ", "How sure"),
        Words("อยู่ฝั่งเดียวกันกี่ปี", "Years on the same side"),
    )
    words = (
        Words(
            "ด้าน{policy} {place} มี {count} เขตที่เด่นกว่าที่บริบททำให้คาดอย่างชัดเจน จาก {all} เขตที่เทียบกัน",
            "{policy}: in {place}, {count} areas surely stand above what is expected, of {all} compared.",
        )
        if side == "strong"
        else Words(
            "ด้าน{policy} {place} มี {count} เขตที่ควรพัฒนาอย่างชัดเจน จาก {all} เขตที่เทียบกัน",
            "{policy}: in {place}, {count} areas surely stand below what is expected, of {all} compared.",
        )
    )
    line = Line(
        words,
        {"count": Num(len(areas), "count", trace), "all": Num(policy.compared, "count", trace)},
        {"policy": Words(policy.name_th, policy.name_en), "place": ctx.sight},
    )
    page = ctx.page("strengths:strengths", policy=policy.policy_area)
    grid = Grid(_SIDES[side], columns, rows, BY_CODE, max(0, len(areas) - MOST_ROWS), page)
    return Reply(line, (grid,) if rows else ())


def _policy_row(ctx: Context, item: StrongArea, trace: Trace) -> Row:
    told, sure = item.strength, item.strength.p_better or 0.0
    low, high = told.effect.low80, told.effect.high80
    return Row(
        area_words(item.area),
        (
            Num(told.effect.middle, "size", trace),
            Between(Num(low, "size", trace), Num(high, "size", trace))
            if low is not None and high is not None
            else None,
            Num(max(sure, 1 - sure), "chance", trace),
            Num(told.rounds, "count", trace),
        ),
        ctx.page("areas:area", item.area.id, tab="strengths"),
        region_words(item.area),
    )


def _at(policy: PolicyStrengths, side: str) -> tuple[StrongArea, ...]:
    return policy.strong if side == "strong" else policy.weak


def _headline(ctx: Context, held: IndicatorComparison, areas: Sequence[ComparedArea]) -> Line:
    page = ctx.page("indicators:compare", held.indicator.code)
    trace = ctx.trace("indicator_comparison", page, indicator=held.indicator.code)
    counts = {side: sum(item.standing == side for item in areas) for side in ("strong", "weak")}
    return Line(
        Words(
            "{indicator} {place}: {strong} เขตดีกว่าที่คาดอย่างชัดเจน {weak} เขตควรพัฒนา อีก {rest} เขตยังบอกไม่ได้ว่าต่าง",
            "{indicator}, {place}: {strong} areas surely above what is expected, {weak} below; {rest} not told apart.",
        ),
        {
            "strong": Num(counts["strong"], "count", trace),
            "weak": Num(counts["weak"], "count", trace),
            "rest": Num(len(areas) - sum(counts.values()), "count", trace),
        },
        {"indicator": indicator_words(held.indicator), "place": ctx.sight},
    )


def _side(ctx: Context, held: IndicatorComparison, side: str, areas: Sequence[ComparedArea]) -> Grid:
    rows = tuple(compared_row(ctx, item, held) for item in areas[:MOST_ROWS])
    page = ctx.page("indicators:compare", held.indicator.code)
    return Grid(_SIDES[side], LEVEL_COLUMNS, rows, BY_CODE, max(0, len(areas) - MOST_ROWS), page)


def _among_first(ctx: Context, held: IndicatorComparison, areas: Sequence[ComparedArea], most: int) -> Grid:
    """Areas whose rank may lie among the first (or last) so many: more than that many, as ranks swing."""
    last = ctx.told.way is Way.WORSE
    edge = held.used - most + 1 if last else most
    kept = [
        item
        for item in areas
        if item.rank.low80 is not None
        and item.rank.high80 is not None
        and (item.rank.high80 >= edge if last else item.rank.low80 <= edge)
    ]
    rows = tuple(compared_row(ctx, item, held) for item in kept[:MOST_ROWS])
    title = Words("เขตที่ช่วงของอันดับไปถึงปลายที่ถาม", "Areas whose interval of ranks reaches the end asked for")
    return Grid(title, LEVEL_COLUMNS, rows, BY_CODE, max(0, len(kept) - MOST_ROWS))


def _picture(ctx: Context, held: IndicatorComparison) -> Picture:
    page = ctx.page("indicators:compare", held.indicator.code)
    keep = frozenset(ctx.group.codes)
    trace = ctx.trace("indicator_comparison", page, indicator=held.indicator.code)
    return Picture("comparison", (held, keep), trace)
