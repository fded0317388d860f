"""The tables of a round's summary, and the sources that they and the sentences cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sanyan.core.indicators.definitions import Rollup
from sanyan.core.indicators.values import Attainment, is_improvement
from sanyan.core.reporting.blocks import Align, Block, Column, Heading, Paragraph, Sentence, Table
from sanyan.core.reporting.round_facts import AreaNeed, IndicatorResult, NeedGroup, SummaryInput
from sanyan.core.reporting.round_sources import coverage_source, findings_source, indicator_source, results_source
from sanyan.core.reporting.wording import (
    ATTAINMENT_WORDS,
    MISSING,
    SEVERITY_WORDS,
    Pen,
    alphabetical,
    number,
)

MOST_AREAS_LISTED = 40
MOST_REASONS = 3
MOST_COLUMNS_OF_INDICATORS = 6
_JUDGED = (Attainment.MET, Attainment.NEAR, Attainment.MISSED, Attainment.UNKNOWN)


def region_coverage_table(data: SummaryInput, pen: Pen) -> Table:
    """Who has handed in, by inspection region."""
    rows = tuple(
        (
            _region_name(region.name_th, region.name_en, pen),
            number(region.counts.expected),
            number(region.counts.certified),
            number(region.counts.submitted),
            number(region.counts.returned),
            number(region.counts.in_progress + region.counts.not_started),
            number(region.counts.late),
        )
        for region in data.regions
    )
    names = (
        ("เขตตรวจราชการ", "Inspection region"),
        ("ต้องส่ง", "Expected"),
        ("รับรองแล้ว", "Certified"),
        ("รอตรวจรับ", "Submitted"),
        ("ส่งกลับ", "Returned"),
        ("ยังไม่ส่ง", "Not yet"),
        ("เกินกำหนด", "Late"),
    )
    columns = (Column(pen.pick(names[0]), width=2.2), *(Column(pen.pick(n), Align.RIGHT) for n in names[1:]))
    caption = pen.say(
        "จำนวนเขตพื้นที่ตามสถานะการส่ง แยกตามเขตตรวจราชการ", "Areas by state of their report, by inspection region"
    )
    return Table(columns, rows, caption, sources=(coverage_source(data, pen),))


def policy_table(data: SummaryInput, pen: Pen) -> Table:
    """How many indicators of each policy area met their target, now and in the same round last year."""
    rows = tuple(
        (
            pen.say(area.name_th, area.name_en),
            number(area.counts.met),
            number(area.counts.near),
            number(area.counts.missed),
            number(area.counts.unknown),
            f"{area.last_year.met}/{area.last_year.judged}" if area.last_year and area.last_year.judged else MISSING,
        )
        for area in data.policy_areas
    )
    columns = (
        Column(pen.say("ด้านนโยบาย", "Policy area"), width=3.2),
        *(Column(pen.pick(ATTAINMENT_WORDS[state]), Align.RIGHT) for state in _JUDGED),
        Column(pen.say("ถึงเป้าปีก่อน", "Met last year"), Align.RIGHT),
    )
    notes = [
        pen.say(
            "นับเป็นตัวชี้วัด ใกล้เป้าคือห่างเป้าไม่เกินร้อยละ 5 ของค่าเป้าหมาย",
            "Counts of indicators. Near is within 5 % of the target.",
        ),
        pen.say(
            "ยังตัดสินไม่ได้ คือไม่มีเป้าหมายในรอบนี้หรือยังไม่มีข้อมูลพอ",
            "Cannot be judged: no target in this round, or not enough data.",
        ),
    ]
    if any(area.last_year is None or not area.last_year.judged for area in data.policy_areas):
        notes.append(
            pen.say(
                "“–” ในช่องปีก่อน คือรอบเดียวกันของปีก่อนไม่มีตัวชี้วัดที่ตัดสินได้", "“–” under last year: nothing could be judged then."
            )
        )
    caption = pen.say("ผลทั้งประเทศเทียบเป้าหมาย แยกตามด้านนโยบาย", "National results against targets, by policy area")
    return Table(columns, rows, caption, tuple(notes), (results_source(data, pen),))


def indicator_blocks(data: SummaryInput, pen: Pen) -> Iterator[Block]:
    """One table a policy area: each indicator against its target and against the same round last year."""
    names = {area.code: pen.say(area.name_th, area.name_en) for area in data.policy_areas}
    for code in dict.fromkeys(item.policy_area for item in data.indicators):
        items = [item for item in data.indicators if item.policy_area == code]
        yield Heading(names.get(code, code), 2, key=f"policy-{code}")
        yield _indicator_table(items, data, pen)


def _indicator_table(items: list[IndicatorResult], data: SummaryInput, pen: Pen) -> Table:
    sources = tuple(indicator_source(item, data, pen) for item in items)
    rows = tuple(
        (
            f"{item.code} {pen.say(item.name_th, item.name_en)} ({pen.say(item.unit_th, item.unit_en)}) [{source}]",
            number(item.value, item.decimals),
            number(item.target, item.decimals),
            pen.pick(ATTAINMENT_WORDS[item.attainment]),
            number(item.last_year, item.decimals),
            pen.change(item.direction, item.value, item.compared_with, item.decimals),
            f"{number(item.reported)}/{number(item.reported + item.missing)}",
        )
        for item, source in zip(items, sources, strict=True)
    )
    names = (
        (("ตัวชี้วัด (หน่วย)", "Indicator (unit)"), Align.LEFT, 4.0),
        (("รอบนี้", "Now"), Align.RIGHT, 1.4),
        (("เป้าหมาย", "Target"), Align.RIGHT, 1.5),
        (("ผล", "Result"), Align.LEFT, 1.7),
        (("ปีก่อน", "Last year"), Align.RIGHT, 1.4),
        (("เทียบปีก่อน", "Change"), Align.LEFT, 1.8),
        (("เขตที่มีค่า", "Areas with a value"), Align.RIGHT, 1.6),
    )
    columns = tuple(Column(pen.pick(name), align, width) for name, align, width in names)
    notes = [_why_missing(item, pen) for item in items if item.value is None]
    if any(item.rollup is Rollup.DISTRIBUTION for item in items):
        notes.append(pen.say("ตัวชี้วัดแบบระดับแสดงค่ามัธยฐานของเขต", "Indicators on a scale show the median of areas."))
    if any(item.last_year is not None and item.value is not None and item.compared_with is None for item in items):
        notes.append(
            pen.say(
                "ผลรวมที่จำนวนเขตรายงานไม่เท่าปีก่อนไม่แสดงการเปลี่ยนแปลง เพราะเทียบกันไม่ได้",
                "No change is shown for sums over another number of areas than last year: they cannot be compared.",
            )
        )
    return Table(columns, rows, notes=tuple(notes), sources=sources)


def _why_missing(item: IndicatorResult, pen: Pen) -> str:
    reason = pen.say(item.missing_reason_th, item.missing_reason_en)
    return f"{item.code} “–”: " + (
        reason or pen.say("ยังไม่มีเขตใดรายงานค่าในรอบนี้", "no area has reported a value in this round")
    )


def region_blocks(data: SummaryInput, pen: Pen) -> Iterator[Block]:
    """Results by region: counts against target first, then every value, six indicators a table."""
    held = [item for item in data.indicators if any(cell.value is not None for cell in item.by_region)]
    if not held:
        return
    yield Heading(pen.say("ผลตามเขตตรวจราชการ", "Results by inspection region"), key="regions")
    yield _region_counts(held, data, pen)
    yield Heading(pen.say("ค่ารายเขตตรวจราชการ", "Values by inspection region"), 2, key="region-values")
    for start in range(0, len(held), MOST_COLUMNS_OF_INDICATORS):
        yield _region_values(held[start : start + MOST_COLUMNS_OF_INDICATORS], data, pen)


def _region_names(items: list[IndicatorResult], pen: Pen) -> dict[str, str]:
    """Region code to name, in the order the figures come in."""
    return {cell.region: _region_name(cell.name_th, cell.name_en, pen) for item in items for cell in item.by_region}


def _region_name(th: str, en: str, pen: Pen) -> str:
    """Short, as the column head already says "เขตตรวจราชการ"."""
    return pen.say(th.replace("เขตตรวจราชการที่", "ที่"), en)


def _region_counts(items: list[IndicatorResult], data: SummaryInput, pen: Pen) -> Table:
    rows = []
    for region, name in _region_names(items, pen).items():
        cells = [(item, cell) for item in items for cell in item.by_region if cell.region == region]
        count = Counter(cell.attainment for _, cell in cells)
        moves = [
            is_improvement(item.direction, round(cell.value - cell.last_year, item.decimals))
            for item, cell in cells
            if cell.value is not None and cell.last_year is not None and item.rollup is not Rollup.SUM
        ]
        better = f"{sum(move is True for move in moves)}/{len(moves)}" if moves else MISSING
        rows.append((name, *(number(count[state]) for state in _JUDGED), better))
    columns = (
        Column(pen.say("เขตตรวจราชการ", "Inspection region"), width=2.4),
        *(Column(pen.pick(ATTAINMENT_WORDS[state]), Align.RIGHT) for state in _JUDGED),
        Column(pen.say("ดีขึ้นจากปีก่อน", "Better than last year"), Align.RIGHT, 1.2),
    )
    note = pen.say(
        "เรียงตามเลขเขตตรวจราชการ ไม่ใช่อันดับ เพราะจำนวนตัวชี้วัดที่ต่างกันเล็กน้อยอาจเกิดจากความผันผวนตามขนาด",
        "In the order of region numbers, not a ranking: small differences may be chance, above all in small regions.",
    )
    caption = pen.say("จำนวนตัวชี้วัดเทียบเป้าหมาย แยกตามเขตตรวจราชการ", "Indicators against targets, by inspection region")
    return Table(columns, tuple(rows), caption, (note,), (results_source(data, pen),))


def _region_values(items: list[IndicatorResult], data: SummaryInput, pen: Pen) -> Table:
    sources = tuple(indicator_source(item, data, pen) for item in items)
    held = {(item.code, cell.region): cell for item in items for cell in item.by_region}
    rows = []
    for region, name in _region_names(items, pen).items():
        cells = []
        for item in items:
            cell = held.get((item.code, region))
            if cell is None or cell.value is None:
                cells.append(MISSING)
                continue
            mark = "*" if cell.attainment is Attainment.MISSED else ""
            change = ""
            if cell.last_year is not None and item.rollup is not Rollup.SUM:
                change = f" ({_signed(cell.value - cell.last_year, item.decimals)})"
            cells.append(f"{number(cell.value, item.decimals)}{mark}{change}")
        rows.append((name, *cells))
    columns = (
        Column(pen.say("เขตตรวจราชการ", "Inspection region"), width=1.5),
        *(Column(f"{item.code} [{source}]", Align.RIGHT) for item, source in zip(items, sources, strict=True)),
    )
    note = pen.say(
        "* ยังไม่ถึงเป้า ในวงเล็บคือส่วนต่างจากรอบเดียวกันของปีก่อน “–” คือยังไม่มีเขตในกลุ่มนั้นรายงาน",
        "* not yet met. In brackets: change from the same round last year. “–”: no area there has reported.",
    )
    return Table(columns, tuple(rows), notes=(note,), sources=sources)


def _signed(amount: float, decimals: int) -> str:
    return ("+" if round(amount, decimals) > 0 else "") + number(amount, decimals)


def needs_blocks(data: SummaryInput, pen: Pen) -> Iterator[Block]:
    """Areas to help first, in groups by a stated rule; alphabetical inside a group."""
    yield Heading(pen.say("เขตที่ควรได้รับความช่วยเหลือก่อน", "Areas to help first"), key="help")
    groups = [group for group in data.needs if group.areas]
    if not groups:
        yield Paragraph(
            (
                Sentence(
                    pen.say("รอบนี้ไม่มีเขตที่เข้าเกณฑ์", "No area meets the rule in this round."), (results_source(data, pen),)
                ),
            )
        )
        return
    yield Paragraph(
        (
            Sentence(
                pen.say(
                    "รายชื่อจัดเป็นกลุ่มตามเกณฑ์และเรียงตามตัวอักษร ไม่แสดงลำดับเพราะลำดับโดยไม่มีช่วงความเชื่อมั่นทำให้เข้าใจผิดได้ "
                    "ใช้เพื่อชวนคุยและจัดความช่วยเหลือ ไม่ใช้ตัดสิน",
                    "Areas are grouped by a stated rule and listed alphabetically. No order is shown, since an "
                    "order without an interval misleads. It is for offering help, not for judging.",
                )
            ),
        )
    )
    for group in groups:
        yield Heading(pen.say(group.name_th, group.name_en), 2)
        yield _need_table(group, data, pen)


def _need_table(group: NeedGroup, data: SummaryInput, pen: Pen) -> Table:
    areas = alphabetical(group.areas, [pen.say(area.name_th, area.name_en) for area in group.areas])
    shown = areas[:MOST_AREAS_LISTED]
    rows = tuple(_need_row(area, pen) for area in shown)
    columns = (
        Column(pen.say("เขตพื้นที่", "Area"), width=2.7),
        Column(pen.say("เขตตรวจราชการ", "Region"), width=1.3),
        Column(pen.say("ยังไม่ถึงเป้า/ที่ตัดสินได้", "Not met / judged"), Align.RIGHT, 1.2),
        Column(pen.say("ช่วงที่น่าจะเป็น", "Likely range"), Align.RIGHT, 1.2),
        Column(pen.say("ตัวชี้วัดและช่องว่าง", "Indicators and gaps"), width=3.8),
    )
    notes = [pen.say(f"เกณฑ์: {group.rule_th}", f"Rule: {group.rule_en}")]
    if any(area.interval is None for area in shown):
        notes.append(
            pen.say(
                "“–” คือยังไม่ได้คำนวณช่วง จึงไม่ควรเทียบระหว่างเขต",
                "“–”: no range worked out, so areas should not be compared.",
            )
        )
    if len(areas) > len(shown):
        left = len(areas) - len(shown)
        notes.append(
            pen.say(
                f"แสดง {len(shown)} เขตแรกตามตัวอักษร ยังมีอีก {left} เขตในระบบ",
                f"First {len(shown)} by name; {left} more are in the system.",
            )
        )
    return Table(columns, rows, notes=tuple(notes), sources=(results_source(data, pen),))


def _need_row(area: AreaNeed, pen: Pen) -> tuple[str, ...]:
    reasons = area.reasons_th if pen.lang == "th" else area.reasons_en
    told = "; ".join(reasons[:MOST_REASONS]) or pen.listed(area.missed[:MOST_REASONS])
    left = max(len(reasons), len(area.missed)) - MOST_REASONS
    if left > 0:
        told += pen.say(f" และอีก {left} ตัวชี้วัด", f" and {left} more")
    low_high = MISSING
    if area.interval is not None:
        low_high = f"{100 * area.interval[0]:.0f}–{100 * area.interval[1]:.0f} %"
    return (
        pen.say(area.name_th, area.name_en),
        _region_name(area.region_th, area.region_en, pen),
        f"{len(area.missed)}/{area.judged}",
        low_high,
        told,
    )


def strengths_blocks(data: SummaryInput, pen: Pen) -> Iterator[Block]:
    """Where areas do better than their peers, by policy area; alphabetical, not ranked."""
    yield Heading(pen.say("จุดเด่นที่ควรเรียนรู้", "Strengths to learn from"), key="strengths")
    if not data.strengths:
        yield Paragraph(
            (
                Sentence(
                    pen.say("ยังไม่มีข้อมูลพอที่จะบอกจุดเด่นได้อย่างมั่นใจ", "Not enough data to name strengths with confidence."),
                    (results_source(data, pen),),
                ),
            )
        )
        return
    names = {area.code: pen.say(area.name_th, area.name_en) for area in data.policy_areas}
    order = list(names)
    held = alphabetical(data.strengths, [pen.say(item.name_th, item.name_en) for item in data.strengths])
    ordered = sorted(held, key=lambda item: order.index(item.policy_area) if item.policy_area in names else len(order))
    rows = tuple(
        (
            names.get(s.policy_area, s.policy_area),
            pen.say(s.name_th, s.name_en),
            f"{s.above}/{s.judged}",
            number(s.rounds),
        )
        for s in ordered
    )
    columns = (
        Column(pen.say("ด้านนโยบาย", "Policy area"), width=2.6),
        Column(pen.say("เขตพื้นที่", "Area"), width=2.6),
        Column(pen.say("ดีกว่าเขตประเภทเดียวกัน (ตัวชี้วัด)", "Above peers (indicators)"), Align.RIGHT, 1.6),
        Column(pen.say("จำนวนรอบ", "Rounds"), Align.RIGHT, 0.9),
    )
    note = pen.say(
        "เรียงตามด้านนโยบายและตัวอักษร ก่อนขยายผลควรอ่านวิธีทำและเงื่อนไขของเขตนั้น",
        "By policy area, then alphabetically. Read how it was done, and under what conditions, before spreading it.",
    )
    yield Table(columns, rows, notes=(note,), sources=(results_source(data, pen),))


def findings_blocks(data: SummaryInput, pen: Pen) -> Iterator[Block]:
    """What the checks found in the data, and a few to look at first."""
    yield Heading(pen.say("ข้อสังเกตเรื่องข้อมูล", "Data problems"), key="findings")
    source = findings_source(data, pen)
    if not data.findings:
        yield Paragraph((Sentence(pen.say("การตรวจสอบไม่พบข้อสังเกต", "The checks found nothing."), (source,)),))
        return
    order = list(SEVERITY_WORDS)
    counts = sorted(
        data.findings, key=lambda f: (order.index(f.severity) if f.severity in order else 9, -f.count, f.check)
    )
    rows = tuple(
        (
            pen.say(f.name_th, f.name_en),
            pen.pick(SEVERITY_WORDS.get(f.severity, (f.severity, f.severity))),
            number(f.count),
            number(f.areas),
            number(f.handled),
        )
        for f in counts
    )
    columns = (
        Column(pen.say("การตรวจสอบ", "Check"), width=4),
        Column(pen.say("ระดับ", "Severity"), width=1.4),
        Column(pen.say("จำนวน", "Count"), Align.RIGHT),
        Column(pen.say("เขต", "Areas"), Align.RIGHT),
        Column(pen.say("จัดการแล้ว", "Handled"), Align.RIGHT),
    )
    yield Table(columns, rows, pen.say("ข้อสังเกตที่ระบบตรวจพบ", "What the checks found"), sources=(source,))
    if data.examples:
        shown = tuple(
            (pen.say(e.area_th, e.area_en), e.indicator, pen.say(e.reason_th, e.reason_en)) for e in data.examples
        )
        heads = (
            Column(pen.say("เขตพื้นที่", "Area"), width=2),
            Column(pen.say("ตัวชี้วัด", "Indicator")),
            Column(pen.say("ข้อสังเกต", "Finding"), width=4),
        )
        yield Table(heads, shown, pen.say("ข้อสังเกตที่ควรดูก่อน", "Findings to look at first"), sources=(source,))
